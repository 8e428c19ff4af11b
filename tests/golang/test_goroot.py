from __future__ import annotations

import pytest

from go_asm_lsp.golang.environment import GoEnvironment, Host, Variables
from go_asm_lsp.golang.goroot import find_goroot, is_goroot, slashed, switched_goroot
from go_asm_lsp.golang.model import BuildConfiguration
from tests.lsp.memory import MemoryFiles

_HOST = Host("linux", "amd64", home="/home/me")
_CACHE = "/home/me/go/pkg/mod"


def _files(*roots: str) -> MemoryFiles:
    return MemoryFiles({f"{root}/src/runtime/textflag.h": b"" for root in roots})


def _host(*programs: str, **variables: str) -> Host:
    return Host(
        "linux", "amd64", "/home/me", variables=Variables(tuple(variables.items())),
        go_programs=programs,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("roots", "host", "expected"),
    [
        pytest.param((), _HOST, "", id="nothing"),
        (("/usr/local/go",), _HOST, "/usr/local/go"),
        (("/usr/lib/go-1.9", "/usr/lib/go-1.22", "/usr/lib/go-1.3"), _HOST, "/usr/lib/go-1.22"),
        (("/home/me/sdk/go1.21.0", "/home/me/sdk/go1.21rc2"), _HOST, "/home/me/sdk/go1.21.0"),
        (("/home/me/.asdf/installs/golang/1.22.1/go",), _HOST,
         "/home/me/.asdf/installs/golang/1.22.1/go"),
        pytest.param(
            (f"{_CACHE}/golang.org/toolchain@v0.0.1-go1.21.0.linux-amd64",
             f"{_CACHE}/golang.org/toolchain@v0.0.1-go1.30.1.linux-arm64",
             f"{_CACHE}/golang.org/toolchain@v0.0.1-go1.26.1.linux-amd64"),
            _HOST, f"{_CACHE}/golang.org/toolchain@v0.0.1-go1.26.1.linux-amd64",
            id="the newest cached toolchain of this host",
        ),
        (("/x/go", "/usr/local/go"), _host(GOROOT="/x/go/"), "/x/go"),
        pytest.param(("/usr/local/go",), _host(GOROOT="/none"), "/usr/local/go", id="bad GOROOT"),
        (("/x/go", "/usr/local/go"), _host("/x/go/bin/go"), "/x/go"),
        (("/c/1.2/libexec",), _host("/usr/bin/go", "/c/1.2/bin/go"), "/c/1.2/libexec"),
        (("/nix/g/share/go",), _host("/nix/g/bin/go"), "/nix/g/share/go"),
        (("/venv/lib/python3.11/site-packages/go",), _host("/venv/bin/go"),
         "/venv/lib/python3.11/site-packages/go"),
        pytest.param(("/x/go", "/y/go"), _host("/y/go/bin/go", GOROOT="/x/go"), "/x/go",
                     id="the variable before PATH"),
    ],
)  # fmt: skip
def test_where_it_is_found(roots: tuple[str, ...], host: Host, expected: str) -> None:
    assert find_goroot(_files(*roots), host, "", _CACHE) == expected


def test_the_setting_excludes_other_places() -> None:
    fs = _files("/usr/local/go", "/home/me/mygo")
    assert find_goroot(fs, _HOST, "~/mygo/", _CACHE) == "/home/me/mygo"
    assert find_goroot(fs, _HOST, "/none", _CACHE) == ""


def test_work_inside_a_distribution_uses_it() -> None:
    fs = _files("/usr/local/go", "/tree/go")
    assert find_goroot(fs, _HOST, "", _CACHE, "/tree/go/src/runtime") == "/tree/go"
    assert find_goroot(fs, _HOST, "", _CACHE, "/tree/other") == "/usr/local/go"
    variable = _host(GOROOT="/usr/local/go")
    assert find_goroot(fs, variable, "", _CACHE, "/tree/go/src") == "/tree/go"
    assert find_goroot(fs, _HOST, "/usr/local/go", _CACHE, "/tree/go/src") == "/usr/local/go"


def test_a_distribution_needs_sources() -> None:
    fs = MemoryFiles({"/usr/local/go/bin/go": b"", "/usr/local/go/VERSION": b"go1.22"})
    assert not is_goroot(fs, "/usr/local/go")
    assert find_goroot(fs, _HOST, "", _CACHE) == ""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", ""),
        ("/", "/"),
        ("/a/b/", "/a/b"),
        (r"C:\Go", "C:/Go"),
        ("C:\\", "C:"),
        (r"\\server\share", "//server/share"),
        (r"/a\b", r"/a\b"),
    ],
)
def test_slashed(path: str, expected: str) -> None:
    assert slashed(path) == expected


_LOCAL = "/usr/local/go"
_NEWER = f"{_CACHE}/golang.org/toolchain@v0.0.1-go1.26.1.linux-amd64"


@pytest.mark.parametrize(
    ("mod", "choice", "expected"),
    [
        pytest.param("go 1.20", "", _LOCAL, id="older"),
        pytest.param("go 1.26.1", "", _NEWER, id="newer by the go line"),
        pytest.param("go 1.20\ntoolchain go1.26.1", "", _NEWER, id="newer by the toolchain line"),
        pytest.param("go 1.26.2", "", _LOCAL, id="newer, but not at hand"),
        pytest.param("toolchain default", "", _LOCAL, id="no version"),
        ("go 1.26.1", "local", _LOCAL),
        ("go 1.26.1", "path", _LOCAL),
        ("go 1.20", "go1.26.1", _NEWER),
        ("go 1.20", "go1.26.1+auto", _NEWER),
        ("go 1.26.1", "go1.22.0+auto", _NEWER),
        ("go 1.26.1", "go1.22.0", _LOCAL),
        ("go 1.26.1", "local+auto", _NEWER),
    ],
)
def test_switched_toolchain(mod: str, choice: str, expected: str) -> None:
    fs = _files(_LOCAL, _NEWER)
    fs.content[f"{_LOCAL}/VERSION"] = b"go1.22.0\ntime"
    fs.content["/m/go.mod"] = f"module m\n{mod}\n".encode()
    environment = GoEnvironment(
        BuildConfiguration("linux", "amd64"), goroot=_LOCAL, gomodcache=_CACHE
    )
    host = _host(GOTOOLCHAIN=choice)
    assert switched_goroot(fs, host, environment, "/m/sub") == expected
    assert switched_goroot(fs, host, environment, f"{_LOCAL}/src/fmt") == _LOCAL


def test_a_workspace_may_ask_for_a_toolchain() -> None:
    fs = _files(_LOCAL, _NEWER)
    fs.content[f"{_LOCAL}/VERSION"] = b"go1.22.0"
    fs.content["/w/go.work"] = b"go 1.26.1\nuse ./m\n"
    fs.content["/w/m/go.mod"] = b"module m\ngo 1.20\n"
    environment = GoEnvironment(
        BuildConfiguration("linux", "amd64"), goroot=_LOCAL, gomodcache=_CACHE
    )
    assert switched_goroot(fs, _HOST, environment, "/w/m") == _NEWER
