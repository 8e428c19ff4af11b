"""Frameless functions that change the frame pointer."""

from __future__ import annotations

import pytest

from tests.checks.fixture import check

MESSAGE = "frame pointer is clobbered before saving"


@pytest.mark.parametrize(
    ("goarch", "body"),
    [
        ("amd64", "PUSHQ BP\n    MOVQ SP, BP"),
        ("amd64", "MOVQ BP, AX\n    MOVQ $1, BP"),
        ("amd64", "JMP next\nnext:\n    MOVQ $1, BP"),
        ("amd64", "MOVQ $1, (BP)"),
        ("amd64", "MOVQ $1, BX // , BP"),
        ("amd64", "/* MOVQ $1, BP */"),
        ("amd64", "#ifdef NEVER\n    MOVQ $1, BP\n#endif"),
        ("amd64", "POPQ BP"),
        pytest.param("amd64", "here: JMP here\n    MOVQ $1, BP", id="a label before the jump"),
        ("arm64", "MOVD R29, R0\n    MOVD $1, R29"),
        ("arm64", "B next\nnext:\n    MOVD $1, R29"),
        ("arm64", "STP (R28, R29), 8(R0)"),
        ("arm64", "MOVD R0, (R29)"),
        ("arm", "MOVW $1, R11"),
    ],
)
def test_silent(goarch: str, body: str) -> None:
    check("func f()", f"TEXT ·f(SB), 0, $0-0\n    {body}\n    RET\n", goarch)


@pytest.mark.parametrize(
    ("goos", "folder", "frame"),
    [("windows", "/src/p", "$0"), ("linux", "/src/runtime", "$0"), ("linux", "/src/p", "$8")],
)
def test_not_checked(goos: str, folder: str, frame: str) -> None:
    text = f"TEXT ·f(SB), 0, {frame}\n    MOVQ $1, BP\n    RET\n"
    check("func f()", text, "amd64", goos, folder)


@pytest.mark.parametrize(
    ("goarch", "before", "operand"),
    [
        ("amd64", "MOVQ $1, ", "BP"),
        ("amd64", "XORQ BP,", "BP"),
        ("amd64", "ADDQ $8, ", "BP"),
        ("amd64", "here: LEAQ (BX), ", "BP"),
        ("arm64", "MOVD $1, ", "R29"),
        ("arm64", "ADD $1, R0, ", "R29"),
        ("arm64", "LDP (R0), ", "(R26, R29)"),
        ("arm64", "CASPD (R2, R3), (R2), ", "(R26, R29)"),
    ],
)
def test_first_write_is_marked(goarch: str, before: str, operand: str) -> None:
    check(
        "func f()",
        f"""
        TEXT ·f<>(SB), 0, $0
            TEST R0, R0
            BEQ 2(PC)
            {before}{operand}
            {" " * len(before)}{"^" * len(operand)} {MESSAGE}
            {before}{operand}
            RET
        """,
        goarch,
        "darwin",
    )
