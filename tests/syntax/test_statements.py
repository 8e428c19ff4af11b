"""Statements as a whole: what each line is and where its words are."""

from __future__ import annotations

import pytest

from go_asm_lsp.syntax.nodes import Data, Globl, Instruction, Label, Statement, Text
from go_asm_lsp.syntax.parser import statements


def read(source: str) -> tuple[Statement, ...]:
    parsed = statements(source.encode())
    assert parsed.problems == ()
    return parsed.statements


def outline(statement: Statement) -> str:
    match statement:
        case Label():
            return f"{statement.name}:"
        case Instruction():
            operands = ", ".join(operand.text for operand in statement.operands)
            return " ".join((".".join((statement.mnemonic, *statement.suffixes)), operands)).strip()
        case _:
            return type(statement).__name__


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", []),
        ("\n\n// only a comment\n/* and another */", []),
        ("RET\n", ["RET"]),
        ("MOVQ AX, BX // move\n", ["MOVQ AX, BX"]),
        ("\tMOVW.P\t8(R1), R2\r\n", ["MOVW.P 8(R1), R2"]),
        ("MOVM.IA.W [R0,R1], (R2)\n", ["MOVM.IA.W [R0,R1], (R2)"]),
        ("a: b: RET; c:\n", ["a:", "b:", "RET", "c:"]),
        (";; RET ;NOP;\n", ["RET", "NOP"]),
        ("MOVQ AX, /*\n*/ BX\n", ["MOVQ AX, BX"]),
        ("SHLQ $1, DX:AX\n", ["SHLQ $1, DX, AX"]),
        ("CALL(AX)\nMOVQ(AX), BX\n", ["CALL (AX)", "MOVQ (AX), BX"]),
        ("TEXT·(AX)\n", ["TEXT· (AX)"]),
        ("QUAD $1; " * 3 + "\n", ["QUAD $1"] * 3),
        ("DATA x(SB)/8, $1\nGLOBL x(SB), $8\nTEXT f(SB), $0\n", ["Data", "Globl", "Text"]),
        ("DATA: TEXT: RET\n", ["DATA:", "TEXT:", "RET"]),
        ("FUNCDATA $0, f(SB)\nPCDATA $1, $-1\n", ["FUNCDATA $0, f(SB)", "PCDATA $1, $-1"]),
    ],
)
def test_outline(source: str, expected: list[str]) -> None:
    assert [outline(statement) for statement in read(source)] == expected


@pytest.mark.parametrize(
    ("source", "flags", "frame", "arguments"),
    [
        ("TEXT ·f(SB), NOSPLIT|NOFRAME, $16-24", ("NOSPLIT", "NOFRAME"), 16, 24),
        ("TEXT ·f(SB), 7, $0-8", ("7",), 0, 8),
        ("TEXT ·f(SB), (NOPTR+4), $8", ("NOPTR", "4"), 8, None),
        ("TEXT ·f(SB), $-4", (), -4, None),
        ("TEXT ·f(SB), 4, $-4-40", ("4",), -4, 40),
        ("TEXT ·f(SB),4,$0 - 8", ("4",), 0, 8),
        ("TEXT ·f(SB), 4, $const_x-8", ("4",), None, 8),
    ],
)
def test_text(
    source: str, flags: tuple[str, ...], frame: int | None, arguments: int | None
) -> None:
    (text,) = read(source + "\n")
    assert isinstance(text, Text)
    assert text.symbol is not None
    assert text.symbol.name == "f"
    assert text.symbol.package == ""
    assert (text.flags, text.span) == (flags, (0, len(source.encode())))
    assert text.frame is not None
    assert (text.frame.frame, text.frame.arguments) == (frame, arguments)
    written = source.encode()[text.frame.span.start : text.frame.span.end]
    assert written == source.encode()[source.encode().index(b"$") :]


def test_text_marks_each_size() -> None:
    source = b"TEXT f(SB), 4, $-16-24\n"
    (text,) = statements(source).statements
    assert isinstance(text, Text)
    assert text.frame is not None
    assert text.flags_span is not None
    assert text.frame.arguments_span is not None
    spans = (text.keyword, text.flags_span, text.frame.frame_span, text.frame.arguments_span)
    assert [source[start:end] for start, end in spans] == [b"TEXT", b"4", b"-16", b"24"]


def test_data() -> None:
    data = read("DATA x<>+0x10(SB)/8, $-1\n")[0]
    assert isinstance(data, Data)
    assert data.symbol is not None
    assert data.value is not None
    assert (data.symbol.name, data.symbol.is_static, data.offset) == ("x", True, 16)
    assert (data.width, data.value.value) == (8, -1)


def test_globl() -> None:
    globl = read("GLOBL x<>(SB), RODATA|NOPTR, $(4*8)\n")[0]
    assert isinstance(globl, Globl)
    assert globl.symbol is not None
    assert (globl.symbol.name, globl.flags, globl.size) == ("x", ("RODATA", "NOPTR"), 32)


def test_spans_of_an_instruction() -> None:
    source = "  loop: VADD.B.Z ·x(SB), R1 // c\n".encode()
    label, instruction = statements(source).statements
    assert isinstance(instruction, Instruction)
    assert source[label.span.start : label.span.end] == b"loop"
    written = source[instruction.span.start : instruction.span.end].decode()
    assert written == "VADD.B.Z ·x(SB), R1"
    start, end = instruction.mnemonic_span
    assert (source[start:end], instruction.suffixes) == (b"VADD", ("B", "Z"))
