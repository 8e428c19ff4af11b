"""Instructions that move more or fewer bytes than the argument has."""

# go vet's messages are as long as they are.
# ruff: noqa: E501

from __future__ import annotations

import pytest

from tests.checks.fixture import apply_fix, check

GO = "func f(n int32, s string, i any, b bool, k [2]uint64, p func()) (ret float32)"
TEXT = "TEXT ·f(SB), 0, $0-76\n    {}\n    MOVSS X0, ret+72(FP)\n    RET\n"


@pytest.mark.parametrize(
    "use",
    [
        "MOVL n+0(FP), AX",
        "MOVQ s+8(FP), AX",
        "MOVQ i+24(FP), AX",
        "LEAQ b+40(FP), AX",
        "MOVQ $b+40(FP), AX",
        "MOVBLZX b+40(FP), AX",
        "SETEQ b+40(FP)",
        "CMPB b+40(FP), $1",
        "CALL p+64(FP)",
        "CMOVLEQ n+0(FP), AX",
        "IMUL3L $3, n+0(FP), AX",
        "VMOVD n+0(FP), X0",
        "VPBROADCASTD n+0(FP), Y0",
        "PINSRD $1, n+0(FP), X0",
        "CVTSL2SD n+0(FP), X0",
        "VFMADD231SS ret+72(FP), X1, X2",
        "PADDD k+48(FP), X0",
        "ADDPD k+48(FP), X0",
        "VMOVDQU k+48(FP), X0",
        pytest.param("MOVOU k+48(FP), X0", id="a whole array at once"),
        pytest.param("MOVUPS s+8(FP), X0", id="no width in the name"),
        pytest.param("MOVQ s_len+(8+8)(FP), AX", id="an offset to be added up"),
    ],
)
def test_silent_on_amd64(use: str) -> None:
    check(GO, TEXT.format(use))


@pytest.mark.parametrize(
    ("use", "message"),
    [
        ("MOVQ n+0(FP), AX", "invalid MOVQ of n+0(FP); int32 is 4-byte value"),
        ("MOVB AX, n+0(FP)", "invalid MOVB of n+0(FP); int32 is 4-byte value"),
        (
            "MOVL s+8(FP), AX",
            "invalid MOVL of s+8(FP); string base is 8-byte value containing s_base+8(FP) and s_len+16(FP)",
        ),
        ("MOVL s_len+16(FP), AX", "invalid MOVL of s_len+16(FP); string len is 8-byte value"),
        ("MOVL $n+0(FP), AX", "invalid MOVL of $n+0(FP); address is 8-byte value"),
        ("MOVQ k+48(FP), AX", "invalid MOVQ of k+48(FP); [2]uint64 is 16-byte value"),
        ("MOVSD ret+72(FP), X0", "invalid MOVSD of ret+72(FP); float32 is 4-byte value"),
        ("VPBROADCASTQ n+0(FP), Y0", "invalid VPBROADCASTQ of n+0(FP); int32 is 4-byte value"),
    ],
)
def test_operand_is_marked_on_amd64(use: str, message: str) -> None:
    place = use.index(next(word for word in use.split() if "(FP)" in word))
    end = use.index(")", place) + 1
    marks = " " * (4 + place) + "^" * (end - place)
    check(GO, TEXT.format(f"{use}\n{marks} [amd64] f: {message}"))


@pytest.mark.parametrize(
    ("goarch", "right", "wrong"),
    [
        ("386", "MOVL", "MOVW"),
        ("arm", "MOVW", "MOVHU"),
        ("loong64", "MOVWU", "MOVV"),
        ("mips", "MOVW", "MOVB"),
        ("mips64le", "MOVWU", "MOVV"),
        ("ppc64", "MOVWZ", "MOVD"),
        ("ppc64le", "MOVW", "MOVHZ"),
        ("s390x", "MOVWZ", "MOVD"),
    ],
)
def test_moves_of_other_architectures(goarch: str, right: str, wrong: str) -> None:
    register = "AX" if goarch == "386" else "R5"
    check(
        "func f(n uint32)",
        f"""
        TEXT ·f(SB), 0, $0-4
            {right} n+0(FP), {register}
            {wrong} n+0(FP), {register}
            {" " * len(wrong)} ^^^^^^^ [{goarch}] f: invalid {wrong} of n+0(FP); uint32 is 4-byte value
            RET
        """,
        goarch,
    )


@pytest.mark.parametrize("goarch", ["arm64", "riscv64", "wasm"])
def test_architectures_without_widths(goarch: str) -> None:
    check("func f(n uint32)", "TEXT ·f(SB), 0, $0-4\n    MOVB n+0(FP), R5\n    RET\n", goarch)


@pytest.mark.parametrize(
    ("goarch", "go", "before", "title", "after"),
    [
        ("amd64", "func f(n int32)", "MOVQ n+0(FP), AX", "Use MOVL", "MOVL n+0(FP), AX"),
        ("amd64", "func f(x float32)", "MOVSD x+0(FP), X3", "Use MOVSS", "MOVSS x+0(FP), X3"),
        ("amd64", "func f(a [4]int16)", "MOVW a+0(FP), R9", "Use MOVQ", "MOVQ a+0(FP), R9"),
        ("amd64", "func f(a [4]int16)", "MOVW a+0(FP), R9", "Use a_0+0(FP)", "MOVW a_0+0(FP), R9"),
        ("amd64", "func f(b bool)", "MOVQ $1, b+0(FP)", "Use MOVB", "MOVB $1, b+0(FP)"),
        ("loong64", "func f(n uint16)", "MOVV n+0(FP), R4", "Use MOVHU", "MOVHU n+0(FP), R4"),
        ("loong64", "func f(n int16)", "MOVV n+0(FP), R4", "Use MOVH", "MOVH n+0(FP), R4"),
        ("ppc64le", "func f(x float64)", "MOVB x+0(FP), F1", "Use FMOVD", "FMOVD x+0(FP), F1"),
        ("386", "func f(n uint64)", "MOVL n+0(FP), AX", "Use n_lo+0(FP)", "MOVL n_lo+0(FP), AX"),
    ],
)
def test_fix(goarch: str, go: str, before: str, title: str, after: str) -> None:
    text = "TEXT ·f(SB), 7, $0\n    {}\n    RET\n"
    fixed = apply_fix(go, text.format(before), title, goarch)
    assert fixed == text.format(after)
    check(go, fixed, goarch)
