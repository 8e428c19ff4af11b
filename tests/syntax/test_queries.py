"""The editor queries: each loads, and a drawn example shows what it captures."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from tree_sitter import Query, QueryCursor

from go_asm_lsp.syntax.language import LANGUAGE
from go_asm_lsp.syntax.parser import parse_tree
from go_asm_lsp.text import Span
from tests.support import annotate, strip_annotations

QUERIES = Path(__file__).parents[2] / "grammar" / "queries"
NAMES = sorted(path.stem for path in QUERIES.glob("*.scm"))


def check(name: str, marked: str, *, leave_out: str = "punctuation") -> None:
    source = strip_annotations(dedent(marked))
    query = Query(LANGUAGE, (QUERIES / f"{name}.scm").read_text(encoding="utf-8"))
    captures = QueryCursor(query).captures(parse_tree(source).root_node)
    notes = {
        (Span(node.start_byte, node.end_byte), capture)
        for capture, nodes in captures.items()
        for node in nodes
        if not capture.startswith(("_", leave_out))
    }
    assert annotate(source, notes) == dedent(marked)


def test_every_query_is_drawn_here() -> None:
    drawn = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert set(NAMES) <= drawn


@pytest.mark.parametrize("name", NAMES)
def test_query_captures_nothing_in_an_empty_file(name: str) -> None:
    query = Query(LANGUAGE, (QUERIES / f"{name}.scm").read_text(encoding="utf-8"))
    captures = QueryCursor(query).captures(parse_tree(b"").root_node)
    assert set(captures) <= {"local.scope"}


def test_highlights() -> None:
    check(
        "highlights",
        """\
        #include "textflag.h"
        ^ keyword.directive
         ^^^^^^^ keyword.directive
                 ^^^^^^^^^^^^ string
                 ^^^^^^^^^^^^ string.special.path
        #define LOAD(x) MOVQ x, AX
        ^ keyword.directive
         ^^^^^^ keyword.directive
                ^^^^ function.macro
                     ^ variable.parameter
                        ^^^^ function.builtin
                             ^ variable
                                ^^ variable
        #define SIZE 8
        ^ keyword.directive
         ^^^^^^ keyword.directive
                ^^^^ constant.macro
                     ^ number
        // Sum adds.
        ^^^^^^^^^^^^ comment
        TEXT ·Sum(SB), NOSPLIT|NOFRAME, $16-8
        ^^^^ keyword
             ^^^^ function
             ^^^^ variable.member
                  ^^ variable.builtin
                       ^^^^^^^ constant.builtin
                              ^ operator
                               ^^^^^^^ constant.builtin
                                        ^ operator
                                         ^^ number
                                           ^ operator
                                            ^ number
            LOAD(xs+0(FP))
            ^^^^ function.macro
                 ^^ variable.member
                   ^ operator
                    ^ number
                      ^^ variable.builtin
        loop: MOVW.P $SIZE, (R1)(R2*4)
        ^^^^ label
              ^^^^ function.builtin
                   ^ attribute
                     ^ operator
                      ^^^^ constant
                             ^^ variable.builtin
                                 ^^ variable.builtin
                                   ^ operator
                                    ^ number
            CALL ·f(SB)
            ^^^^ function.builtin
                 ^^ variable.member
                    ^^ variable.builtin
        GLOBL data<>(SB), RODATA, $8
        ^^^^^ keyword
              ^^^^^^ variable
              ^^^^^^ variable.member
                     ^^ variable.builtin
                          ^^^^^^ constant.builtin
                                  ^ operator
                                   ^ number
        DATA data<>+0(SB)/8, $1.5
        ^^^^ keyword
             ^^^^^^ variable
             ^^^^^^ variable.member
                   ^ operator
                    ^ number
                      ^^ variable.builtin
                         ^ operator
                          ^ number
                             ^ operator
                              ^^^ number.float
        """,
    )


def test_locals() -> None:
    check(
        "locals",
        """\
        #define SIZE 8
        ^^^^^^^^^^^^^^ local.scope
                ^^^^ local.definition
                ^^^^ local.reference
        TEXT f(SB), 4, $0
        ^^^^^^^^^^^^^^^^^ local.scope
             ^ local.reference
               ^^ local.reference
        loop:
        ^^^^ local.definition
        ^^^^ local.reference
            JMP loop
            ^^^ local.reference
                ^^^^ local.reference
        """,
    )


def test_folds() -> None:
    check(
        "folds",
        """\
        // f does nothing.
        ^^^^^^^^^^^^^^^^^^ fold
        TEXT f(SB), 4, $0
        ^^^^^^^^^^^^^^^^^ fold
            RET
        // g, too.
        ^^^^^^^^^^ fold
        TEXT g(SB), 4, $0
        ^^^^^^^^^^^^^^^^^ fold
        """,
    )


def test_indents() -> None:
    check(
        "indents",
        """\
        #ifdef X
        ^^^^^^^^ indent.zero
        TEXT f(SB), 4, $0
        ^^^^^^^^^^^^^^^^^ indent.zero
        ^^^^^^^^^^^^^^^^^ indent.begin
        loop:
        ^^^^^ indent.zero
            RET
        """,
    )


def test_injections() -> None:
    check(
        "injections",
        """\
        RET // a comment
            ^^^^^^^^^^^^ injection.content
        /* another */
        ^^^^^^^^^^^^^ injection.content
        """,
    )


def test_tags() -> None:
    check(
        "tags",
        """\
        #define SIZE 8
        ^^^^^^^^^^^^^^ definition.macro
                ^^^^ name
        TEXT f<>(SB), 4, $0
        ^^^^^^^^^^^^^^^^^^^ definition.function
             ^ name
            CALL ·g(SB)
            ^^^^^^^^^^^ reference.call
                 ^^ name
            MOVQ x(SB), AX
            LOAD(8, AX)
            ^^^^ name
            ^^^^^^^^^^^ reference.call
        GLOBL ·x(SB), 8, $8
        ^^^^^^^^^^^^^^^^^^^ definition.variable
              ^^ name
        """,
    )


def test_textobjects() -> None:
    check(
        "textobjects",
        """\
        TEXT f(SB), 4, $0
        ^^^^^^^^^^^^^^^^^ function.outer
            MOVQ AX, BX // move
            ^^^^^^^^^^^ function.inner
            ^^^^^^^^^^^ statement.outer
                 ^^ parameter.inner
                     ^^ parameter.inner
                        ^^^^^^^ comment.outer
                        ^^^^^^^ function.inner
            LOAD(8, AX)
            ^^^^^^^^^^^ call.outer
            ^^^^^^^^^^^ function.inner
                 ^ parameter.inner
                    ^^ parameter.inner
        """,
    )
