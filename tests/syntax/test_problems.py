"""What is reported about a text, drawn below it; silence first."""

from __future__ import annotations

from textwrap import dedent

import pytest

from go_asm_lsp.syntax.parser import statements
from tests.support import annotate, strip_annotations


def check(marked: str) -> None:
    source = strip_annotations(dedent(marked))
    problems = statements(source).problems
    assert annotate(source, [(p.span, p.message) for p in problems]) == dedent(marked)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "// comment",
        "loop:",
        "RET;",
        ";; RET",
        "a:; b: RET",
        "MOVQ $'\"', AX",
        "MOVQ $1_000, AX",
        "MOVQ $~15, AX",
        "MOVQ $18446744073709551615, AX",
        "MOVQ $undefined, AX",
        "MOVQ $(undefined|8), AX",
        "MOVQ undefined(AX)(BX*UNKNOWN), CX",
        "MOVQ 8(FP), AX",
        "MOVSD $(-3.14), X0",
        "TEXT ·f(SB), NOSPLIT|UNKNOWN, $UNKNOWN-8",
        "TEXT ·f(SB), $-4-40",
        "TEXT f<ABIInternal>(SB), 4, $0",
        "GLOBL x(SB), UNKNOWN, $const_size",
        "DATA x+8(SB)/8, $y+8(SB)",
        'DATA x(SB)/5, $"hello"',
        "DATA x(SB)/8, $1.5",
        "PCALIGN $PADDING",
        "FUNCDATA $3, x<>(SB)",
        "PCDATA $1, $-1",
        "CALL(AX)",
        "MOVW R1<<2, R2->R3",
        "SYSL $0, R2 // \xff and \x01",
        "MOVD R(1), SPR(268)",
    ],
)
def test_right_line(line: str) -> None:
    assert statements(f"{line}\n".encode("latin-1" if "\xff" in line else "utf-8")).problems == ()


def test_operands() -> None:
    check(
        """\
        MOVQ AX,
               ^ missing operand
        MOVQ AX,, BX
                ^ missing operand
        MOVQ , BX
             ^ missing operand
        MOVQ AX BX
                ^^ expected the end of the operand after `AX`, found `BX`
        MOVQ x+8(, AX
                 ^ expected a value before `,`
        MOVQ x+8(FP, AX
                ^ `(` is not closed
        MOVQ AX), BX
               ^ `)` closes nothing
        MOVQ x+, BX
              ^ a value must follow `+`
        MOVQ $, BX
             ^ a value must follow `$`
        MOVQ $$8, BX
              ^ `$` may only begin an operand
        MOVQ FOO(8, AX), BX
             ^^^ `FOO` is not a macro defined here
        MOVQ (AX)(BX*3), CX
                     ^ a scale is 1, 2, 4 or 8
        MOVQ x+(SB), CX
                ^^ a register cannot be part of an expression
        MOVQ 1.5, X0
             ^^^ a floating-point constant must be an immediate: write it with `$`
        MOVQ "x", X0
             ^^^ a string constant must be an immediate: write it with `$`
        """
    )


def test_lines() -> None:
    check(
        """\
        $8
        ^ expected an instruction, a label or a directive, found `$`
        loop:: RET
             ^ expected an instruction, a label or a directive, found `:`
        MOVQ. $8, AX
            ^ a suffix must follow the `.`
        MOVQ AX, BX \\
                    ^ a `\\` continues a line only inside a #define
        MOVQ AX, @BX
                 ^ unexpected `@`
        MOVQ `x`, AX
             ^ unexpected ```
        MOVQ x #y
               ^ `#` must be the first item on its line
        """
    )


def test_literals() -> None:
    check(
        """\
        WORD $08
              ^^ invalid digit '8' in octal literal
        WORD $0b12
              ^^^^ invalid digit '2' in binary literal
        WORD $0x
              ^^ hexadecimal literal has no digits
        WORD $1__0
              ^^^^ '_' must separate successive digits
        WORD $0x10000000000000000
              ^^^^^^^^^^^^^^^^^^^ 0x10000000000000000 does not fit in 64 bits
        WORD $'ab'
              ^^^^ a character constant holds exactly one character
        WORD $'\\q'
              ^^^^ invalid escape sequence
        WORD $'\\xff'
              ^^^^^^ illegal UTF-8 encoding for character constant
        WORD $"a\\'"
              ^^^^^ invalid escape sequence
        WORD $"a
              ^^ this string is not closed
        """
    )


def test_expressions() -> None:
    check(
        """\
        WORD $(1/0)
                 ^ division by zero
        WORD $(1%0)
                 ^ modulo by zero
        WORD $(-1/2)
                 ^ divide of value with high bit set
        WORD $(-1>>2)
                 ^^ right shift of value with high bit set
        WORD $(1<<-2)
                ^^ negative left shift count
        WORD $1<<2*3
                  ^ a left shift must be in parentheses before another operator
        WORD $1.5*2
              ^^^^^ a floating-point constant takes no operators
        """
    )


def test_pseudo_operations() -> None:
    check(
        """\
        TEXT
        ^^^^ expect two or three operands for TEXT
        TEXT f, 4, $0
             ^ TEXT needs a symbol in the form name(SB)
        TEXT f+8(SB), 4, $0
             ^^^^^^^ TEXT symbol must not be offset from SB
        TEXT f(SB), $4, $0
                    ^^ TEXT flags are an integer constant without `$`
        TEXT f(SB), NOSPLIT
                    ^^^^^^^ frame size must be an immediate constant: $frame or $frame-arguments
        TEXT f(SB), 4, 8
                       ^ frame size must be an immediate constant: $frame or $frame-arguments
        TEXT f(SB), 4, $(4*8)
                        ^^^^^ a TEXT line takes plain numbers: the assembler computes nothing here
        TEXT f(SB), 4, $0, $8
                           ^^ expect two or three operands for TEXT
        GLOBL x(SB)
        ^^^^^ expect two or three operands for GLOBL
        GLOBL x(SB), 8
                     ^ GLOBL needs an immediate constant here, such as $8
        DATA x(SB)/8
        ^^^^ expect two operands for DATA
        DATA x(SB), $8
             ^^^^^ expect /width for DATA, such as name(SB)/8
        DATA x(SB)/0x8, $8
                   ^^^ a DATA width is a plain decimal number
        DATA x(SB)/16, $8
                       ^^ a DATA integer is 1, 2, 4 or 8 bytes wide, not 16
        DATA x(SB)/8, 8
                      ^ DATA value must be an immediate constant or address: write it with `$`
        PCALIGN 16
                ^^ PCALIGN needs an immediate constant here, such as $8
        PCDATA $1
        ^^^^^^ expect two operands for PCDATA
        FUNCDATA $1, $2
                     ^^ FUNCDATA needs a symbol in the form name(SB)
        """
    )


def test_one_problem_a_line() -> None:
    check(
        """\
        MOVQ AX BX, (CX, $08; MOVQ )
                ^^ expected the end of the operand after `AX`, found `BX`
        MOVQ )
             ^ expected a value before `)`
        """
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"RET\n// no line end", []),
        (b"RET\nloop:", []),
        (b"RET", [(b"RET", "unexpected end of file: the last line has no line end")]),
        (b"RET // c", [(b"RET", "unexpected end of file: the last line has no line end")]),
        (b"RET /* \n */", [(b"RET", "unexpected end of file: the last line has no line end")]),
        (b"RET\n/* open\nRET\n", [(b"/*", "comment not terminated")]),
        (b"RET\n/*/", [(b"/*", "comment not terminated")]),
        (b"RET\f\n", [(b"\f", "unexpected character U+000C")]),
        (b"RET \0\n", [(b"\0", "unexpected character U+0000")]),
        (b"RET \xff\n", [(b"\xff", "unexpected `\ufffd`")]),
    ],
)
def test_end_of_file_and_odd_bytes(source: bytes, expected: list[tuple[bytes, str]]) -> None:
    found = [(source[p.span.start : p.span.end], p.message) for p in statements(source).problems]
    assert found == expected
