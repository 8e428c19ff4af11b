"""Arguments addressed by offset alone."""

from __future__ import annotations

import pytest

from tests.checks.fixture import apply_fix, check

GO = "func f(x int64, y int32)"


@pytest.mark.parametrize(
    "use",
    ["MOVQ x+0(FP), AX", "MOVQ (FP), AX", "MOVQ -8(FP), AX", "MOVQ 8(BX), AX"],
)
def test_silent(use: str) -> None:
    check(GO, f"TEXT ·f(SB), 0, $16-12\n    {use}\n    RET\n")


def test_static_functions_have_no_prototype() -> None:
    check(GO, "TEXT f<>(SB), 0, $0-12\n    MOVQ 8(FP), AX\n    RET\n")


def test_operand_is_marked() -> None:
    check(
        GO,
        """
        TEXT ·f(SB), 0, $0-12
            MOVL 8(FP), AX
                 ^^^^^ [amd64] f: use of unnamed argument 8(FP); offset 8 is y+8(FP)
            MOVL 0x0a(FP), AX
                 ^^^^^^^^ [amd64] f: use of unnamed argument 0x0a(FP); offset 10 is y+8(FP)
            LEAQ $100(FP), AX
                 ^^^^^^^^ [amd64] f: use of unnamed argument 100(FP)
            RET
        """,
    )


@pytest.mark.parametrize(
    ("before", "title", "after"),
    [
        ("MOVL 8(FP), AX", "Use y+8(FP)", "MOVL y+8(FP), AX"),
        ("MOVQ 8(FP), AX", "Use y+8(FP) with MOVL", "MOVL y+8(FP), AX"),
        ("MOVQ $8(FP), AX", "Use y+8(FP)", "MOVQ $y+8(FP), AX"),
    ],
)
def test_fix(before: str, title: str, after: str) -> None:
    text = "TEXT ·f(SB), 0, $0-12\n    {}\n    RET\n"
    fixed = apply_fix(GO, text.format(before), title)
    assert fixed == text.format(after)
    check(GO, fixed)
