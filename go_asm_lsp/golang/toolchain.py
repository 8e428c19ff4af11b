"""What a Go distribution's sources say of its release, experiments and CPU levels."""

from __future__ import annotations

import re

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.environment import Variables
from go_asm_lsp.golang.model import Toolchain

_VERSION = re.compile(rb"\bgo1\.(\d+)")
_GOVERSION = re.compile(rb"const Version = (\d+)")
_BASELINE = re.compile(rb"baseline := goexperiment\.Flags\{(.*?)\}", re.S)
_FLAG = re.compile(rb"(\w+):\s*(\w+)")
_LEVEL = re.compile(rb"const Default(GO\w+) = `([^`]*)`")
_LEVEL_NAMES = frozenset(
    ("GO386", "GOAMD64", "GOARM", "GOARM64", "GOMIPS", "GOMIPS64", "GOPPC64", "GORISCV64")
)


def read_toolchain(fs: FileSystem, goroot: str, variables: Variables) -> Toolchain:
    """Answers a distribution's release with its defaults, as the variables change them.

    What the sources do not say is as in the newest release known here.
    """
    known = Toolchain()
    if not goroot:
        experiments = _experiments(known.experiments, variables)
        return Toolchain(known.minor, experiments, _levels(variables))
    # A checkout of Go's repository has no VERSION.
    version = _VERSION.search(fs.read(f"{goroot}/VERSION") or b"") or _GOVERSION.search(
        fs.read(f"{goroot}/src/internal/goversion/goversion.go") or b""
    )
    experiments = known.experiments
    if baseline := _BASELINE.search(fs.read(f"{goroot}/src/internal/buildcfg/exp.go") or b""):
        # A value that is no literal tells on which platforms the experiment is on.
        flags = ((flag[1], flag[2]) for flag in _FLAG.finditer(baseline[1]))
        experiments = frozenset(n.decode().lower() for n, value in flags if value != b"false")
    bootstrap = fs.read(f"{goroot}/src/internal/buildcfg/zbootstrap.go") or b""
    shipped = ((level[1].decode(), level[2].decode()) for level in _LEVEL.finditer(bootstrap))
    return Toolchain(
        minor=int(version[1]) if version else known.minor,
        experiments=_experiments(experiments, variables),
        levels=_levels(variables.over(Variables(tuple(shipped)))),
    )


def _experiments(default: frozenset[str], variables: Variables) -> frozenset[str]:
    """Applies GOEXPERIMENT: names to turn on, with `no` before them off, or `none` at all."""
    experiments = set(default)
    for word in variables.get("GOEXPERIMENT").split(","):
        if word == "none":
            experiments.clear()
        elif word.startswith("no"):
            experiments.discard(word[2:])
        elif word:
            experiments.add(word)
    return frozenset(experiments)


def _levels(variables: Variables) -> tuple[tuple[str, str], ...]:
    levels = ((name, variables.get(name)) for name in sorted(_LEVEL_NAMES))
    return tuple((name, value) for name, value in levels if value)
