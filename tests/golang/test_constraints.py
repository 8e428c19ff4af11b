from __future__ import annotations

import pytest

from go_asm_lsp.golang.constraints import (
    configurations_of,
    constraints,
    file_matches,
    name_tags,
)
from go_asm_lsp.golang.expressions import NEVER
from go_asm_lsp.golang.model import GOARCHES, BuildConfiguration

_LINUX = BuildConfiguration("linux", "amd64")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("f.s", ()),
        ("linux.s", ()),
        ("amd64.s", ()),
        ("f_linux.s", ("linux",)),
        ("f_amd64.s", ("amd64",)),
        ("f_linux_amd64.s", ("linux", "amd64")),
        pytest.param("f_amd64_linux.s", ("linux",), id="the system comes first or alone"),
        pytest.param("linux_amd64.s", ("amd64",), id="what is before the first _ is free"),
        ("_linux_amd64.s", ("linux", "amd64")),
        pytest.param("f_unix.s", (), id="unix is no system"),
        ("f_linux_test.go", ("linux",)),
        ("f_test_linux.go", ("linux",)),
        pytest.param("f_amd64.gen.s", ("amd64",), id="the name ends at its first dot"),
        ("f_arm64_x.s", ()),
        ("f_sparc64.s", ("sparc64",)),
        ("f_nacl.s", ("nacl",)),
        ("f_AMD64.s", ()),
        ("test.go", ()),
        ("_test.go", ()),
        (".s", ()),
    ],
)
def test_name_tags(name: str, expected: tuple[str, ...]) -> None:
    assert name_tags(name) == expected


@pytest.mark.parametrize(
    ("name", "configuration", "expected"),
    [
        ("f_linux.s", BuildConfiguration("android", "arm64"), True),
        ("f_solaris.s", BuildConfiguration("illumos", "amd64"), True),
        ("f_darwin.s", BuildConfiguration("ios", "arm64"), True),
        ("f_android.s", BuildConfiguration("linux", "arm64"), False),
        ("f_windows.s", _LINUX, False),
        pytest.param(
            "f_windows.s",
            BuildConfiguration("linux", "amd64", frozenset(("windows",))),
            True,
            id="names look at -tags too",
        ),
        ("_f.s", _LINUX, False),
        (".f.s", _LINUX, False),
    ],
)
def test_names(name: str, configuration: BuildConfiguration, expected: bool) -> None:
    assert file_matches(name, b"", configuration) is expected


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("f.s", "", True),
        ("f.s", "//go:build linux\nTEXT", True),
        ("f.s", "//go:build windows\nTEXT", False),
        ("f.s", "//go:build windows", False),
        ("f.s", "  //go:build windows\r\nTEXT", False),
        ("f.s", "\ufeff//go:build windows\n", False),
        ("f.s", "/* licence */\n//go:build windows\nTEXT", False),
        ("f.go", "//go:build windows\npackage p", False),
        ("f.go", "// Package p.\n\n//go:build windows\npackage p", False),
        pytest.param("f.s", "TEXT\n//go:build windows\n", True, id="after code it is none"),
        pytest.param("f.s", '#include "x"\n//go:build windows\n', True, id="after a directive"),
        pytest.param("f.go", "package p\n//go:build windows\n", True, id="after the clause"),
        pytest.param("f.s", "/*\n//go:build windows\n*/\nTEXT", True, id="inside a comment"),
        pytest.param("f.s", "/* x */ //go:build windows\nTEXT", True, id="after a comment"),
        pytest.param("f.s", "//go:build\nTEXT", False, id="empty"),
        pytest.param("f.s", "//go:build linux\n//go:build linux\nTEXT", False, id="two of them"),
        pytest.param("f.s", "//go:build a b\nTEXT", False, id="malformed"),
        ("f.s", "// +build windows\n\nTEXT", False),
        ("f.s", "//+build windows\n\nTEXT", False),
        ("f.s", "// +build linux\n// +build amd64\n\nTEXT", True),
        ("f.s", "// +build linux\n// +build arm64\n\nTEXT", False),
        ("f.s", "// +build windows\n// text\n\nTEXT", False),
        pytest.param("f.s", "// +build windows\nTEXT", True, id="old: no blank line after it"),
        pytest.param("f.s", "// +build windows", True, id="old: nothing after it"),
        pytest.param("f.s", "/* x */\n// +build windows\n\nTEXT", True, id="old: after /* */"),
        pytest.param("f.s", "// +build windows\n\n/* x */\nTEXT", False, id="old: before /* */"),
        pytest.param("f.go", "// +build windows\npackage p", True, id="old: a doc comment"),
        pytest.param(
            "f.s", "//go:build linux\n// +build windows\n\nTEXT", True, id="old beside new is void"
        ),
        pytest.param("f.s", "//go:build windows\n/x", True, id="unreadable: taken"),
        pytest.param("f.s", "//go:build windows\n/* x", True, id="unterminated: taken"),
        pytest.param("f.s", "//go:build windows\n\0", True, id="a zero byte: taken"),
        pytest.param("f.go", "//go:build linux\n\0package p", False, id="a zero byte in Go"),
    ],
)
def test_file_matches(name: str, source: str, expected: bool) -> None:
    assert file_matches(name, source.encode(), _LINUX) is expected


def test_bytes_of_any_kind_are_read() -> None:
    assert constraints("f.s", b"//go:build linux \xff\n") == (NEVER,)
    assert constraints("f.s", b"\xff\xfe//go:build linux\n") == ()
    assert constraints("f\udcff_linux.s", b"") == ()


def _builds(name: str, source: str, default: BuildConfiguration, *goarches: str) -> list[str]:
    found = configurations_of(name, source.encode(), default, goarches)
    return [f"{each.goos}/{each.goarch}" + ("+cgo" if each.cgo else "") for each in found]


_ARM = BuildConfiguration("darwin", "arm64")
_CGO = BuildConfiguration("linux", "amd64", cgo=True)


@pytest.mark.parametrize(
    ("name", "source", "default", "expected"),
    [
        pytest.param("f.s", "", _ARM, ["darwin/arm64"], id="no constraint: the default"),
        ("f.s", "//go:build !purego\n", _LINUX, ["linux/amd64"]),
        ("f_amd64.s", "", _LINUX, ["linux/amd64"]),
        ("f_amd64.s", "", _ARM, ["darwin/amd64"]),
        pytest.param("f_s390x.s", "", _ARM, ["linux/s390x"], id="no such port of the default"),
        ("f_wasm.s", "", _LINUX, ["js/wasm"]),
        ("f_wasip1_wasm.s", "", _LINUX, ["wasip1/wasm"]),
        ("sys_windows_amd64.s", "", _LINUX, ["windows/amd64"]),
        pytest.param("f_windows.s", "", _LINUX, ["windows/amd64"], id="a system alone"),
        ("f_plan9_arm.s", "", _LINUX, ["plan9/arm"]),
        pytest.param(
            "f_ppc64x.s", "//go:build ppc64 || ppc64le\n", _LINUX, ["linux/ppc64", "linux/ppc64le"]
        ),
        pytest.param(
            "f.s",
            "//go:build arm64 || amd64 || 386\n",
            _LINUX,
            ["linux/amd64", "linux/386", "linux/arm64"],
            id="the default's first",
        ),
        ("f.s", "//go:build (darwin && arm64) || s390x\n", _LINUX, ["darwin/arm64", "linux/s390x"]),
        ("f.s", "//go:build amd64.v1\n", _ARM, ["darwin/amd64"]),
        pytest.param("f_amd64.s", "", _CGO, ["linux/amd64+cgo"], id="cgo for the default"),
        pytest.param("f_arm64.s", "", _CGO, ["linux/arm64"], id="no cgo for others"),
        pytest.param("f_amd64.s", "//go:build ignore\n", _LINUX, [], id="built never"),
        ("f_amd64.s", "//go:build gccgo\n", _LINUX, []),
        ("f_sparc64.s", "", _LINUX, []),
        ("f_amd64.s", "//go:build arm64\n", _LINUX, []),
        ("_f_amd64.s", "", _LINUX, []),
    ],
)
def test_configurations_of(
    name: str, source: str, default: BuildConfiguration, expected: list[str]
) -> None:
    assert _builds(name, source, default) == expected


def test_configurations_for_the_architectures_asked_for() -> None:
    assert _builds("f.s", "", _LINUX, "arm64", "wasm") == ["linux/arm64", "js/wasm"]
    assert _builds("f_amd64.s", "", _LINUX, "arm64", "wasm") == []
    everywhere = [arch.rpartition("/")[2] for arch in _builds("f.s", "", _LINUX, *GOARCHES)]
    assert everywhere[0] == "amd64"
    assert sorted(everywhere) == sorted(GOARCHES)
