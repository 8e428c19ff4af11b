"""What go.mod, go.work and vendor/modules.txt say, as far as finding packages needs it.

Total on any bytes: a line that the go command would refuse is passed over, so that a file in
the middle of an edit still says the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from go_asm_lsp.golang.versions import is_semver

# A token, a comment to the end of the line, or a line's end.
_TOKEN = re.compile(
    r"""[ \t\r]*(?:
      (?P<comment>//[^\n]*)
    | (?P<end>\n)
    | "(?P<quoted>(?:[^"\\\n]|\\.)*)"
    | `(?P<raw>[^`\n]*)`
    | (?P<mark>[()\[\]{},])
    | (?P<word>(?:(?!//)[^\s()\[\]{},"`])(?:(?!//)[^\s()\[\]{},])*)
    | (?P<other>.)
    )""",
    re.X,
)
_SIMPLE_ESCAPE = re.compile(r'\\(["\\])')
_WINDOWS_PATH = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class ModuleVersion:
    """A module at a version; of a replacement without a version, `path` is a folder."""

    path: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """`old` without a version stands for all versions of its path."""

    old: ModuleVersion
    new: ModuleVersion


@dataclass(frozen=True, slots=True)
class ModFile:
    """A go.mod. `go` is empty without a go line, `module` without a module line."""

    module: str
    go: str
    toolchain: str
    requires: tuple[ModuleVersion, ...]
    replaces: tuple[Replacement, ...]
    excludes: tuple[ModuleVersion, ...]


@dataclass(frozen=True, slots=True)
class WorkFile:
    """A go.work. `uses` are folders as written."""

    go: str
    toolchain: str
    uses: tuple[str, ...]
    replaces: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class VendorList:
    """A vendor/modules.txt. `is_workspace` tells that `go work vendor` wrote it."""

    packages: frozenset[str]
    is_workspace: bool


@lru_cache(maxsize=256)
def parse_mod(source: bytes) -> ModFile:
    lines = _directives(source)
    return ModFile(
        module=_single(lines, "module"),
        go=_single(lines, "go"),
        toolchain=_single(lines, "toolchain"),
        requires=_versions(lines, "require"),
        replaces=_replaces(lines),
        excludes=_versions(lines, "exclude"),
    )


@lru_cache(maxsize=16)
def parse_work(source: bytes) -> WorkFile:
    lines = _directives(source)
    return WorkFile(
        go=_single(lines, "go"),
        toolchain=_single(lines, "toolchain"),
        uses=tuple(line[1] for line in lines if line[0] == "use" and len(line) == 2),
        replaces=_replaces(lines),
    )


@lru_cache(maxsize=16)
def parse_vendor_list(source: bytes) -> VendorList:
    """Reads a modules.txt: packages follow the line of their module."""
    lines = source.decode("utf-8", "surrogateescape").split("\n")
    packages = set()
    has_module = False
    for line in lines:
        words = line.split()
        if line.startswith("# ") and len(words) >= 3:
            has_module = is_semver(words[2]) or words[2] == "=>"
        elif has_module and len(words) == 1 and not line.startswith("#"):
            packages.add(words[0])
    notes = lines[0].removeprefix("## ") if lines[0].startswith("## ") else ""
    return VendorList(frozenset(packages), "workspace" in (n.strip() for n in notes.split(";")))


def is_directory_path(path: str) -> bool:
    """Tells whether a replacement's target is a folder, in the syntax of any system."""
    return (
        path in (".", "..")
        or path.startswith(("./", "../", ".\\", "..\\", "/", "\\"))
        or bool(_WINDOWS_PATH.match(path))
    )


def _directives(source: bytes) -> list[list[str]]:
    """Lists the lines by word, each line of a block with the block's verb before it."""
    directives: list[list[str]] = []
    block: str | None = None
    for line in _lines(source.decode("utf-8", "surrogateescape")):
        if block is not None:
            if line == [")"]:
                block = None
            else:
                directives.append([block, *line])
        elif len(line) == 2 and line[1] == "(":
            block = line[0]
        elif line[1:] != ["(", ")"]:
            directives.append(line)
    return directives


def _lines(text: str) -> Iterator[list[str]]:
    """Yields the words of each line that has some."""
    line: list[str] = []
    for token in _TOKEN.finditer(text):
        if token["end"]:
            if line:
                yield line
            line = []
        elif token["quoted"] is not None:
            line.append(_SIMPLE_ESCAPE.sub(r"\1", token["quoted"]))
        elif not token["comment"]:
            line.append(token["raw"] or token["mark"] or token["word"] or token["other"] or "")
    if line:
        yield line


def _single(lines: list[list[str]], verb: str) -> str:
    return next((line[1] for line in lines if line[0] == verb and len(line) == 2), "")


def _versions(lines: list[list[str]], verb: str) -> tuple[ModuleVersion, ...]:
    return tuple(
        ModuleVersion(line[1], line[2])
        for line in lines
        if line[0] == verb and len(line) == 3 and is_semver(line[2])
    )


def _replaces(lines: list[list[str]]) -> tuple[Replacement, ...]:
    found = []
    for line in lines:
        match line:
            case ["replace", old, "=>", new] if is_directory_path(new):
                found.append(Replacement(ModuleVersion(old), ModuleVersion(new)))
            case ["replace", old, "=>", new, new_version] if not is_directory_path(new):
                found.append(Replacement(ModuleVersion(old), ModuleVersion(new, new_version)))
            case ["replace", old, version, "=>", new] if is_directory_path(new):
                found.append(Replacement(ModuleVersion(old, version), ModuleVersion(new)))
            case ["replace", old, version, "=>", new, new_version] if not is_directory_path(new):
                replacement = ModuleVersion(new, new_version)
                found.append(Replacement(ModuleVersion(old, version), replacement))
    return tuple(found)
