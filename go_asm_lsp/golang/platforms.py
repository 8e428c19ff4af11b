"""The operating systems and architectures that Go knows, and which ports are real.

The words are those of internal/syslist and the pairs those of internal/platform. A word stays
known after its port is gone, because file names go on being matched with it.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KNOWN_OS = _words(
    "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9"
    " solaris wasip1 windows zos"
)
UNIX_OS = _words(
    "aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris"
)
KNOWN_ARCH = _words(
    "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32"
    " mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm"
)
# A build for the key also satisfies the value, in file names and in expressions.
OS_ALIASES = {"android": "linux", "illumos": "solaris", "ios": "darwin"}

# In the order in which a GOOS is chosen for a file that the configured one leaves out.
_ARCHES_BY_OS = {
    "linux": "386 amd64 arm arm64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x",
    "darwin": "amd64 arm64",
    "windows": "386 amd64 arm arm64",
    "freebsd": "386 amd64 arm arm64 riscv64",
    "openbsd": "386 amd64 arm arm64 ppc64 riscv64",
    "netbsd": "386 amd64 arm arm64",
    "dragonfly": "amd64",
    "solaris": "amd64",
    "illumos": "amd64",
    "android": "386 amd64 arm arm64",
    "ios": "amd64 arm64",
    "plan9": "386 amd64 arm",
    "aix": "ppc64",
    "js": "wasm",
    "wasip1": "wasm",
}
_PORTS = frozenset((os, arch) for os, arches in _ARCHES_BY_OS.items() for arch in arches.split())


def is_port(goos: str, goarch: str) -> bool:
    """Tells whether Go builds for this pair at all."""
    return (goos, goarch) in _PORTS


def operating_systems(goarch: str) -> tuple[str, ...]:
    """Answers the systems that have a port to an architecture, the most common first."""
    return tuple(os for os in _ARCHES_BY_OS if (os, goarch) in _PORTS)


def default_system(goarch: str) -> str:
    """Answers the most common system of an architecture; linux for an unknown one."""
    return next(iter(operating_systems(goarch)), "linux")
