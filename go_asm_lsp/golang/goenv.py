"""Puts together what `go env` would say, from settings, variables and files.

No program is run. What the process inherits comes in as a `Host`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.environment import GoEnvironment, GoSettings, Host, Variables
from go_asm_lsp.golang.goroot import find_goroot, slashed, switched_goroot
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.golang.platforms import default_system, is_port
from go_asm_lsp.golang.toolchain import read_toolchain


def go_environment(
    fs: FileSystem, host: Host, settings: GoSettings, directory: str = ""
) -> GoEnvironment:
    """Answers Go's folders and the default configuration for work in `directory`.

    A GOROOT that the user sets is taken or, when it is none, leaves `goroot` empty.
    """
    written = _variables_file(fs, _environment_path(host))
    host = replace(host, variables=host.variables.over(written))
    gopath = _gopath(host)
    gomodcache = slashed(host.variables.get("GOMODCACHE"))
    gomodcache = gomodcache or (f"{gopath[0]}/pkg/mod" if gopath else "")
    flags = _flags(host.variables.get("GOFLAGS"))
    environment = GoEnvironment(
        configuration=BuildConfiguration(host.goos, host.goarch),
        goroot=find_goroot(fs, host, settings.goroot, gomodcache, directory),
        gopath=gopath,
        gomodcache=gomodcache,
        gowork=slashed(host.variables.get("GOWORK")),
        module_flag=flags.get("mod"),
        uses_modules=host.variables.get("GO111MODULE") != "off",
    )
    if not settings.goroot and directory:
        goroot = switched_goroot(fs, host, environment, directory)
        environment = replace(environment, goroot=goroot)
    shipped = _variables_file(fs, f"{environment.goroot}/go.env")
    host = replace(host, variables=host.variables.over(shipped))
    tags = settings.tags or tuple(flags.get("tags").replace(",", " ").split())
    configuration = replace(
        _platform(host, settings),
        tags=frozenset(tags),
        toolchain=read_toolchain(fs, environment.goroot, host.variables),
    )
    return replace(environment, configuration=configuration)


def _platform(host: Host, settings: GoSettings) -> BuildConfiguration:
    """Answers the build that a file without constraints is for."""
    goarch = _chosen(settings.goarch, host.variables.get("GOARCH"), host.goarch)
    goos = _chosen(settings.goos, host.variables.get("GOOS"), host.goos)
    if not is_port(goos, goarch):
        goos = default_system(goarch)
    is_native = (goos, goarch) == (host.goos, host.goarch)
    enabled = host.variables.get("CGO_ENABLED")
    cgo = enabled == "1" or (not enabled and is_native and host.has_c_compiler)
    return BuildConfiguration(goos, goarch, cgo=cgo)


def _chosen(setting: str, variable: str, default: str) -> str:
    return (setting if setting != "auto" else "") or variable or default


def _environment_path(host: Host) -> str:
    """Answers the file that `go env -w` writes; GOENV=off names none."""
    path = host.variables.get("GOENV") or f"{host.config_directory}/go/env"
    return slashed(path) if path != "off" else ""


def _variables_file(fs: FileSystem, path: str) -> Variables:
    text = (fs.read(path) or b"").decode("utf-8", "surrogateescape") if path else ""
    lines = (line.strip() for line in text.split("\n"))
    pairs = (line.partition("=") for line in lines if not line.startswith("#"))
    return Variables(tuple((name, value) for name, _, value in pairs if name and value))


def _flags(text: str) -> Variables:
    """Reads GOFLAGS; quotes may be around a flag."""
    words = re.findall(r"""'[^']*'|"[^"]*"|\S+""", text)
    flags = (word.strip("'\"").lstrip("-").partition("=") for word in words)
    return Variables(tuple((name, value) for name, _, value in flags))


def _gopath(host: Host) -> tuple[str, ...]:
    separator = ";" if host.goos == "windows" else ":"
    paths = host.variables.get("GOPATH").split(separator)
    return tuple(map(slashed, filter(None, paths))) or ((f"{host.home}/go",) if host.home else ())
