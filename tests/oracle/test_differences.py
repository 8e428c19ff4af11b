"""The entries of docs/vet-differences.md: what the real go vet says, and what we say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.oracle.answers import answers
from tests.oracle.generate import SYNTHETIC, made_up_package
from tests.oracle.toolchain import vet

DOCUMENT = Path(__file__).parents[2] / "docs" / "vet-differences.md"


@dataclass(frozen=True)
class Case:
    """A package on one architecture. `vet` and `ours` are messages without `[arch] f: `."""

    entry: str
    go: str
    assembly: str
    vet: tuple[str, ...]
    ours: tuple[str, ...] = ()
    goarch: str = "amd64"
    import_path: str = "synthetic"


CASES = (
    Case(
        "block-comments",
        "func f(x int64)",
        "TEXT ·f(SB), 0, $0-8\n\t/* MOVQ y+8(FP), AX */\n\tRET",
        ("3 unknown variable y",),
    ),
    Case(
        "block-comments",
        "func f() int64",
        "TEXT ·f(SB), 0, $0-8\n\t/* MOVQ AX, ret+0(FP) */\n\tRET",
        ("3 cannot find assembly opcode",),
        ("4 RET without writing to 8-byte ret+0(FP)",),
    ),
    Case(
        "inactive-code",
        "func f(x int64)",
        "TEXT ·f(SB), 0, $0-8\n#ifdef GOARCH_arm64\n\tMOVD y+0(FP), R0\n#endif\n\tRET",
        ("4 unknown variable y; offset 0 is x+0(FP)",),
    ),
    Case(
        "macros",
        "func f(x int64)",
        "#define LOAD(r) MOVQ x+8(FP), r\nTEXT ·f(SB), 0, $0-8\n\tLOAD(AX)\n\tRET",
        (),
        ("4 invalid offset x+8(FP); expected x+0(FP)",),
    ),
    Case(
        "macros",
        "func f(x int64)",
        "TEXT ·f(SB), 0, $0-8\n\tRET\n#define LOAD(r) MOVQ y+16(FP), r",
        ("4 unknown variable y",),
    ),
    Case(
        "macros",
        "func f(x int64)\nfunc g(y int64)",
        "#define BODY(n) TEXT n(SB), 0, $0-8; MOVQ x+0(FP), AX; RET\nBODY(·f)\nBODY(·g)",
        (),
    ),
    Case(
        "vector-instructions",
        "func f(mask uint32)",
        "TEXT ·f(SB), 0, $0-4\n\tVPBROADCASTD mask+0(FP), Y0\n\tRET",
        ("3 invalid VPBROADCASTD of mask+0(FP); uint32 is 4-byte value",),
    ),
    Case(
        "vector-instructions",
        "func f(c bool, n uint32, x [2]uint64, g func())",
        "TEXT ·f(SB), 0, $0-32\n\tCMOVLEQ n+4(FP), AX\n\tPADDD x+8(FP), X0\n\tCALL g+24(FP)\n\tRET",
        (
            "3 invalid CMOVLEQ of n+4(FP); uint32 is 4-byte value",
            "4 invalid PADDD of x+8(FP); [2]uint64 is 16-byte value",
            "5 invalid CALL of g+24(FP); func() is 8-byte value",
        ),
    ),
    Case(
        "whole-arrays-and-structs",
        "func f(a [2]uint32) [16]byte",
        "TEXT ·f(SB), 0, $0-24\n\tMOVQ a+0(FP), AX\n\tMOVOU X0, ret+8(FP)\n\tRET",
        (
            "3 invalid MOVQ of a+0(FP); [2]uint32 is 8-byte value",
            "4 invalid MOVOU of ret+8(FP); [16]byte is 16-byte value",
        ),
    ),
    Case(
        "names-that-end-in-digits",
        "func f(x1 int64)",
        "TEXT ·f(SB), 0, $8-8\n\tMOVQ x1(FP), AX\n\tMOVQ AX, tmp16(SP)\n\tRET",
        (
            "3 use of unnamed argument 1(FP); offset 1 is x1+0(FP)",
            "4 16(SP) should be x1+0(FP)",
        ),
    ),
    Case(
        "numbers",
        "func f(x, y int64)",
        "TEXT ·f(SB), 0, $0x10-0x10\n\tMOVQ 0x20(SP), AX\n\tMOVQ y+0x10(FP), AX\n\tRET",
        (
            "2 wrong argument size 0; expected $...-16",
            "3 20(SP) should be y+12(FP)",
            "4 use of unnamed argument 10(FP); offset 10 is y+8(FP)",
        ),
        ("3 0x20(SP) should be y+8(FP)", "4 invalid offset y+16(FP); expected y+8(FP)"),
    ),
    Case(
        "sizes-to-be-computed",
        "func f(x, y int64)",
        "TEXT ·f(SB), 0, $(2*8) - 16\n\tMOVQ 16(SP), AX\n\tMOVQ 24(SP), AX\n\tRET",
        (
            "2 wrong argument size 0; expected $...-16",
            "3 16(SP) should be y+8(FP)",
            "4 use of 24(SP) points beyond argument frame",
        ),
        ("4 24(SP) should be x+0(FP)",),
    ),
    Case(
        "sizes-to-be-computed",
        "const size = 16\nfunc f(x int64)",
        '#include "go_asm.h"\nTEXT ·f(SB), 0, $const_size-8\n\tMOVQ 8(SP), AX\n\tRET',
        ("3 wrong argument size 0; expected $...-8", "4 8(SP) should be x+0(FP)"),
    ),
    Case(
        "flags-with-blanks",
        "func f(x int64)",
        "TEXT ·f(SB), WRAPPER | NEEDCTXT, $0-8\n\tRET",
        ("2 wrong argument size 0; expected $...-8",),
    ),
    Case(
        "offsets-to-be-computed",
        "func f(x int64) int64\nfunc g() int64",
        "TEXT ·f(SB), 0, $0-16\n\tMOVQ AX, ret+(4+4)(FP)\n\tRET\n"
        "TEXT ·g(SB), 0, $0-8\n\tMOVQ AX, ret(FP)\n\tRET",
        (
            "4 RET without writing to 8-byte ret+8(FP)",
            "7 RET without writing to 8-byte ret+0(FP)",
        ),
    ),
    Case(
        "words-that-contain-ret",
        "func f() int64",
        "TEXT ·f(SB), 0, $0-8\nRETRY:\n\tJMP RETRY",
        (
            "3 RET without writing to 8-byte ret+0(FP)",
            "4 RET without writing to 8-byte ret+0(FP)",
        ),
    ),
    Case(
        "stack-pointer-without-blank",
        "func f(x int64)",
        "TEXT ·f(SB), 0, $0-8\n\tSUBQ $64,SP\n\tMOVQ AX, 8(SP)\n\tADDQ $64,SP\n\tRET",
        ("4 8(SP) should be x+0(FP)",),
    ),
    Case(
        "result-registers",
        "func f() bool\nfunc g() bool",
        "TEXT ·f<ABIInternal>(SB), 0, $0-1\n\tSETEQ AL\n\tRET\n"
        "TEXT ·g<ABIInternal>(SB), 0, $0-1\n\tPMAXUB X1, X2\n\tRET",
        ("4 RET without writing to result register",),
        ("7 RET without writing to result register",),
    ),
    Case(
        "several-on-a-line",
        "func f(a int32, b int64)",
        "TEXT ·f(SB), 0, $0-16\n\tMOVL a+0(FP), AX; MOVQ b+8(FP), BX\n\tRET",
        ("3 invalid MOVL of b+8(FP); int64 is 8-byte value",),
    ),
    Case(
        "straight-line-code",
        "func f()\nfunc g()",
        "TEXT ·f(SB), 0, $0-0\ndone: RET\nTEXT ·g(SB), 0, $0x10-0\n\tMOVQ $1, BP\n\tRET",
        ("5 frame pointer is clobbered before saving",),
    ),
    Case(
        "methods",
        "type T int\nfunc (T) f()",
        "TEXT ·f(SB), 0, $0-0\n\tRET",
        (),
        ("2 function f missing Go declaration",),
    ),
    Case(
        "qualified-names",
        "",
        "TEXT example·com∕p·f(SB), 0, $0-0\n\tRET",
        (),
        ("2 function f missing Go declaration",),
        import_path="example.com/p",
    ),
)


@pytest.mark.oracle
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.entry)
def test_difference(case: Case, tmp_path: Path) -> None:
    files = {"a.go": f"package p\n{case.go}\n", "a.s": f'#include "textflag.h"\n{case.assembly}\n'}
    texts = {name: text.encode() for name, text in files.items()}
    package = replace(made_up_package(files), import_path=case.import_path)
    theirs = vet(package, case.goarch, texts, tmp_path)
    module = {"go.mod": f"module {case.import_path}\n".encode()}
    ours = answers(case.goarch).findings(SYNTHETIC, texts | module)
    assert theirs is not None
    assert _shown(theirs) == sorted(case.vet)
    assert _shown(ours) == sorted(case.ours)


def _shown(findings: frozenset[tuple[str, int, str]]) -> list[str]:
    return sorted(f"{n} {re.sub(r'^.[0-9a-z]+. [a-z]: ', '', text)}" for _, n, text in findings)


def test_every_entry_has_a_case() -> None:
    entries = re.findall(r"^## (\S+)$", DOCUMENT.read_text(), re.M)
    assert {case.entry for case in CASES} == set(entries)
