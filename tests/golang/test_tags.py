from __future__ import annotations

import pytest

from go_asm_lsp.golang.model import BuildConfiguration, Toolchain
from go_asm_lsp.golang.tags import architecture_levels, enabled_experiments, satisfied_tags


@pytest.mark.parametrize(
    ("configuration", "holding", "failing"),
    [
        (
            BuildConfiguration("linux", "amd64"),
            "linux amd64 unix gc go1.1 go1.27 amd64.v1",
            "windows arm64 cgo gccgo go1.28 amd64.v2 purego android ignore",
        ),
        (BuildConfiguration("windows", "386"), "windows 386 386.sse2", "unix 386.softfloat"),
        (BuildConfiguration("android", "arm64"), "android linux unix", "darwin"),
        (BuildConfiguration("ios", "arm64"), "ios darwin unix", "linux"),
        (BuildConfiguration("illumos", "amd64"), "illumos solaris unix", "linux"),
        (BuildConfiguration("solaris", "amd64"), "solaris unix", "illumos"),
        (BuildConfiguration("plan9", "arm"), "plan9 arm.5 arm.6 arm.7", "unix arm.8"),
        (BuildConfiguration("js", "wasm"), "js wasm.satconv wasm.signext", "unix wasip1"),
        (BuildConfiguration("linux", "amd64", frozenset(("purego",)), cgo=True), "purego cgo", ""),
        pytest.param(
            BuildConfiguration("linux", "amd64", frozenset(("boringcrypto",))),
            "",
            "boringcrypto goexperiment.boringcrypto",
            id="boringcrypto is an experiment, not a tag",
        ),
        (
            BuildConfiguration("linux", "amd64", toolchain=Toolchain(20, frozenset(["x"]))),
            "go1.20 goexperiment.x goexperiment.regabiargs",
            "go1.21 goexperiment.jsonv2",
        ),
    ],
)
def test_satisfied_tags(configuration: BuildConfiguration, holding: str, failing: str) -> None:
    tags = satisfied_tags(configuration)
    assert tags.issuperset(holding.split())
    assert tags.isdisjoint(failing.split())


def test_the_boringcrypto_experiment_has_its_old_tag() -> None:
    toolchain = Toolchain(experiments=frozenset(("boringcrypto",)))
    tags = satisfied_tags(BuildConfiguration("linux", "amd64", toolchain=toolchain))
    assert {"boringcrypto", "goexperiment.boringcrypto"} <= tags


@pytest.mark.parametrize(
    ("goos", "goarch", "present", "absent"),
    [
        ("linux", "amd64", {"regabiargs", "regabiwrappers", "dwarf5"}, set()),
        ("linux", "mips", {"dwarf5"}, {"regabiargs", "regabiwrappers"}),
        ("darwin", "arm64", {"regabiargs"}, {"dwarf5"}),
    ],
)
def test_experiments_depend_on_the_platform(
    goos: str, goarch: str, present: set[str], absent: set[str]
) -> None:
    names = enabled_experiments(goos, goarch, Toolchain())
    assert present <= names
    assert not absent & names


@pytest.mark.parametrize(
    ("goarch", "variable", "value", "expected"),
    [
        ("amd64", "GOAMD64", "v3", ("v1", "v2", "v3")),
        pytest.param("amd64", "GOAMD64", "v9", ("v1",), id="no level: the default"),
        ("arm", "GOARM", "5", ("5",)),
        ("arm", "GOARM", "6,softfloat", ("5", "6")),
        ("arm64", "GOARM64", "v8.2,lse", ("v8.0", "v8.1", "v8.2")),
        ("arm64", "GOARM64", "v9.0", (*(f"v8.{n}" for n in range(6)), "v9.0")),
        ("arm64", "GOARM64", "8", ("v8.0",)),
        ("mips", "GOMIPS", "softfloat", ("softfloat",)),
        ("mips64le", "GOMIPS64", "hardfloat", ("hardfloat",)),
        ("ppc64le", "GOPPC64", "power9", ("power8", "power9")),
        ("riscv64", "GORISCV64", "rva23u64", ("rva20u64", "rva22u64", "rva23u64")),
        ("386", "GO386", "softfloat", ("softfloat",)),
        ("s390x", "GOS390X", "z13", ()),
        ("pdp11", "GOPDP11", "v1", ()),
    ],
)
def test_levels(goarch: str, variable: str, value: str, expected: tuple[str, ...]) -> None:
    assert architecture_levels(goarch, Toolchain(levels=((variable, value),))) == expected
