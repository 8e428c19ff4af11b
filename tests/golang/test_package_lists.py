"""The files of whole package trees, compared with what `go list` says of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from go_asm_lsp.disk import DiskFileSystem
from go_asm_lsp.golang.model import BuildConfiguration, Toolchain
from go_asm_lsp.golang.packages import package_files
from tests.golang.go_command import go_list, run_go
from tests.goroot import GOROOT, SOURCE_ROOT

_FIELDS = "Dir,Name,GoFiles,CgoFiles,SFiles,HFiles,TestGoFiles,XTestGoFiles,IgnoredGoFiles"
_FIELDS += ",IgnoredOtherFiles"
_SORTED_HERE = (".go", ".s", ".S", ".sx", ".h", ".hh", ".hpp", ".hxx")

# Every architecture and the systems with most files of their own; the rest takes longer.
_SAMPLED = (
    "linux/386 windows/amd64 linux/arm darwin/arm64 linux/loong64 linux/mips linux/mipsle"
    " linux/mips64 linux/mips64le aix/ppc64 linux/ppc64le linux/riscv64 linux/s390x js/wasm"
)
_ALL_PORTS = run_go(GOROOT, ["tool", "dist", "list"]).split() if Path(GOROOT).exists() else []


def _listed(package: dict[str, str | list[str]], field: str) -> tuple[str, ...]:
    names = package.get(field, [])
    return tuple(name for name in names if name.endswith(_SORTED_HERE))


def _assert_same(packages: list[dict[str, str | list[str]]], build: BuildConfiguration) -> None:
    assert packages
    for package in packages:
        files = package_files(DiskFileSystem(), str(package["Dir"]), build)
        ignored = (*_listed(package, "IgnoredGoFiles"), *_listed(package, "IgnoredOtherFiles"))
        assert (package["Dir"], files.ignored_files) == (package["Dir"], tuple(sorted(ignored)))
        assert (
            files.name,
            files.go_files,
            files.cgo_files,
            files.test_go_files,
            files.external_test_go_files,
            files.assembly_files,
            files.header_files,
        ) == (
            package.get("Name", ""),
            _listed(package, "GoFiles"),
            _listed(package, "CgoFiles"),
            _listed(package, "TestGoFiles"),
            _listed(package, "XTestGoFiles"),
            _listed(package, "SFiles"),
            _listed(package, "HFiles"),
        )


@pytest.mark.parametrize(
    "port",
    [
        pytest.param(port, marks=() if port in _SAMPLED.split() else pytest.mark.oracle)
        for port in _ALL_PORTS
    ],
)
def test_standard_library(port: str) -> None:
    goos, goarch = port.split("/")
    packages = go_list(SOURCE_ROOT, f"-json={_FIELDS}", "std", "cmd", GOOS=goos, GOARCH=goarch)
    _assert_same(packages, BuildConfiguration(goos, goarch))


def test_standard_library_with_cgo() -> None:
    packages = go_list(
        SOURCE_ROOT,
        f"-json={_FIELDS}",
        "std",
        "cmd",
        GOOS="linux",
        GOARCH="amd64",
        CGO_ENABLED="1",
        CC="true",
    )
    _assert_same(packages, BuildConfiguration("linux", "amd64", cgo=True))


_TAGS = (
    "amd64 arm64 386 mips64le wasm riscv64 linux darwin windows android ios unix js cgo gc gccgo"
    " ignore mytag other go1.1 go1.20 go1.27 go1.28 go2 amd64.v1 amd64.v3 arm64.v8.0 arm64.v8.4"
    " 386.sse2 wasm.satconv riscv64.rva20u64 goexperiment.regabiargs goexperiment.arenas"
    " goexperiment.dwarf5 boringcrypto purego ünïcode 1 a_b"
)
_NOT_TAGS = ("!!x", "!", "a-b", "&", "a&b", "|", "(", ")", "a b", "@", "²", "a,b", "\v")
_BLANK_LINES = ("\n", "\n\n", " \n", "\t\n\n", "\u00a0\n", "\v\n", "\x1c\n", "\r\n\r\n")
_COMMENTS = ("// text\n", "/* text */\n", "/* a\n\n b */\n", "/* a */ // b\n", "// +other x\n")
_BREAKING = (
    "/* a\n//go:build ignore\n*/\n",
    ";\n",
    "/ x\n",
    "/* open\n",
    "/* x */ //go:build ignore\n",
    "//\n",
)


class _Files:
    """Makes the beginnings of source files, most of them well formed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def expression(self, depth: int = 3) -> str:
        choose = self._random.random()
        if depth == 0 or choose < 0.35:
            return self._random.choice(_TAGS.split())
        if choose < 0.38:
            return self._random.choice(_NOT_TAGS)
        if choose < 0.55:
            return "!" + self._random.choice(("", " ")) + self.expression(depth - 1)
        if choose < 0.7:
            return f"({self.expression(depth - 1)})"
        operator = self._random.choice((" && ", "&&", " || ", "||"))
        return self.expression(depth - 1) + operator + self.expression(depth - 1)

    def old_expression(self) -> str:
        words = []
        for _ in range(self._random.randrange(4)):
            literals = self._random.choices(_TAGS.split(), k=self._random.randint(1, 3))
            negations = self._random.choices(("", "!"), k=3)
            words.append(",".join(map("".join, zip(negations, literals, strict=False))))
        words += [self._random.choice(_NOT_TAGS)] if self._random.random() < 0.1 else []
        return " ".join(words)

    def line(self) -> str:
        choose = self._random.random()
        if choose < 0.3:
            prefix = self._random.choice(("//go:build ", "//go:build\t", " //go:build "))
            return prefix + self.expression() + "\n"
        if choose < 0.33:
            return self._random.choice(("//go:build\n", "//go:buildx a\n", "// go:build a\n"))
        if choose < 0.6:
            prefix = self._random.choice(("// +build ", "//+build ", "//\t+build\t", "// +buildx "))
            return prefix + self.old_expression() + "\n"
        if choose < 0.85:
            return self._random.choice(_BLANK_LINES)
        return self._random.choice(_COMMENTS if choose < 0.95 else _BREAKING)

    def head(self) -> str:
        bom = "\ufeff" if self._random.random() < 0.05 else ""
        return bom + "".join(self.line() for _ in range(self._random.randrange(6)))

    def name(self, number: int) -> str:
        words = ["linux", "windows", "unix", "amd64", "arm64", "test", "wasm", "android", "nacl"]
        words += ["sparc64", "foo", "", "js"]
        parts = self._random.choices(words, k=self._random.randrange(4))
        return "_".join([self._random.choice(("f", "x1", "linux")) + str(number), *parts])


@pytest.mark.parametrize(
    "seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.oracle) for seed in range(3, 13))]
)
def test_generated_files(seed: int, tmp_path: Path) -> None:
    files = _Files(seed)
    (tmp_path / "go.mod").write_text("module m\ngo 1.20\n")
    for number in range(400):
        name, head = files.name(number), files.head()
        (tmp_path / f"{name}.go").write_text(head + "package p\n")
        (tmp_path / f"{name}.s").write_text(head + "TEXT f(SB), $0\n")
    # The name of a package with broken files is whatever the last of them leaves.
    default = Toolchain()
    levels = (("GOAMD64", "v3"), ("GOARM64", "v9.0"), ("GORISCV64", "rva22u64"))
    experimental = Toolchain(27, (default.experiments | {"arenas"}) - {"dwarf5"}, levels)
    builds: tuple[tuple[BuildConfiguration, dict[str, str]], ...] = (
        (BuildConfiguration("linux", "amd64", frozenset(("mytag",))), {}),
        (BuildConfiguration("windows", "arm64"), {}),
        (BuildConfiguration("android", "amd64"), {}),
        (BuildConfiguration("ios", "arm64", frozenset(("boringcrypto", "purego"))), {}),
        (BuildConfiguration("js", "wasm", frozenset(("ignore",))), {}),
        (
            BuildConfiguration("linux", "arm64", toolchain=experimental),
            {"GOEXPERIMENT": "arenas,nodwarf5", "GOARM64": "v9.0"},
        ),
        (
            BuildConfiguration("linux", "amd64", toolchain=experimental),
            {"GOEXPERIMENT": "arenas,nodwarf5", "GOAMD64": "v3"},
        ),
        (
            BuildConfiguration("linux", "riscv64", toolchain=experimental),
            {"GOEXPERIMENT": "arenas,nodwarf5", "GORISCV64": "rva22u64"},
        ),
    )
    for build, changes in builds:
        # The index that the go command may make of files stops at the first malformed one.
        changes |= {"GOOS": build.goos, "GOARCH": build.goarch, "GODEBUG": "goindex=0"}
        tags = ",".join(sorted(build.tags))
        (package,) = go_list(tmp_path, f"-tags={tags}", "-json", ".", **changes)
        got = package_files(DiskFileSystem(), str(tmp_path), build)
        taken = {*_listed(package, "SFiles"), *_listed(package, "GoFiles")}
        taken.update(_listed(package, "TestGoFiles"))
        ours = {*got.assembly_files, *got.go_files, *got.test_go_files}
        differing = {name: (tmp_path / name).read_bytes() for name in taken ^ ours}
        assert (build, differing) == (build, {})
