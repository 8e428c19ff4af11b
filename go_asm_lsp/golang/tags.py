"""Which build tags a configuration satisfies."""

from __future__ import annotations

from functools import lru_cache

from go_asm_lsp.golang.model import BuildConfiguration, Toolchain
from go_asm_lsp.golang.platforms import OS_ALIASES, UNIX_OS

_REGISTER_ABI = frozenset(("amd64", "arm64", "loong64", "ppc64", "ppc64le", "riscv64", "s390x"))
_NO_DWARF5 = frozenset(("darwin", "ios", "aix"))
# The variable that selects an architecture's level, and its default (internal/buildcfg).
_LEVELS = {
    "386": ("GO386", "sse2"),
    "amd64": ("GOAMD64", "v1"),
    "arm": ("GOARM", "7"),
    "arm64": ("GOARM64", "v8.0"),
    "mips": ("GOMIPS", "hardfloat"),
    "mipsle": ("GOMIPS", "hardfloat"),
    "mips64": ("GOMIPS64", "hardfloat"),
    "mips64le": ("GOMIPS64", "hardfloat"),
    "ppc64": ("GOPPC64", "power8"),
    "ppc64le": ("GOPPC64", "power8"),
    "riscv64": ("GORISCV64", "rva20u64"),
}
# The levels of which a higher one satisfies all before it.
_LADDERS = {
    "amd64": ("v1", "v2", "v3", "v4"),
    "arm": ("5", "6", "7"),
    "ppc64": ("power8", "power9", "power10"),
    "ppc64le": ("power8", "power9", "power10"),
    "riscv64": ("rva20u64", "rva22u64", "rva23u64"),
}


@lru_cache(maxsize=256)
def satisfied_tags(configuration: BuildConfiguration) -> frozenset[str]:
    """Answers every tag that holds: the user's, the platform's, the release's, `gc`."""
    goos, goarch, toolchain = configuration.goos, configuration.goarch, configuration.toolchain
    # "boringcrypto" is an old name of the experiment and nothing else, whatever -tags says.
    tags = set(configuration.tags) - {"boringcrypto"}
    tags |= {goos, goarch, "gc", OS_ALIASES.get(goos, goos)}
    tags |= {f"go1.{minor}" for minor in range(1, toolchain.minor + 1)}
    tags |= {f"{goarch}.{level}" for level in architecture_levels(goarch, toolchain)}
    tags |= {f"goexperiment.{name}" for name in enabled_experiments(goos, goarch, toolchain)}
    if goos in UNIX_OS:
        tags.add("unix")
    if configuration.cgo:
        tags.add("cgo")
    if "goexperiment.boringcrypto" in tags:
        tags.add("boringcrypto")
    return frozenset(tags)


def enabled_experiments(goos: str, goarch: str, toolchain: Toolchain) -> frozenset[str]:
    """Answers the experiments that are on for a platform."""
    names = set(toolchain.experiments)
    register_abi = {"regabiwrappers", "regabiargs"}
    # Where the register ABI exists it cannot be turned off.
    names = names | register_abi if goarch in _REGISTER_ABI else names - register_abi
    if goos in _NO_DWARF5:
        names.discard("dwarf5")
    return frozenset(names)


def architecture_levels(goarch: str, toolchain: Toolchain) -> tuple[str, ...]:
    """Answers what comes after the dot in tags such as `amd64.v1`, lowest first.

    A value that Go would refuse counts as the default.
    """
    if goarch == "wasm":
        return "satconv", "signext"
    if goarch not in _LEVELS:
        return ()
    variable, default = _LEVELS[goarch]
    level = dict(toolchain.levels).get(variable, default)
    if goarch == "arm64":
        return _arm64_levels(level)
    if goarch == "arm":
        level = level.removesuffix(",softfloat").removesuffix(",hardfloat")
    if ladder := _LADDERS.get(goarch):
        return ladder[: ladder.index(level if level in ladder else default) + 1]
    return (level if level in ("hardfloat", "softfloat", "sse2") else default,)


def _arm64_levels(level: str) -> tuple[str, ...]:
    """Answers the versions below a GOARM64. Version 9.n has all of 8.(n+5)."""
    version = level.partition(",")[0]
    if version not in {f"v8.{n}" for n in range(10)} | {f"v9.{n}" for n in range(6)}:
        version = "v8.0"
    minor = int(version[-1])
    if version.startswith("v8"):
        return tuple(f"v8.{n}" for n in range(minor + 1))
    old = tuple(f"v8.{n}" for n in range(min(minor + 5, 9) + 1))
    return old + tuple(f"v9.{n}" for n in range(minor + 1))
