"""Generated TEXT stubs: what they say, that the assembler takes them, that nothing is found."""

from __future__ import annotations

import subprocess
from pathlib import Path
from random import Random

import pytest

from go_asm_lsp.arch.registry import arch_for
from go_asm_lsp.golang.frame import argument_frame
from go_asm_lsp.golang.model import GOARCHES, BuildConfiguration
from go_asm_lsp.golang.package import GoPackage, load_package
from go_asm_lsp.golang.source import read_source
from go_asm_lsp.semantics.stub import stub
from tests.checks.fixture import findings
from tests.goroot import GOROOT
from tests.oracle.synthetic import synthetic
from tests.oracle.toolchain import environment, goos_of, tool

PROTOTYPES = """
import "unsafe"
type T struct { a byte; b [3]int16; c complex128; _ int32 }
func none()
func sum(values []float64, n int32, flag bool) float64
func pair(a, b string) (x int64, err error)
func unnamed(int8, uint16, *byte, unsafe.Pointer) (int16, float32, bool)
func composite(t T, k [40]uint64, i any, f func()) T
func blank(_ int64, _ string, _ T) (_ int64)
func many(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t float64) (z [100]byte)
func wide(a int64, b uint64, c float64, d complex64) (e uint64, f float64)
"""


def package(go: str, goarch: str) -> GoPackage:
    file = read_source("/src/p/a.go", f"package p\n{go}".encode())
    configuration = BuildConfiguration(goos_of(goarch), goarch)
    return load_package([file], "p", configuration, lambda path, folder: None)


def stubs(found: GoPackage, goarch: str) -> str:
    arch = arch_for(goarch)
    assert arch
    frames = (argument_frame(found, name) for name in found.prototype_names)
    return '#include "textflag.h"\n\n' + "\n".join(stub(frame, arch) for frame in frames if frame)


def test_text() -> None:
    text = stubs(package("func f(x int8, s string, y float32) (int32, bool)", "amd64"), "amd64")
    assert text == (
        '#include "textflag.h"\n'
        "\n"
        "// func f(x int8, s string, y float32) (int32, bool)\n"
        "TEXT ·f(SB), NOSPLIT, $0-37\n"
        "\tMOVBLSX x+0(FP), AX\n"
        "\tMOVQ s_base+8(FP), BX\n"
        "\tMOVQ s_len+16(FP), CX\n"
        "\tMOVSS y+24(FP), X0\n"
        "\tMOVQ $0, AX\n"
        "\tMOVL AX, ret+32(FP)\n"
        "\tMOVB AX, ret1+36(FP)\n"
        "\tRET\n"
    )


def test_text_on_a_stack_machine() -> None:
    text = stubs(package("func f(x int8) uint32", "wasm"), "wasm")
    assert text.splitlines()[3:] == [
        "TEXT ·f(SB), NOSPLIT, $0-12",
        "\tGet SP",
        "\tI64Load8S x+0(FP)",
        "\tSet R0",
        "\tGet SP",
        "\tI64Const $0",
        "\tI64Store32 ret+8(FP)",
        "\tRET",
    ]


@pytest.mark.parametrize("goarch", GOARCHES)
def test_stubs_assemble_and_have_no_finding(goarch: str, tmp_path: Path) -> None:
    made_up = [synthetic(Random(seed), goarch)["synthetic.go"] for seed in range(20)]
    declarations = [PROTOTYPES, *(text.removeprefix("package synthetic\n") for text in made_up)]
    for number, go in enumerate(declarations):
        text = stubs(package(go, goarch), goarch)
        found = findings(go, text.encode(), goarch, goos_of(goarch))
        assert [d.message for d in found] == [], (go, text)
        (tmp_path / f"{number}.s").write_text(text)
    command = [tool("asm"), "-p", "p", "-I", f"{GOROOT}/pkg/include", "-o", str(tmp_path / "out")]
    for number in range(len(declarations)):
        result = subprocess.run(
            [*command, str(tmp_path / f"{number}.s")],
            env=environment(goarch),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert result.returncode == 0, result.stdout + result.stderr
