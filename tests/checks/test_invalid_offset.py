"""Named arguments at an offset that is another's."""

# go vet's messages are as long as they are.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from tests.checks.fixture import apply_fix, check

GO = "func f(x int32, s []byte, c complex64) (ret0 string)"


@pytest.mark.parametrize(
    "use",
    [
        "MOVL x+0(FP), AX",
        "MOVL x+0x0(FP), AX",
        "MOVQ s+8(FP), AX",
        "MOVQ s_cap+24(FP), AX",
        "MOVSS c_imag+36(FP), X0",
        "MOVQ ret0_len+48(FP), AX",
        "MOVL x + 0(FP), AX",
    ],
)
def test_silent(use: str) -> None:
    check(GO, f"TEXT ·f(SB), 0, $0-56\n    {use}\n    RET\n")


def test_operand_is_marked() -> None:
    check(
        GO,
        """
        TEXT ·f(SB), 0, $0-56
            MOVL x+4(FP), AX
                 ^^^^^^^ [amd64] f: invalid offset x+4(FP); expected x+0(FP)
            MOVQ s+0(FP), AX
                 ^^^^^^^ [amd64] f: invalid offset s+0(FP); expected s+8(FP), s_base+8(FP), s_len+16(FP), or s_cap+24(FP)
            LEAQ $c+0x18(FP), AX
                 ^^^^^^^^^^^ [amd64] f: invalid offset $c+24(FP); expected c+32(FP), c_real+32(FP), or c_imag+36(FP)
            RET
        """,
    )


def test_halves_of_a_64_bit_argument() -> None:
    check(
        "func f(x int64)",
        """
        TEXT ·f(SB), 0, $0-8
            MOVW x_lo+0(FP), R1
            MOVW x_hi+0(FP), R1
                 ^^^^^^^^^^ [arm] f: invalid offset x_hi+0(FP); expected x_hi+4(FP)
            MOVW x+4(FP), R1
                 ^^^^^^^ [arm] f: invalid offset x+4(FP); expected x+0(FP), x_lo+0(FP), or x_hi+4(FP)
            RET
        """,
        "arm",
    )


def test_argument_of_a_macro_is_marked_where_it_is_written() -> None:
    check(
        GO,
        """
        #define LOAD(from, to) MOVQ from, to
        TEXT ·f(SB), 0, $0-56
            LOAD(s_len+8(FP), AX)
                 ^^^^^^^^^^^ [amd64] f: invalid offset s_len+8(FP); expected s_len+16(FP)
            RET
        """,
    )


def test_body_of_a_macro_is_marked_at_the_call() -> None:
    check(
        GO,
        """
        #define LEN(to) MOVQ s_len+8(FP), to
        TEXT ·f(SB), 0, $0-56
            LEN(AX)
            ^^^^^^^ [amd64] f: invalid offset s_len+8(FP); expected s_len+16(FP)
            RET
        """,
    )


@pytest.mark.parametrize(
    ("before", "title", "after"),
    [
        ("MOVL x+4(FP), AX", "Use x+0(FP)", "MOVL x+0(FP), AX"),
        ("MOVQ s_len+24(FP), AX", "Use s_len+16(FP)", "MOVQ s_len+16(FP), AX"),
        ("MOVQ s_len+24(FP), AX", "Use s_cap+24(FP)", "MOVQ s_cap+24(FP), AX"),
        ("MOVQ x+4(FP), AX", "Use x+0(FP) with MOVL", "MOVL x+0(FP), AX"),
        ("MOVQ s_len+8(FP), AX", "Use s_base+8(FP)", "MOVQ s_base+8(FP), AX"),
    ],
)
def test_fix(before: str, title: str, after: str) -> None:
    text = "TEXT ·f(SB), 0, $0-56\n    {}\n    RET\n"
    fixed = apply_fix(GO, text.format(before), title)
    assert fixed == text.format(after)
    check(GO, fixed)
