"""Files as they are on disk, with the texts of open editors laid over them.

The one place beside `lsp` and `cli` that touches the disk. Paths use `/` on every system.
"""

from __future__ import annotations

import os
import platform
import posixpath
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping

from go_asm_lsp.golang.environment import GoEnvironment, GoSettings, Host, Variables
from go_asm_lsp.golang.goenv import go_environment

_GOOS = {"win32": "windows", "cygwin": "windows", "sunos": "solaris"}
_GOARCH = {
    "x86_64": "amd64",
    "amd64": "amd64",
    "i386": "386",
    "i486": "386",
    "i586": "386",
    "i686": "386",
    "x86": "386",
    "aarch64": "arm64",
    "arm64": "arm64",
    "armv6l": "arm",
    "armv7l": "arm",
    "armv8l": "arm",
    "loongarch64": "loong64",
    "mips": "mips",
    "mips64": "mips64",
    "ppc64": "ppc64",
    "ppc64le": "ppc64le",
    "riscv64": "riscv64",
    "s390x": "s390x",
}


class DiskFileSystem:
    """Answers what is on disk unless an overlay says otherwise. No method raises.

    An overlay is the text of an open editor, or None for a file that counts as deleted. Its
    version makes its stamp, so a text that was closed and opened again has a new one.
    """

    def __init__(self) -> None:
        self._overlays: dict[str, tuple[int, bytes | None]] = {}
        # What overlays add to each folder (True) or take from it; folders for new files too.
        self._names: dict[str, dict[str, bool]] = {}
        self._version = 0

    def set_overlay(self, path: str, text: bytes | None) -> None:
        """Lays a text over a file; None makes the file count as deleted."""
        self._version += 1
        before = self._overlays.get(path)
        self._overlays[path] = (self._version, text)
        if before is None:
            self._add_names(path, text is not None)
        elif (before[1] is None) != (text is None):
            self._index_names()

    def remove_overlay(self, path: str) -> None:
        """Lets the disk speak for a file again."""
        if self._overlays.pop(path, None):
            self._index_names()

    def _index_names(self) -> None:
        self._names = {}
        for path, (_, text) in self._overlays.items():
            self._add_names(path, text is not None)

    def _add_names(self, path: str, exists: bool) -> None:
        directory, name = posixpath.split(path)
        names = self._names.setdefault(directory, {})
        # A folder that holds an overlay exists, even if a file of its name was deleted.
        names[name] = names.get(name, False) or exists
        while exists and directory not in ("", "/"):
            directory, name = posixpath.split(directory)
            self._names.setdefault(directory, {})[name] = True

    def read(self, path: str) -> bytes | None:
        if path in self._overlays:
            return self._overlays[path][1]
        try:
            # Opening a pipe or a device would wait, or do worse.
            if not stat.S_ISREG(os.stat(path).st_mode):
                return None
            with open(path, "rb") as file:
                return file.read()
        except (OSError, ValueError):
            return None

    def list_directory(self, path: str) -> tuple[str, ...]:
        try:
            names = set(os.listdir(path))
        except (OSError, ValueError):
            names = set()
        for name, exists in self._names.get(_folder(path), {}).items():
            if exists:
                names.add(name)
            else:
                names.discard(name)
        return tuple(sorted(names))

    def is_directory(self, path: str) -> bool:
        return os.path.isdir(path) or any(self._names.get(_folder(path), {}).values())

    def stamp(self, path: str) -> object:
        """Answers the overlay's version, else time and size on disk; None when missing."""
        if path in self._overlays:
            version, text = self._overlays[path]
            return None if text is None else version
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            status = None
        names = tuple(sorted(self._names.get(_folder(path), {}).items()))
        if status is None:
            return names or None
        # The change time tells of a copy that keeps the modification time, and of chmod.
        return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, names


def _folder(path: str) -> str:
    return path.rstrip("/") or "/"


def environment_from(
    variables: Mapping[str, str], settings: GoSettings, directory: str = ""
) -> GoEnvironment:
    """Answers what Go would say of itself for work in `directory` (`os.environ` comes in)."""
    return go_environment(DiskFileSystem(), host_from(variables), settings, directory)


def host_from(variables: Mapping[str, str]) -> Host:
    """Answers what the process knows of its machine."""
    home = variables.get("HOME") or variables.get("USERPROFILE") or ""
    goos = _GOOS.get(sys.platform, sys.platform.rstrip("0123456789"))
    goarch = _GOARCH.get(platform.machine().lower(), "amd64")
    path = variables.get("PATH", "")
    compilers = [variables.get("CC") or ("gcc" if goos == "linux" else "clang")]
    return Host(
        goos,
        goarch,
        home=_slashed(home),
        config_directory=_slashed(_config_directory(variables, goos, home)),
        variables=Variables(tuple(variables.items())),
        go_programs=tuple(_programs("go", path)),
        has_c_compiler=any(shutil.which(name.split()[0], path=path) for name in compilers),
    )


def _config_directory(variables: Mapping[str, str], goos: str, home: str) -> str:
    """Answers the folder that Go's os.UserConfigDir names."""
    if goos == "windows":
        return variables.get("APPDATA", "")
    if goos == "darwin":
        return f"{home}/Library/Application Support"
    return variables.get("XDG_CONFIG_HOME") or f"{home}/.config"


def _programs(name: str, path: str) -> Iterator[str]:
    """Yields the programs of a name on PATH: as found, then where symbolic links lead."""
    for directory in path.split(os.pathsep):
        if directory and (program := shutil.which(name, path=directory)):
            yield _slashed(os.path.abspath(program))
            yield _slashed(os.path.realpath(program))


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/")
