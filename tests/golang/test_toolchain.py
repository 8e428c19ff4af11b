from __future__ import annotations

import pytest

from go_asm_lsp.disk import DiskFileSystem
from go_asm_lsp.golang.environment import Variables
from go_asm_lsp.golang.model import BuildConfiguration, Toolchain
from go_asm_lsp.golang.tags import satisfied_tags
from go_asm_lsp.golang.toolchain import read_toolchain
from tests.golang.go_command import run_go
from tests.goroot import GOROOT
from tests.lsp.memory import MemoryFiles

_CONTEXT = '{{join context.ToolTags " "}} {{join context.ReleaseTags " "}}'


@pytest.mark.parametrize(
    ("goos", "goarch", "changes"),
    [
        ("linux", "386", {}),
        ("linux", "386", {"GO386": "softfloat"}),
        ("linux", "amd64", {}),
        ("linux", "amd64", {"GOAMD64": "v3"}),
        ("linux", "amd64", {"GOEXPERIMENT": "arenas,noregabiargs,nodwarf5"}),
        ("linux", "amd64", {"GOEXPERIMENT": "none"}),
        ("darwin", "arm64", {}),
        ("linux", "arm64", {"GOARM64": "v9.2,lse"}),
        ("linux", "arm64", {"GOARM64": "v8.9,crypto"}),
        ("linux", "arm", {"GOARM": "6"}),
        ("linux", "arm", {"GOARM": "5,hardfloat"}),
        ("android", "arm", {}),
        ("linux", "mips", {"GOMIPS": "softfloat"}),
        ("linux", "mips64le", {}),
        ("aix", "ppc64", {}),
        ("linux", "ppc64le", {"GOPPC64": "power10"}),
        ("linux", "riscv64", {"GORISCV64": "rva22u64"}),
        ("linux", "loong64", {}),
        ("linux", "s390x", {"GOEXPERIMENT": "jsonv2,simd"}),
        ("js", "wasm", {}),
        ("js", "wasm", {"GOWASM": "satconv"}),
    ],
    ids=str,
)
def test_tags_of_the_installed_toolchain(goos: str, goarch: str, changes: dict[str, str]) -> None:
    output = run_go(GOROOT, ["list", "-f", _CONTEXT, "unsafe"], GOOS=goos, GOARCH=goarch, **changes)
    toolchain = read_toolchain(DiskFileSystem(), GOROOT, Variables(tuple(changes.items())))
    tags = satisfied_tags(BuildConfiguration(goos, goarch, toolchain=toolchain))
    others = {goos, goarch, "gc", "unix", "linux"}
    assert sorted(tags - others) == sorted(set(output.split()))


def test_the_defaults_are_the_installed_release() -> None:
    installed = read_toolchain(DiskFileSystem(), GOROOT, Variables())
    assert (installed.minor, installed.experiments) == (Toolchain().minor, Toolchain().experiments)


def _toolchain(files: dict[str, bytes], **variables: str) -> Toolchain:
    fs = MemoryFiles({f"/go/{name}": text for name, text in files.items()})
    return read_toolchain(fs, "/go", Variables(tuple(variables.items())))


@pytest.mark.parametrize(
    ("files", "minor"),
    [
        ({"VERSION": b"go1.21.3\ntime x"}, 21),
        ({"VERSION": b"devel go1.30-0123456789 Mon"}, 30),
        ({"src/internal/goversion/goversion.go": b"package x\n\nconst Version = 25\n"}, 25),
        ({"VERSION": b"\xff garbage"}, Toolchain().minor),
        ({}, Toolchain().minor),
    ],
)
def test_release(files: dict[str, bytes], minor: int) -> None:
    assert _toolchain(files).minor == minor


def test_experiments_of_an_older_release() -> None:
    source = (
        b"baseline := goexperiment.Flags{\n RegabiArgs: supported,\n Old: true, Off: false,\n}\n"
    )
    files = {"src/internal/buildcfg/exp.go": source}
    assert _toolchain(files).experiments == {"regabiargs", "old"}
    assert _toolchain(files, GOEXPERIMENT="none,x,noold").experiments == {"x"}


def test_levels_that_a_distribution_was_built_with() -> None:
    files = {"src/internal/buildcfg/zbootstrap.go": b"const DefaultGOAMD64 = `v3`\nconst x = `y`"}
    assert _toolchain(files).levels == (("GOAMD64", "v3"),)
    assert _toolchain(files, GOAMD64="v2", GOARM="6").levels == (("GOAMD64", "v2"), ("GOARM", "6"))


def test_without_a_distribution_the_newest_known() -> None:
    fs = MemoryFiles({})
    assert read_toolchain(fs, "", Variables()) == Toolchain()
    changed = read_toolchain(fs, "", Variables((("GOEXPERIMENT", "nojsonv2"), ("GOARM", "5"))))
    assert changed.experiments == Toolchain().experiments - {"jsonv2"}
    assert changed.levels == (("GOARM", "5"),)
