"""The macros the go command predefines with -D for a build configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from go_asm_lsp.golang.model import BuildConfiguration


@dataclass(frozen=True, slots=True)
class ArchitectureLevels:
    """The user's GO386, GOAMD64, … settings; the defaults are the go command's own."""

    go386: str = "sse2"
    goamd64: str = "v1"
    goarm: str = "7"
    goarm64: str = "v8.0"
    gomips: str = "hardfloat"
    gomips64: str = "hardfloat"
    goppc64: str = "power8"
    goriscv64: str = "rva20u64"


DEFAULT_LEVELS = ArchitectureLevels()
_GOARM64_VERSIONS = frozenset(
    [f"v8.{minor}" for minor in range(10)] + [f"v9.{minor}" for minor in range(6)]
)
_POWER = ("power10", "power9", "power8")


def predefined(
    configuration: BuildConfiguration, levels: ArchitectureLevels = DEFAULT_LEVELS
) -> Mapping[str, str]:
    """Answers the macros in force before the first line, each with the value 1.

    The rules are those of asmArgs in cmd/go/internal/work/gc.go.
    """
    names = [
        f"GOOS_{configuration.goos}",
        f"GOARCH_{configuration.goarch}",
        *_level_macros(configuration.goarch, levels),
    ]
    return MappingProxyType(dict.fromkeys(names, "1"))


def _level_macros(goarch: str, levels: ArchitectureLevels) -> list[str]:
    match goarch:
        case "386":
            return [f"GO386_{levels.go386}"]
        case "amd64":
            return [f"GOAMD64_{levels.goamd64}"]
        case "arm":
            # Each version includes the lower ones; a floating-point mode may follow it.
            newer = [version for version in "76" if version in levels.goarm]
            versions = ["7", "6", "5"] if "7" in newer else [*newer, "5"]
            return [f"GOARM_{version}" for version in versions]
        case "arm64":
            return ["GOARM64_LSE"] if _has_lse(levels.goarm64) else []
        case "mips" | "mipsle":
            return [f"GOMIPS_{levels.gomips}"]
        case "mips64" | "mips64le":
            return [f"GOMIPS64_{levels.gomips64}"]
        case "ppc64" | "ppc64le":
            first = _POWER.index(levels.goppc64) if levels.goppc64 in _POWER else 2
            return [f"GOPPC64_{version}" for version in _POWER[first:]]
        case "riscv64":
            return [f"GORISCV64_{levels.goriscv64}"]
    return []


def _has_lse(goarm64: str) -> bool:
    """Tells whether a GOARM64 value has the LSE atomics: from v8.1 on, or by `,lse`.

    A value that is no GOARM64 at all defines nothing (internal/buildcfg, ParseGoarm64).
    """
    version, *options = goarm64.split(",")
    if version not in _GOARM64_VERSIONS or not {"lse", "crypto"}.issuperset(options):
        return False
    return "lse" in options or version != "v8.0"
