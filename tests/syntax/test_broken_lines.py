"""Half-typed and broken lines: what is sound in them stays, and their neighbours stay whole."""

from __future__ import annotations

import random

import pytest

from go_asm_lsp.syntax.lines import read_line
from go_asm_lsp.syntax.nodes import Data, Globl, Instruction, Label, Statement, SyntaxProblem, Text
from go_asm_lsp.syntax.parser import parse_tree, statements
from go_asm_lsp.syntax.tokens import leaves, split_lines
from tests.goroot import SOURCE_ROOT

BEFORE = b"TEXT f(SB), 4, $0\n\tMOVQ x+0(FP), AX\n"
AFTER = b"\n\tADDQ AX, BX\nnext:\n\tRET\n\n// g is another.\nTEXT g(SB), 4, $0\n\tRET\n"

BROKEN = [
    b"\tDATA",
    b"\tMOVQ AX BX",
    b"\tMOVQ AX,",
    b"\tMOVQ x+",
    b"\tMOVQ x+8(",
    b"\tMOVQ (AX, BX",
    b"\tMOVQ $",
    b"\tMOVQ AX)",
    b'\tMOVQ $"abc, AX',
    b"\tMOVQ $'a, BX",
    b"\tFOO(a, b; RET",
    b"\tVLD1 [V1.B16",
    b"\t@!?",
    b"\tMOVQ \\",
    b"loop::",
    b"1: jmp 1b",
    b".globl x",
    b"TEXT",
    b"TEXT h",
    b"TEXT h(SB),",
    b"GLOBL",
    b"\0\xff\xfe",
    b"((((((((",
]


def shifted(found: tuple[Statement, ...], source: bytes) -> list[tuple[str, bytes]]:
    return [(type(s).__name__, source[s.span.start : s.span.end]) for s in found]


@pytest.mark.parametrize("line", BROKEN)
def test_neighbours_are_read_as_ever(line: bytes) -> None:
    source = BEFORE + line + AFTER
    found = shifted(statements(source).statements, source)
    assert found[:2] == shifted(statements(BEFORE).statements, BEFORE)
    rest = shifted(statements(AFTER).statements, AFTER)
    assert found[-len(rest) :] == rest


@pytest.mark.parametrize("line", BROKEN)
def test_problems_stay_on_the_broken_line(line: bytes) -> None:
    source = BEFORE + line + AFTER
    (problem,) = statements(source).problems
    assert len(BEFORE) <= problem.span.start <= problem.span.end <= len(BEFORE + line)


@pytest.mark.parametrize("line", BROKEN)
def test_functions_of_the_tree_stay_apart(line: bytes) -> None:
    root = parse_tree(BEFORE + line + AFTER).root_node
    last = root.named_children[-1]
    assert (last.type, last.has_error) == ("function", False)
    assert root.named_children[-2].type == "comment"


def test_what_is_sound_is_there() -> None:
    (label, instruction) = statements(b"loop: VADD.B x+8(FP), (AX, BX) CX\n").statements
    assert isinstance(label, Label)
    assert isinstance(instruction, Instruction)
    assert (instruction.mnemonic, instruction.suffixes) == ("VADD", ("B",))
    first, second = instruction.operands
    assert first.is_frame_argument
    assert (second.kind.value, second.text) == ("other", "(AX, BX) CX")


def test_half_typed_pseudo_operations_have_their_symbol() -> None:
    found = statements("TEXT ·f\nGLOBL x<>(SB), $\nDATA y+8(SB)/8 $\n".encode()).statements
    text, globl, data = found
    assert isinstance(text, Text)
    assert text.symbol is not None
    assert text.symbol.name == "f"
    assert isinstance(globl, Globl)
    assert globl.symbol is not None
    assert globl.symbol.is_static
    assert isinstance(data, Data)


def test_lines_are_read_alike_from_tokens() -> None:
    """The reading for broken lines gives sound ones the same statements as the tree's."""
    for name in ("runtime/asm_s390x.s", "crypto/md5/md5block_arm64.s", "runtime/memmove_amd64.s"):
        text = b"".join(
            line
            for line in (SOURCE_ROOT / name).read_bytes().splitlines(keepends=True)
            if not line.lstrip().startswith(b"#") and not line.rstrip().endswith(b"\\")
        )
        found: list[Statement] = []
        problems: list[SyntaxProblem] = []
        for line in split_lines(leaves([parse_tree(text).root_node], text), text):
            read_line(line, text, found, problems)
        assert tuple(found) == statements(text).statements


@pytest.mark.parametrize("seed", range(8))
def test_any_tokens_give_an_answer(seed: int) -> None:
    chance = random.Random(seed)
    tokens = [*"a()[]<>.,:;$*/+-~#8", "·f", "FP", "SB", "R1", "0x", "1.5", "'a'", '"s"', "<<"]
    words = ["MOVQ", "TEXT", "DATA", "GLOBL", "PCALIGN", "FUNCDATA"]
    lines = [
        " ".join([chance.choice(words), *chance.choices(tokens, k=chance.randrange(9))])
        for _ in range(1500)
    ]
    source = "\n".join(lines).encode() + b"\n"
    parsed = statements(source)
    # A `#` or a word before `:` may be all of a line.
    assert len(parsed.statements) >= len(lines) - sum(":" in line for line in lines)


@pytest.mark.parametrize("seed", range(12))
def test_any_bytes_give_an_answer(seed: int) -> None:
    chance = random.Random(seed)
    text = bytearray((SOURCE_ROOT / "runtime/memmove_arm64.s").read_bytes())
    for _ in range(60):
        place = chance.randrange(len(text))
        match chance.randrange(3):
            case 0:
                del text[place : place + chance.randrange(1, 9)]
            case 1:
                text[place:place] = bytes(chance.choices(b"()[]$,;:\\\"'/*+-<>.#\0\xff\n\r", k=3))
            case _:
                text[place] = chance.randrange(256)
    source = bytes(text)
    parsed = statements(source)
    lines = [source.count(b"\n", 0, problem.span.start) for problem in parsed.problems]
    assert lines == sorted(set(lines))
    for item in (*parsed.statements, *parsed.problems):
        assert 0 <= item.span.start <= item.span.end <= len(source)
    starts = [statement.span.start for statement in parsed.statements]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "source",
    [
        b"(" * 30_000,
        b"MOVQ " + b"(" * 30_000,
        b"\0" * 300_000,
        b"\\\n" * 10_000,
        b"1\n" * 10_000,
        b"/*" + b"*" * 300_000,
        b'"' * 50_000,
        b"QUAD $0x1; " * 3_000,
        b"X " + b"AX," * 10_000,
        b"MOVQ $" + b"9" * 50_000 + b", AX\n",
        b"\r" * 100_000,
    ],
    ids=lambda source: repr(source[:9]),
)
def test_odd_text_of_some_size_is_read_in_time(source: bytes) -> None:
    assert all(len(problem.message) < 150 for problem in statements(source).problems)
