"""Names of arguments that the prototype does not have."""

# go vet's messages are as long as they are.
# ruff: noqa: E501

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.checks.fixture import apply_fix, check

GO = "func f(values []float64, flag bool) (sum float64)"


@pytest.mark.parametrize(
    "use",
    [
        "MOVQ values+0(FP), AX",
        "MOVQ values_base+0(FP), AX",
        "MOVQ values_len+8(FP), CX",
        "LEAQ values_cap+16(FP), CX",
        "MOVB flag+24(FP), AX",
        "MOVSD X0, sum+32(FP)",
        pytest.param("LEAQ argframe+0(FP), AX", id="the whole frame"),
        pytest.param("MOVQ size(FP), AX", id="no offset, so go vet does not look"),
        pytest.param("MOVQ x1(FP), AX", id="a name that ends in a digit"),
        pytest.param("MOVQ size-8(FP), AX", id="below the arguments"),
        pytest.param("MOVQ size+(4+4)(FP), AX", id="an offset to be added up"),
        pytest.param("// MOVQ size+8(FP), AX", id="comment"),
        pytest.param("/* MOVQ size+8(FP), AX */", id="block comment"),
        pytest.param("MOVQ size-8(SP), AX", id="a local"),
        pytest.param("MOVQ ·size+8(SB), AX", id="a symbol"),
    ],
)
def test_silent(use: str) -> None:
    check(GO, f"TEXT ·f(SB), 0, $16-40\n    {use}\n    RET\n")


def test_operand_is_marked() -> None:
    check(
        GO,
        """
        TEXT ·f(SB), 0, $0-40
            MOVQ values_size+8(FP), CX
                 ^^^^^^^^^^^^^^^^^ [amd64] f: unknown variable values_size; offset 8 is values_len+8(FP)
            MOVSD X0, total+32(FP)
                      ^^^^^^^^^^^^ [amd64] f: unknown variable total; offset 32 is sum+32(FP)
            MOVQ x+64(FP), AX
                 ^^^^^^^^ [amd64] f: unknown variable x
            MOVQ argframe+8(FP), AX
                 ^^^^^^^^^^^^^^ [amd64] f: unknown variable argframe; offset 8 is values_len+8(FP)
            RET
        """,
    )


def test_name_after_an_unknown_type_makes_no_finding() -> None:
    check(
        'import "nowhere"\nfunc f(a int64, b nowhere.T, c int64)',
        """
        TEXT ·f(SB), 0, $0-24
            MOVQ a+8(FP), AX
                 ^^^^^^^ [amd64] f: invalid offset a+8(FP); expected a+0(FP)
            MOVQ c+8(FP), AX
            RET
        """,
    )


def test_name_in_the_body_of_a_macro_may_differ() -> None:
    check(
        "func f(a, b int64)\nfunc g(c, d int64)",
        """
        #define SECOND(name) \\
            TEXT name(SB), 0, $0-16; \\
            MOVQ b+8(FP), AX; \\
            RET
        SECOND(·f)
        SECOND(·g)
        """,
    )


def test_width_in_the_body_of_a_macro_may_not() -> None:
    check(
        "func g(c int64, d int32)",
        """
        #define SECOND MOVQ b+8(FP), AX
        TEXT ·g(SB), 0, $0-12
            SECOND
            ^^^^^^ [amd64] g: unknown variable b; offset 8 is d+8(FP)
            RET
        """,
    )


@pytest.mark.parametrize(
    ("before", "title", "after"),
    [
        ("MOVQ values_size+8(FP), CX", "Use values_len+8(FP)", "MOVQ values_len+8(FP), CX"),
        ("MOVQ value_len+0(FP), CX", "Use values_len+8(FP)", "MOVQ values_len+8(FP), CX"),
        ("MOVQ flags+24(FP), CX", "Use flag+24(FP) with MOVB", "MOVB flag+24(FP), CX"),
    ],
)
def test_fix(before: str, title: str, after: str) -> None:
    text = "TEXT ·f(SB), 0, $0-40\n    {}\n    RET\n"
    fixed = apply_fix(GO, text.format(before), title)
    assert fixed == dedent(text.format(after))
    check(GO, fixed)
