"""Prototypes guessed from assembly: what they say, and that functions fit them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from textwrap import dedent

import pytest

from go_asm_lsp.arch.registry import arch_for
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.semantics.infer_prototype import infer_prototype
from go_asm_lsp.semantics.model import Declaration, Function
from go_asm_lsp.workspace import Workspace
from tests.checks.fixture import FOLDER, findings
from tests.goroot import std_assembly_files
from tests.lsp.memory import MemoryFiles
from tests.oracle.answers import answers


def function(assembly: str, goarch: str) -> Function:
    path = f"{FOLDER}/a.s"
    files = MemoryFiles({path: dedent(assembly).encode(), f"{FOLDER}/a.go": b"package p\n"})
    environment = GoEnvironment(BuildConfiguration("linux", goarch))
    model = Workspace(files, environment, (goarch,)).model(path)
    assert model
    return model.functions[0]


def infer(assembly: str, goarch: str = "amd64") -> str | None:
    arch = arch_for(goarch)
    assert arch
    return infer_prototype(function(assembly, goarch), arch)


@pytest.mark.parametrize(
    ("goarch", "body", "expected"),
    [
        ("amd64", "$0-0", "func f()"),
        ("amd64", "$0-8; MOVQ x+0(FP), AX", "func f(x int)"),
        ("amd64", "$0-8; MOVQ x+0(FP), DI; MOVB (DI), AX", "func f(x *byte)"),
        (
            "amd64",
            "$0-8; MOVL x+0(FP), AX; MOVWLZX y+4(FP), BX",
            "func f(x uint32, y uint16, _ [2]byte)",
        ),
        ("amd64", "$0-8; MOVBLSX x+0(FP), AX; MOVSS y+4(FP), X0", "func f(x int8, y float32)"),
        ("amd64", "$0-24; MOVQ s_base+0(FP), SI; MOVQ s_len+8(FP), CX", "func f(s []byte)"),
        ("amd64", "$0-16; MOVQ s_base+0(FP), SI; MOVQ s_len+8(FP), CX", "func f(s string)"),
        ("amd64", "$0-32; MOVQ s_cap+16(FP), SI; MOVQ n+24(FP), CX", "func f(s []byte, n int)"),
        ("amd64", "$0-16; MOVQ i_data+8(FP), SI", "func f(i any)"),
        ("amd64", "$0-16; MOVSD c_imag+8(FP), X0", "func f(c complex128)"),
        ("amd64", "$0-24; MOVQ n+16(FP), AX", "func f(_ [16]byte, n int)"),
        ("amd64", "$0-16; MOVQ n+0(FP), AX; MOVL AX, ret+8(FP)", "func f(n int) (uint32, [4]byte)"),
        ("amd64", "$0-12; MOVQ n+0(FP), AX; MOVL AX, ret+8(FP)", "func f(n int) uint32"),
        (
            "amd64",
            "$0-24; MOVQ AX, sum+8(FP); MOVQ AX, carry+16(FP); MOVQ n+0(FP), AX",
            "func f(n int) (sum int, carry int)",
        ),
        ("amd64", "$0-9; MOVQ n+0(FP), AX; SETEQ ret+8(FP)", "func f(n int) uint8"),
        ("amd64", "$0; MOVQ n+0(FP), AX", "func f(n int)"),
        ("amd64", "$0-8; MOVQ n+0(FP), AX; MOVQ n+8(FP), AX", None),
        ("amd64", "$0-8; MOVQ n+0(FP), AX; MOVQ m+4(FP), AX", None),
        ("amd64", "$0-8; MOVQ type+0(FP), AX", None),
        ("386", "$0-8; MOVL x_lo+0(FP), AX; MOVL x_hi+4(FP), AX", "func f(x uint64)"),
        ("386", "$0-12; MOVL x+0(FP), AX; MOVSD y+4(FP), X0", "func f(x int, y float64)"),
        ("arm64", "$0-4; MOVWU x+0(FP), R0", "func f(x uint32)"),
        ("arm64", "$0-16; FMOVD x+0(FP), F0; FMOVD F0, r+8(FP)", "func f(x float64) (r float64)"),
        ("ppc64le", "$0-2; MOVH x+0(FP), R3", "func f(x int16)"),
        ("wasm", "$0-12; I64Load8U x+0(FP); I64Load y+8(FP)", None),
        ("wasm", "$0-12; I64Load8U x+0(FP); I64Store32 ret+8(FP)", "func f(x uint8) uint32"),
    ],
)
def test_prototype(goarch: str, body: str, expected: str | None) -> None:
    assert infer(f"TEXT ·f(SB), 4, {body}\n", goarch) == expected


def test_fix_declares_the_function() -> None:
    source = b"TEXT \xc2\xb7f(SB), 4, $0-16\n\tMOVQ x+0(FP), AX\n\tMOVQ AX, ret+8(FP)\n\tRET\n"
    (found,) = findings("", source)
    (fix,) = found.fixes
    (edit,) = fix.edits
    assert fix.title == "Declare func f(x int) int"
    assert (edit.path, edit.new_text) == (f"{FOLDER}/a.go", "\nfunc f(x int) int\n")
    assert findings(edit.new_text, source) == []


def declared_functions(goarch: str) -> Iterator[Function]:
    workspace = answers(goarch).workspace
    for path in std_assembly_files():
        if "testdata" not in path.parts and workspace.configurations(str(path)):
            model = workspace.model(str(path))
            functions = model.functions if model else ()
            yield from (f for f in functions if f.declaration is Declaration.DECLARED)


@pytest.mark.oracle
@pytest.mark.parametrize("goarch", ["386", "amd64", "arm64", "ppc64le", "riscv64", "wasm"])
def test_functions_of_the_standard_library_fit_their_guessed_prototypes(goarch: str) -> None:
    arch = arch_for(goarch)
    assert arch
    guessed = 0
    seen = 0
    for found in declared_functions(goarch):
        undeclared = replace(found, frame=None, prototype=None, declaration=Declaration.MISSING)
        prototype = infer_prototype(undeclared, arch)
        seen += 1
        if prototype is None:
            continue
        guessed += 1
        left = findings(prototype, found.block.text, goarch)
        # Expanded text says 4 and not NOSPLIT, which is what lets a size be left out.
        messages = [d.message for d in left if d.code.startswith("asmdecl/")]
        assert not [m for m in messages if "wrong argument size 0;" not in m], (
            prototype,
            found.block.text.decode(),
        )
    assert guessed > 0.9 * seen > 20
