from __future__ import annotations

import re
from textwrap import dedent

import pytest

from go_asm_lsp.preprocess.model import Preprocessed
from go_asm_lsp.preprocess.source_map import VERBATIM
from go_asm_lsp.text import Span
from tests.goroot import std_assembly_files
from tests.preprocess.fixture import PATH, run
from tests.support import annotate, strip_annotations

HEADERS = {
    "flags.h": "#define NOSPLIT 4\n#define TWICE(x) x, x\n",
    "code.s": "TEXT ·g(SB), 4, $0-8\n\tMOVQ x+0(FP), AX\n\tRET\n",
}


def check(marked: str) -> None:
    """Draws where the text after each line of carets, found in the expansion, comes from."""
    marked = dedent(marked).lstrip("\n")
    source = strip_annotations(marked)
    result = run(source, HEADERS)
    assert result.problems == ()
    wanted = re.findall(r"^[ \t]*\^+ (.*)\n", marked, re.M)
    notes = [(_origin(result, text), text) for text in wanted]
    assert annotate(source, notes) == marked


def _origin(result: Preprocessed, text: str) -> Span:
    for block in result.blocks:
        start = block.text.find(text.encode())
        if start >= 0:
            return block.source_map.origin(Span(start, start + len(text.encode()))).span
    raise AssertionError(f"{text!r} is not in the expansion")


def test_text_without_macros() -> None:
    check("""
        TEXT ·f(SB), 4, $0-8
                        ^^^^ $0-8
            MOVQ x+0(FP), AX
            ^^^^^^^^^^^^^^^^ MOVQ x+0(FP), AX
        """)


def test_text_behind_directives_and_calls() -> None:
    check("""
        #include "flags.h"
        #ifdef NOWHERE
        TEXT ·x(SB), NOSPLIT, $0
        #endif
        TEXT ·f(SB), NOSPLIT, $0-8; RET; NOP
                     ^^^^^^^ 4
                              ^^^^ $0-8
                                         ^^^ NOP
        """)


def test_a_body_belongs_to_the_call() -> None:
    check("""
        #define ADD2(a, b) \\
            ADDQ a, b; \\
            SUBQ b, a
        TEXT ·f(SB), 4, $0-0
            ADD2(AX, 8(R1)(R2*8))
            ^^^^^^^^^^^^^^^^^^^^^ ADDQ AX, 8(R1)(R2*8)
            ^^^^^^^^^^^^^^^^^^^^^ SUBQ
                 ^^ AX
                     ^^^^^^^^^^^ 8(R1)(R2*8)
                       ^^ R1
        """)


def test_arguments_keep_their_places_through_nested_macros() -> None:
    check("""
        #define LOAD(op, from, to) op from, to
        #define LOAD2(a, b) LOAD(MOVQ, a, AX); LOAD(MOVL, b, BX)
        TEXT ·f(SB), 4, $0-0
            LOAD2(x + 0(FP), /* the other */ y+8(FP))
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MOVL
                  ^^^^^^^^^ x + 0(FP)
                                             ^^^^^^^ y+8(FP)
        """)


def test_arguments_out_of_order() -> None:
    check("""
        #define SWAP(a, b) XCHGQ b a
            SWAP(R10, R20)
            ^^^^^^^^^^^^^^ R20 R10
                 ^^^ R10
                      ^^^ R20
        """)


def test_a_macro_in_an_argument() -> None:
    check("""
        #define pos DX
        #define LOAD(from) MOVQ from, AX
            LOAD(8(pos))
            ^^^^^^^^^^^^ MOVQ 8(DX), AX
                 ^^ 8(
                   ^^^ DX
        """)


def test_a_call_that_ends_in_the_text_behind() -> None:
    check("""
        #define F(x) MOVQ x, AX
        #define CALL_F NOP; F
            CALL_F($7); RET
            ^^^^^^^^^^ MOVQ
                   ^^ $7
                        ^^^ RET
        """)


def test_macros_of_headers() -> None:
    check("""
        #include "flags.h"
        NOP; TWICE(R1)
             ^^^^^^^^^ R1, R1
        """)


def test_included_text() -> None:
    check("""
        // before
        #include "code.s"
                 ^^^^^^^^ MOVQ x+0(FP), AX
                 ^^^^^^^^ x+0(FP)
        TEXT ·h(SB), 4, $0-8
             ^^^^^^ ·h(SB)
        """)


def test_columns_after_letters_outside_ascii() -> None:
    check("""
        #define é·sym(x) CALL x(SB)
            é·sym(·größe) // µ
            ^^^^^^^^^^^^^ CALL
                  ^^^^^^ ·größe
        """)


@pytest.mark.parametrize(
    ("source", "text", "path", "inner"),
    [
        ('#include "code.s"\n', "x+0(FP)", "/p/code.s", "x+0(FP)"),
        ('#include "flags.h"\nNOSPLIT\n', "4", "/p/flags.h", "4"),
        ("NOP\n#define A MOVQ $1, AX\nA\n", "MOVQ $1, AX", PATH, "MOVQ $1, AX"),
        ("#define A NOP; \\\n\tMOVQ $1, AX; \\\n\tRET\nA\n", "MOVQ $1, AX;", PATH, "MOVQ $1, AX;"),
        ("#define B RET\n#define A NOP; B\nA\n", "RET", PATH, "NOP; B"),
    ],
)
def test_the_place_inside(source: str, text: str, path: str, inner: str) -> None:
    result = run(source, HEADERS)
    for block in result.blocks:
        start = block.text.find(text.encode())
        if start >= 0:
            origin = block.source_map.origin(Span(start, start + len(text)))
            break
    assert origin.inner is not None
    texts = {PATH: source, **{f"/p/{name}": text for name, text in HEADERS.items()}}
    found, span = origin.inner
    assert found == path
    assert texts[found].encode()[span.start : span.end].decode() == inner


@pytest.mark.parametrize("source", ["", "#define A\n", "A"])
def test_every_offset_has_an_origin(source: str) -> None:
    for block in run(source).blocks:
        for offset in range(len(block.text) + 2):
            span = block.source_map.origin(Span(offset, offset)).span
            assert 0 <= span.start <= span.end <= len(source) + 1


def test_an_origin_does_not_move_with_text_above() -> None:
    source = "TEXT ·f(SB), 4, $0\n\tRET\n"
    for above in ("", "// one line\n", "#define A 1\n#ifdef A\n#endif\n"):
        block = run(above + source).blocks[1]
        assert block.text == source.encode()
        assert block.source_map.origin(Span(0, 4)).span == Span(len(above), len(above) + 4)


def assert_true(source: bytes, result: Preprocessed) -> None:
    """Asserts that verbatim pieces are the source, and that pieces leave no gap."""
    for block in result.blocks:
        pieces = block.source_map.pieces
        if not block.text:
            continue
        ends = [*pieces.starts[1:], len(block.text)]
        assert pieces.starts[0] == 0
        for index, (start, end) in enumerate(zip(pieces.starts, ends, strict=True)):
            assert start < end
            if pieces.places[5 * index + 2] == VERBATIM:
                at = pieces.places[5 * index] + block.source_map.base
                assert source[at : at + end - start] == block.text[start:end]
    for use in result.uses:
        assert source[use.name_span.start : use.name_span.end].decode() == use.macro.name
        assert use.call.covers(use.name_span)


def test_verbatim_text_of_std_files_is_the_source() -> None:
    for path in std_assembly_files()[::4]:
        source = path.read_bytes()
        assert_true(source, run(source))
