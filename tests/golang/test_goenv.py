from __future__ import annotations

import json
from pathlib import Path

import pytest

from go_asm_lsp.disk import DiskFileSystem, host_from
from go_asm_lsp.golang.environment import GoEnvironment, GoSettings, Host, Variables
from go_asm_lsp.golang.goenv import go_environment
from tests.golang.go_command import run_go, variables
from tests.goroot import GOROOT
from tests.lsp.memory import MemoryFiles

_HOST = Host("linux", "amd64", home="/home/me", config_directory="/home/me/.config")


def _environment(
    files: dict[str, bytes],
    settings: GoSettings | None = None,
    host: Host = _HOST,
    *,
    changes: dict[str, str] | None = None,
) -> GoEnvironment:
    host = Host(
        host.goos,
        host.goarch,
        host.home,
        host.config_directory,
        Variables(tuple((changes or {}).items())),
        has_c_compiler=host.has_c_compiler,
    )
    return go_environment(MemoryFiles(files), host, settings or GoSettings())


def test_defaults() -> None:
    environment = _environment({})
    assert environment == GoEnvironment(
        environment.configuration, gopath=("/home/me/go",), gomodcache="/home/me/go/pkg/mod"
    )
    assert (environment.configuration.goos, environment.configuration.goarch) == ("linux", "amd64")
    assert not environment.configuration.cgo


def test_variables_over_written_ones_over_shipped_ones() -> None:
    files = {
        "/go/src/runtime/textflag.h": b"",
        "/go/go.env": b"# shipped\nGOAMD64=v2\nGOARM=5\n\nGOPROXY=x\n",
        "/home/me/.config/go/env": b"GOROOT=/go\nGOARM=6\nGOPATH=/written\nGOFLAGS=\nnonsense\n",
    }
    environment = _environment(files, changes={"GOPATH": "/a:/b", "GO386": "softfloat"})
    assert environment.goroot == "/go"
    assert environment.gopath == ("/a", "/b")
    assert environment.gomodcache == "/a/pkg/mod"
    levels = (("GO386", "softfloat"), ("GOAMD64", "v2"), ("GOARM", "6"))
    assert environment.configuration.toolchain.levels == levels


def test_written_variables_elsewhere_or_off() -> None:
    files = {"/home/me/.config/go/env": b"GOPATH=/written", "/e": b"GOPATH=/other"}
    assert _environment(files).gopath == ("/written",)
    assert _environment(files, changes={"GOENV": "/e"}).gopath == ("/other",)
    assert _environment(files, changes={"GOENV": "off"}).gopath == ("/home/me/go",)


def test_flags() -> None:
    environment = _environment(
        {}, changes={"GOFLAGS": "-mod=vendor '-tags=a,b c' -trimpath", "GOWORK": "off"}
    )
    assert environment.module_flag == "vendor"
    assert environment.gowork == "off"
    assert environment.configuration.tags == {"a", "b", "c"}
    set_tags = _environment({}, GoSettings(tags=("mine",)), changes={"GOFLAGS": "-tags=a"})
    assert set_tags.configuration.tags == {"mine"}
    assert environment.uses_modules
    assert not _environment({}, changes={"GO111MODULE": "off"}).uses_modules


@pytest.mark.parametrize(
    ("settings", "changes", "expected"),
    [
        (GoSettings(), {}, "linux/amd64"),
        (GoSettings(goarch="auto", goos="auto"), {}, "linux/amd64"),
        (GoSettings(), {"GOARCH": "arm64", "GOOS": "darwin"}, "darwin/arm64"),
        (GoSettings(goarch="386"), {"GOARCH": "arm64", "GOOS": "windows"}, "windows/386"),
        pytest.param(GoSettings(goarch="wasm"), {}, "js/wasm", id="no such port"),
        (GoSettings(goarch="s390x"), {"GOOS": "windows"}, "linux/s390x"),
    ],
)
def test_platform(settings: GoSettings, changes: dict[str, str], expected: str) -> None:
    configuration = _environment({}, settings, changes=changes).configuration
    assert f"{configuration.goos}/{configuration.goarch}" == expected


_COMPILER = Host("linux", "amd64", has_c_compiler=True)


@pytest.mark.parametrize(
    ("host", "changes", "expected"),
    [
        (_HOST, {}, False),
        (_HOST, {"CGO_ENABLED": "1"}, True),
        (_COMPILER, {}, True),
        (_COMPILER, {"CGO_ENABLED": "0"}, False),
        (_COMPILER, {"GOARCH": "arm64"}, False),
        (_COMPILER, {"GOARCH": "arm64", "CGO_ENABLED": "1"}, True),
    ],
)
def test_cgo(host: Host, changes: dict[str, str], expected: bool) -> None:
    assert _environment({}, host=host, changes=changes).configuration.cgo is expected


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"GOPATH": "/a/:/b"},
        {"GOPATH": "/a", "GOMODCACHE": "/c"},
        {"GOFLAGS": "-mod=mod -tags=x"},
        {"GOOS": "windows", "GOARCH": "386", "GO386": "softfloat"},
        {"CGO_ENABLED": ""},
        {"CGO_ENABLED": "", "GOARCH": "arm64"},
        {"CGO_ENABLED": "", "PATH": "/none"},
        {"GOWORK": "off"},
    ],
    ids=str,
)
def test_as_go_env_says(changes: dict[str, str], tmp_path: Path) -> None:
    said = json.loads(run_go(tmp_path, ["env", "-json"], **changes))
    environment = go_environment(
        DiskFileSystem(), host_from(variables(**changes)), GoSettings(), str(tmp_path)
    )
    configuration = environment.configuration
    assert environment.goroot == said["GOROOT"] == GOROOT
    assert ":".join(environment.gopath) == said["GOPATH"].replace("/:", ":")
    assert environment.gomodcache == said["GOMODCACHE"]
    assert environment.gowork == said["GOWORK"]
    assert (configuration.goos, configuration.goarch) == (said["GOOS"], said["GOARCH"])
    assert str(int(configuration.cgo)) == said["CGO_ENABLED"]
    assert f"go1.{configuration.toolchain.minor}" in said["GOVERSION"]
