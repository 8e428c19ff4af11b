"""Register assignment, against the document's rules and the compiler's own SSA form."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from random import Random

import pytest

from go_asm_lsp.golang.abiinternal import register_frame
from tests.golang.compiler import compile_package
from tests.golang.loading import go_package, go_packages
from tests.golang.random_types import IMPORTED, random_types
from tests.golang.test_asmhdr import without_errors
from tests.oracle.toolchain import environment, tool

# What the compiler calls the Nth register of its two sequences.
_INTEGERS = {
    "amd64": "AX BX CX DI SI R8 R9 R10 R11",
    "arm64": "R0 R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15",
    "loong64": "R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19",
    "ppc64": "R3 R4 R5 R6 R7 R8 R9 R10 R14 R15 R16 R17",
    "ppc64le": "R3 R4 R5 R6 R7 R8 R9 R10 R14 R15 R16 R17",
    "riscv64": "X10 X11 X12 X13 X14 X15 X16 X17 X8 X9 X18 X19 X20 X21 X22 X23",
    "s390x": "R2 R3 R4 R5 R6 R7 R8 R9",
}
_FLOATS = {
    "amd64": "X0 X1 X2 X3 X4 X5 X6 X7 X8 X9 X10 X11 X12 X13 X14",
    "arm64": "F0 F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15",
    "loong64": "F0 F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15",
    "ppc64": "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12",
    "ppc64le": "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12",
    "riscv64": "F10 F11 F12 F13 F14 F15 F16 F17 F8 F9 F18 F19 F20 F21 F22 F23",
    "s390x": "F0 F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 F13 F14 F15",
}


def drawn(prototype: str, goarch: str = "amd64") -> list[str]:
    declared = "package p\ntype S struct{ a int8; b float32; c string }\n"
    frame = register_frame(go_package(f"{declared}{prototype}\n", goarch), "f")
    assert frame
    lines = []
    for passed in frame.passed:
        parts = " ".join(f"{part.name}={part.register}" for part in passed.registers)
        stack = f"{passed.parameter.name} at {passed.stack_offset}"
        where = parts if passed.stack_offset is None else stack
        spill = "" if passed.spill_offset is None else f", spills to {passed.spill_offset}"
        lines.append(where + spill)
    return [*lines, f"size {frame.size}"]


@pytest.mark.parametrize(
    ("prototype", "goarch"),
    [
        *(("func f(a int)", goarch) for goarch in ("386", "arm", "mips", "mips64", "wasm")),
        ("func f(a Missing)", "amd64"),
        ("func g(a int)", "amd64"),
        ("func f[T any](a T)", "amd64"),
        ("var f int", "amd64"),
    ],
)  # fmt: skip
def test_what_is_not_passed_in_registers(prototype: str, goarch: str) -> None:
    assert register_frame(go_package(f"package p\n{prototype}\n", goarch), "f") is None


@pytest.mark.parametrize(
    ("prototype", "expected"),
    [
        ("func f()", ["size 0"]),
        (
            "func f(a int, b float64, c []byte) (d bool, e error) { return }",
            [
                "a=AX, spills to 0",
                "b=X0, spills to 8",
                "c_base=BX c_len=CX c_cap=DI, spills to 16",
                "d=AX",
                "e_itable=BX e_data=CX",
                "size 40",
            ],
        ),
        (
            "func f(s S, x [1]complex64, y any) S",
            [
                "s_a=AX s_b=X0 s_c_base=BX s_c_len=CX, spills to 0",
                "x_0_real=X1 x_0_imag=X2, spills to 24",
                "y_type=DI y_data=SI, spills to 32",
                "ret_a=AX ret_b=X0 ret_c_base=BX ret_c_len=CX",
                "size 48",
            ],
        ),
        (
            "func f(a1 uint8, a2 [2]uintptr, a3 uint8) (r1 struct{ x int; y [2]int }, r2 string)",
            [
                "a1=AX, spills to 40",
                "a2 at 0",
                "a3=BX, spills to 41",
                "r1 at 16",
                "r2_base=AX r2_len=BX",
                "size 48",
            ],
        ),
        (
            "func f(a, b, c, d []int, e struct{}, g int8)",
            [
                "a_base=AX a_len=BX a_cap=CX, spills to 32",
                "b_base=DI b_len=SI b_cap=R8, spills to 56",
                "c_base=R9 c_len=R10 c_cap=R11, spills to 80",
                "d at 0",
                "e at 24",
                "g at 24",
                "size 104",
            ],
        ),
    ],
)
def test_assignment(prototype: str, expected: list[str]) -> None:
    assert drawn(prototype) == expected


@pytest.mark.parametrize("goarch", ["amd64", "riscv64"])
def test_arguments_of_random_functions(goarch: str, tmp_path: Path) -> None:
    check_registers(Random(f"registers {goarch}"), goarch, tmp_path)


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(28))
def test_arguments_of_more_random_functions(seed: int, tmp_path: Path) -> None:
    check_registers(Random(seed), list(_INTEGERS)[seed % 7], tmp_path)


_ARGUMENT = re.compile(r"Arg(Int|Float)Reg <.*> \{(\S+?)\+(\d+)\} \[(\d+)\]$", re.M)


def check_registers(random: Random, goarch: str, scratch: Path) -> None:
    archive = compile_package(scratch, "q", IMPORTED, goarch, {}).archive
    source, _ = without_errors(random_types(random, 20), goarch, scratch, {"q": archive})
    source = re.sub(r"^(func f\d+.*)$", r"\1 { panic(0) }", source, flags=re.M)
    package = go_packages({"q": {"q.go": IMPORTED}, "p": {"p.go": source}}, goarch)["p"]
    names = [name for name in package.names if re.fullmatch(r"f\d+", name)]
    dump_ssa(source, names, goarch, scratch)
    count = 0
    for name in names:
        expected: dict[str, set[tuple[int, str]]] = {}
        text = next(scratch.glob(f"{name}_*expand_calls.dump")).read_text()
        for bank, parameter, offset, index in _ARGUMENT.findall(text):
            registers = (_INTEGERS if bank == "Int" else _FLOATS)[goarch].split()
            expected.setdefault(parameter, set()).add((int(offset), registers[int(index)]))
        frame = register_frame(package, name)
        assert frame
        found = {}
        for index, passed in enumerate(frame.passed):
            if passed.registers and not passed.parameter.is_result:
                is_named = passed.parameter.is_named and passed.parameter.name != "_"
                # The compiler numbers what has no name.
                key = passed.parameter.name if is_named else f"~p{index}"
                found[key] = {(part.offset, part.register) for part in passed.registers}
        assert found == expected, frame.prototype.signature
        count += sum(map(len, found.values()))
    assert count > 10


def dump_ssa(source: str, names: list[str], goarch: str, scratch: Path) -> None:
    """Compiles and has the SSA form of functions written to files, calls taken apart."""
    (scratch / "p.go").write_text(source)
    phases = ",".join(f"ssa/expand_calls/dump={name}" for name in names)
    command = [tool("compile"), "-p", "p", "-N", f"-d={phases}", "-importcfg", "p.importcfg"]
    result = subprocess.run(
        [*command, "-o", "p.a", "p.go"],
        cwd=scratch,
        env=environment(goarch),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
