"""The hardware stack pointer used to reach beyond the frame."""

from __future__ import annotations

import pytest

from tests.checks.fixture import apply_fix, check

GO = "func f(x, y int64)"


@pytest.mark.parametrize(
    "body",
    [
        "MOVQ 0(SP), AX",
        "MOVQ 16(SP), AX",
        "MOVQ -8(SP), AX",
        "MOVQ x-8(SP), AX",
        pytest.param("MOVQ tmp16(SP), AX", id="a name that ends in digits"),
        pytest.param("MOVQ 24(BX), AX", id="another register"),
        pytest.param("MOVQ (16+8)(SP), AX", id="an offset to be added up"),
        pytest.param("SUBQ $64, SP\n    MOVQ 24(SP), AX", id="the stack pointer was moved"),
        pytest.param("SUBQ $64,SP\n    MOVQ 24(SP), AX", id="the same without a blank"),
        pytest.param("NOP SP\n    MOVQ 24(SP), AX", id="the idiom for that"),
        pytest.param("/* MOVQ 24(SP), AX */", id="block comment"),
    ],
)
def test_silent(body: str) -> None:
    check(GO, f"TEXT ·f(SB), 0, $16-16\n    {body}\n    RET\n")


def test_frame_size_from_a_header_is_known() -> None:
    check(
        "const size = 64\n" + GO,
        """
        #include "go_asm.h"
        TEXT ·f(SB), 0, $const_size-16
            MOVQ 64(SP), AX
            MOVQ 72(SP), AX
                 ^^^^^^ [amd64] f: 72(SP) should be x+0(FP)
            RET
        """,
    )


def test_frame_size_that_is_no_number_is_not_judged() -> None:
    check(GO, "TEXT ·f(SB), 0, $size-16\n    MOVQ 24(SP), AX\n    RET\n")


def test_no_frame_function_is_not_judged() -> None:
    check(
        GO,
        """
        #include "textflag.h"
        TEXT ·f(SB), NOSPLIT|NOFRAME, $0-16
            MOVQ 8(SP), AX
            RET
        """,
    )


def test_operand_is_marked() -> None:
    check(
        GO,
        """
        TEXT ·f(SB), 0, $16-16
            MOVQ 24(SP), AX
                 ^^^^^^ [amd64] f: 24(SP) should be x+0(FP)
            MOVL 0x24(SP), AX
                 ^^^^^^^^ [amd64] f: 0x24(SP) should be y+12(FP)
            LEAQ 24(SP)(CX*8), AX
                 ^^^^^^^^^^^^ [amd64] f: 24(SP) should be x+0(FP)
            MOVQ AX, 40(SP)
                     ^^^^^^ [amd64] f: use of 40(SP) points beyond argument frame
            RET
        """,
    )


def test_arguments_of_a_static_function() -> None:
    check(
        "",
        """
        TEXT f<>(SB), 0, $0-16
            MOVQ 8(SP), AX
            RET
        TEXT ·f<>(SB), 0, $0-16
            MOVQ 8(SP), AX
                 ^^^^^ [amd64] f<>: use of 8(SP) to access argument frame
            RET
        """,
    )


@pytest.mark.parametrize(
    ("goarch", "move", "stack", "first"),
    [
        ("386", "MOVL", "SP", 4),
        ("arm", "MOVW", "R13", 8),
        ("arm64", "MOVD", "RSP", 16),
        ("loong64", "MOVV", "R3", 16),
        ("mips", "MOVW", "R29", 8),
        ("mips64", "MOVV", "R29", 16),
        ("ppc64", "MOVD", "R1", 16),
        ("riscv64", "MOV", "SP", 16),
        ("s390x", "MOVD", "R15", 16),
        ("wasm", "MOVD", "SP", 8),
    ],
)
def test_other_architectures(goarch: str, move: str, stack: str, first: int) -> None:
    operand = f"{first}({stack})"
    check(
        "func f(x uintptr)",
        f"""
        TEXT ·f(SB), 7, $0
            {move} {first - 1}({stack}), R5
            {move} {operand}, R5
            {" " * len(move)} {"^" * len(operand)} [{goarch}] f: {operand} should be x+0(FP)
            RET
        """,
        goarch,
    )


def test_move_that_go_vet_takes_for_one_of_the_stack_pointer() -> None:
    check(
        "func f(x uintptr)",
        """
        TEXT ·f(SB), 7, $0
            MOVD y+0(FP), R10
            MOVD 64(R1), R5
            RET
        """,
        "ppc64le",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("MOVQ 24(SP), AX", "MOVQ x+0(FP), AX"),
        ("MOVQ AX, 32(SP)", "MOVQ AX, y+8(FP)"),
    ],
)
def test_fix(before: str, after: str) -> None:
    text = "TEXT ·f(SB), 0, $16-16\n    {}\n    RET\n"
    title = f"Use {next(word for word in after.replace(',', '').split() if 'FP' in word)}"
    fixed = apply_fix(GO, text.format(before), title)
    assert fixed == text.format(after)
    check(GO, fixed)
