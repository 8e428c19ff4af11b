"""Returns from functions that never wrote their result."""

from __future__ import annotations

import pytest

from tests.checks.fixture import check


@pytest.mark.parametrize(
    ("go", "body"),
    [
        ("func f(x int64) int64", "MOVQ AX, ret+8(FP)\n    RET"),
        ("func f(x int64) string", "MOVQ AX, ret_base+8(FP)\n    RET"),
        pytest.param("func f(x int64) int64", "LEAQ ret+8(FP), DI\n    RET", id="its address"),
        pytest.param("func f(x int64) int64", "MOVQ AX, ret+(4+4)(FP)\n    RET", id="sum"),
        pytest.param("func f() int64", "MOVQ AX, ret(FP)\n    RET", id="offset 0 left out"),
        pytest.param("func f(x int64)", "RET", id="no result"),
        pytest.param("func f(x int64) (r int64)", "RET", id="a named result"),
        pytest.param("func f(x int64) int64", "RET ·g(SB)", id="tail call"),
        pytest.param("func f(x int64) int64", "JMP ·g(SB)", id="jump"),
        pytest.param("func f(x int64) int64", "RETRY: JMP RETRY // RET", id="RET in a word"),
        pytest.param("func f(x int64) int64", "/* RET */ UNDEF", id="block comment"),
        pytest.param(
            "func f(x int64) int64", "RET\nGLOBL x<>(SB), 8, $8", id="data ends what go vet reads"
        ),
    ],
)
def test_silent(go: str, body: str) -> None:
    check(go, f"TEXT ·f(SB), 7, $0\n    {body}\n")


def test_every_return_is_marked() -> None:
    check(
        "func f(x int64) int64",
        """
        TEXT ·f(SB), 7, $0
            TESTQ AX, AX
            JEQ done
            RET
            ^^^ [amd64] f: RET without writing to 8-byte ret+8(FP)
        done: MOVQ AX, ret1+8(FP)
                       ^^^^^^^^^^ [amd64] f: unknown variable ret1; offset 8 is ret+8(FP)
            MOVQ AX, ret(FP)
            RET
            ^^^ [amd64] f: RET without writing to 8-byte ret+8(FP)
        """,
    )


def test_return_in_a_macro_is_marked_at_the_call() -> None:
    check(
        "func f(x int64) int64",
        """
        #define DONE RET
        TEXT ·f(SB), 7, $0
            DONE
            ^^^^ [amd64] f: RET without writing to 8-byte ret+8(FP)
        """,
    )


@pytest.mark.parametrize(
    ("goarch", "write"),
    [
        ("amd64", "MOVQ $1, AX"),
        ("amd64", "SETEQ AL"),
        ("amd64", "SYSCALL"),
        ("amd64", "MOVQ AX, ret+8(FP)"),
        ("arm64", "FMOVD F1, F0"),
        ("riscv64", "ADD A1, A2, A0"),
        ("loong64", "MOVV R5, R4"),
        ("ppc64", "MOVD R4, R3"),
    ],
)
def test_result_registers_of_the_internal_abi(goarch: str, write: str) -> None:
    check(
        "func f(x int64) int64",
        f"""
        TEXT ·f<ABIInternal>(SB), 7, $0
            {write}
            RET
        TEXT ·f<ABIInternal>(SB), 7, $0
            RET
            ^^^ [{goarch}] f: RET without writing to result register
        """,
        goarch,
    )


def test_wasm_import_writes_the_result() -> None:
    check("func f() int64", "TEXT ·f(SB), 7, $0\n    CallImport\n    RET\n", "wasm", goos="js")
