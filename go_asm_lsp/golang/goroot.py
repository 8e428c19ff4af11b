"""Finds the Go distribution to read the standard library from, without running anything."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.buildlist import ancestors, demanded_toolchains, is_within
from go_asm_lsp.golang.environment import GoEnvironment, Host
from go_asm_lsp.golang.versions import go_version_key

# Where Go's installers and package managers put it. A star stands for a version.
_USUAL_PLACES = (
    "/usr/local/go",
    "/usr/lib/go",
    "/usr/lib/golang",
    "/usr/lib/go-*",
    "/usr/share/go",
    "/usr/local/share/go",
    "/opt/go",
    "/opt/homebrew/opt/go/libexec",
    "/usr/local/opt/go/libexec",
    "/snap/go/current",
    "C:/Program Files/Go",
    "C:/Go",
    "~/go",
    "~/.local/go",
    "~/sdk/go*",
    "~/.local/share/mise/installs/go/*",
    "~/.asdf/installs/golang/*/go",
    "~/.goenv/versions/*",
    "~/.gvm/gos/go*",
)
_VERSION = re.compile(r"\d+(?:\.\d+)*(?:[a-z]+\d+)?")


def find_goroot(
    fs: FileSystem, host: Host, setting: str, gomodcache: str, directory: str = ""
) -> str:
    """Answers the first distribution among the places where one is looked for.

    These are the setting, which excludes all others, the tree that `directory` lies in,
    GOROOT, `go` on PATH, the usual places and the module cache. Empty when there is none.
    """
    if setting:
        goroot = _from_home(setting, host)
        return goroot if is_goroot(fs, goroot) else ""
    candidates = _candidates(fs, host, gomodcache, directory)
    return next((each for each in candidates if each and is_goroot(fs, each)), "")


def is_goroot(fs: FileSystem, directory: str) -> bool:
    """Tells whether a folder holds a Go distribution with its sources."""
    return fs.read(f"{directory}/src/runtime/textflag.h") is not None


def slashed(path: str) -> str:
    """Answers a path with `/` in place of Windows' separators and none at the end."""
    if path[1:2] == ":" or path.startswith("\\\\"):
        path = path.replace("\\", "/")
    return path.rstrip("/") or path[:1]


def _candidates(fs: FileSystem, host: Host, gomodcache: str, directory: str) -> Iterator[str]:
    # The standard library is only right with its own sources, whatever else is installed.
    yield from ancestors(directory)
    yield slashed(host.variables.get("GOROOT"))
    for program in host.go_programs:
        yield from _roots_of_program(fs, program)
    for place in _USUAL_PLACES:
        yield from _expanded(fs, _from_home(place, host))
    yield from _expanded(
        fs, f"{gomodcache}/golang.org/toolchain@v0.0.1-go*.{host.goos}-{host.goarch}"
    )


def _roots_of_program(fs: FileSystem, program: str) -> Iterator[str]:
    """Yields where the distribution of a `go` program may be.

    Beside bin, as Go ships; where package managers that wrap the program keep it; and in the
    Python environment whose bin has a wrapper.
    """
    prefix = posixpath.dirname(posixpath.dirname(program))
    yield from (prefix, f"{prefix}/libexec", f"{prefix}/share/go", f"{prefix}/lib/go")
    yield from _expanded(fs, f"{prefix}/lib/python*/site-packages/go")
    yield f"{prefix}/Lib/site-packages/go"


def _expanded(fs: FileSystem, pattern: str) -> list[str]:
    """Answers the folders that a pattern with at most one star stands for, newest first."""
    if "*" not in pattern:
        return [pattern]
    before, _, after = pattern.partition("*")
    parent, _, prefix = before.rpartition("/")
    # The star is in the last element that has to be looked up.
    suffix, slash, rest = after.partition("/")
    versions = [
        name[len(prefix) : len(name) - len(suffix)]
        for name in fs.list_directory(parent)
        if name.startswith(prefix) and name.endswith(suffix)
    ]
    versions.sort(key=toolchain_key, reverse=True)
    return [f"{parent}/{prefix}{version}{suffix}{slash}{rest}" for version in versions]


def _from_home(path: str, host: Host) -> str:
    path = slashed(path)
    return host.home + path[1:] if path.startswith("~/") and host.home else path


def toolchain_key(name: str) -> tuple[int, ...]:
    """Answers what orders names such as go1.26.1; () for what has no version."""
    version = _VERSION.search(name)
    return go_version_key(version[0]) if version else ()


def switched_goroot(fs: FileSystem, host: Host, environment: GoEnvironment, directory: str) -> str:
    """Answers the toolchain that the go command would switch to for work in a folder.

    GOTOOLCHAIN may name one; else a go.mod or go.work may ask for a newer one than the local.
    Only one that is in the module cache is there.
    """
    goroot = environment.goroot
    choice = host.variables.get("GOTOOLCHAIN") or "auto"
    name, _, switch = choice.partition("+")
    if choice in ("local", "path") or (goroot and is_within(directory, goroot)):
        return goroot
    local = (fs.read(f"{goroot}/VERSION") or b"").decode(errors="replace").partition("\n")[0]
    wanted = name if name.startswith("go1") else local
    if choice == "auto" or switch:
        demanded = demanded_toolchains(fs, directory, environment)
        wanted = max((wanted, *demanded), key=toolchain_key)
    if wanted == local:
        return goroot
    cached = f"{environment.gomodcache}/golang.org/toolchain@v0.0.1-{wanted}"
    cached = f"{cached}.{host.goos}-{host.goarch}"
    return cached if is_goroot(fs, cached) else goroot
