from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from go_asm_lsp.golang.model import GOARCHES, BuildConfiguration
from go_asm_lsp.preprocess.predefined import DEFAULT_LEVELS, ArchitectureLevels, predefined
from tests.goroot import GOROOT


@pytest.mark.parametrize(
    ("goarch", "levels", "expected"),
    [
        ("amd64", ArchitectureLevels(goamd64="v3"), ["GOAMD64_v3"]),
        ("386", ArchitectureLevels(go386="softfloat"), ["GO386_softfloat"]),
        ("arm", ArchitectureLevels(goarm="7,hardfloat"), ["GOARM_7", "GOARM_6", "GOARM_5"]),
        ("arm", ArchitectureLevels(goarm="6"), ["GOARM_6", "GOARM_5"]),
        ("arm", ArchitectureLevels(goarm="5"), ["GOARM_5"]),
        ("arm64", ArchitectureLevels(goarm64="v8.0"), []),
        ("arm64", ArchitectureLevels(goarm64="v8.0,lse"), ["GOARM64_LSE"]),
        ("arm64", ArchitectureLevels(goarm64="v8.0,crypto"), []),
        ("arm64", ArchitectureLevels(goarm64="v9.5,crypto"), ["GOARM64_LSE"]),
        ("arm64", ArchitectureLevels(goarm64="v9.6"), []),
        ("mipsle", ArchitectureLevels(gomips="softfloat"), ["GOMIPS_softfloat"]),
        ("mips64", ArchitectureLevels(gomips64="softfloat"), ["GOMIPS64_softfloat"]),
        (
            "ppc64le",
            ArchitectureLevels(goppc64="power10"),
            ["GOPPC64_power10", "GOPPC64_power9", "GOPPC64_power8"],
        ),
        ("ppc64", ArchitectureLevels(goppc64="power9"), ["GOPPC64_power9", "GOPPC64_power8"]),
        ("riscv64", ArchitectureLevels(goriscv64="rva23u64"), ["GORISCV64_rva23u64"]),
        ("loong64", DEFAULT_LEVELS, []),
        ("s390x", DEFAULT_LEVELS, []),
        ("wasm", DEFAULT_LEVELS, []),
    ],
)
def test_levels(goarch: str, levels: ArchitectureLevels, expected: list[str]) -> None:
    macros = predefined(BuildConfiguration("linux", goarch), levels)
    assert list(macros) == ["GOOS_linux", f"GOARCH_{goarch}", *expected]
    assert set(macros.values()) == {"1"}


@pytest.mark.oracle
@pytest.mark.parametrize("goarch", GOARCHES)
def test_the_go_command_passes_the_same(goarch: str, tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module m\n")
    (tmp_path / "a.go").write_text("package m\n")
    (tmp_path / "a.s").write_text("")
    goos = "js" if goarch == "wasm" else "linux"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GO")},
        "GOROOT": GOROOT,
        "GOARCH": goarch,
        "GOOS": goos,
        "GOTOOLCHAIN": "local",
        "GOPROXY": "off",
        "GOFLAGS": "",
        "GOCACHE": str(tmp_path / "cache"),
        "CGO_ENABLED": "0",
    }
    result = subprocess.run(
        [f"{GOROOT}/bin/go", "build", "-n", "."],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    line = next(line for line in result.stderr.splitlines() if "-gensymabis" in line)
    assert re.findall(r"-D (\S+)", line) == list(predefined(BuildConfiguration(goos, goarch)))
