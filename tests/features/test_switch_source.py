"""Where switching leads from a function's Go and assembly files."""

from __future__ import annotations

import pytest

from go_asm_lsp.features.switch_source import switch_source
from tests.features.fixture import open_fixture

FILES = """
    -- f.go --
    package w
    // f is in assembly.
    func f(x int)
    func g() {}
    -- f_amd64.s --
    TEXT helper<>(SB), 4, $0-0
        RET
    TEXT ·f(SB), 4, $0-8
        RET
    -- f_arm64.s --
    TEXT ·f(SB), 4, $0-8
        RET
    -- f_ppc64x.s --
    //go:build ppc64 || ppc64le
    TEXT ·f(SB), 4, $0-8
        RET
    -- g_wasm.s --
    // nothing yet
"""


def targets(at: str) -> list[str]:
    before, _, after = FILES.partition(at)
    fixture = open_fixture(f"{before}{at}<|>{after}")
    found = switch_source(fixture.workspace, fixture.path, fixture.offset)
    shown = []
    for target in found:
        text = fixture.texts[target.path][target.span.start : target.span.end].decode()
        shown.append(f"{target.path.rpartition('/')[2]}: {target.label}: {text}".rstrip(": "))
    return shown


AMD64, ARM64 = "f_amd64.s: amd64: f", "f_arm64.s: arm64: f"
PPC64, GO = "f_ppc64x.s: ppc64, ppc64le: f", "f.go: Go: f"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("func f(x", [AMD64, ARM64, PPC64], id="prototype"),
        pytest.param("-- f_arm64.s --\n    TEXT ·f", [GO, AMD64, PPC64], id="assembly"),
        pytest.param("$0-8\n        RE", [GO, ARM64, PPC64], id="inside a function"),
        pytest.param(
            "func g() {",
            [
                "f_amd64.s: amd64",
                "f_arm64.s: arm64",
                "f_ppc64x.s: ppc64, ppc64le",
                "g_wasm.s: wasm",
            ],
            id="Go function with a body",
        ),
        pytest.param("TEXT helper", [], id="function that Go does not declare"),
        pytest.param(
            "// nothing",
            ["f_amd64.s: amd64", "f_arm64.s: arm64", "f_ppc64x.s: ppc64, ppc64le"],
            id="file without functions",
        ),
    ],
)
def test_switching(at: str, expected: list[str]) -> None:
    assert targets(at) == expected
