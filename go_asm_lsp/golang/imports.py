"""Finds the package a name stands for in a file, reading no more packages than it must."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from go_asm_lsp.golang.scope import NOTHING, Operand
from go_asm_lsp.golang.source import SourceFile
from go_asm_lsp.golang.universe import unsafe_member


class Importable(Protocol):
    """A package as its importers see it."""

    @property
    def name(self) -> str: ...

    def member(self, name: str) -> Operand: ...


def find_import(
    file: SourceFile, name: str, importer: Callable[[str, str], Importable | None]
) -> Operand:
    """Answers the package a file imports as `name`, or what dot imports give that name."""
    directory = file.path.rpartition("/")[0]
    implicit = []
    for each in file.imports:
        if each.name == name:
            package = _package(each.path, directory, importer)
            return Operand("package", package=package) if package else NOTHING
        if each.name is None:
            implicit.append(each.path)
    # The name of a package is nearly always the last element of its path. Read those
    # packages first, so that a name does not cause all imports to be read.
    likely = [path for path in implicit if _is_likely_name(path, name)]
    for path in (*likely, *(path for path in implicit if path not in likely)):
        package = _package(path, directory, importer)
        if package and package.name == name:
            return Operand("package", package=package)
    for each in file.imports:
        if each.name == "." and name[:1].isupper():
            package = _package(each.path, directory, importer)
            operand = package.member(name) if package else NOTHING
            if operand is not NOTHING:
                return operand
    return NOTHING


class _Unsafe:
    """Package unsafe, which has no source."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return "unsafe"

    def member(self, name: str) -> Operand:
        return unsafe_member(name)


_UNSAFE = _Unsafe()


def _package(
    path: str, directory: str, importer: Callable[[str, str], Importable | None]
) -> Importable | None:
    return _UNSAFE if path == "unsafe" else importer(path, directory)


def _is_likely_name(path: str, name: str) -> bool:
    *before, last = path.split("/")
    if last[:1] == "v" and last[1:].isdigit() and before:
        last = before[-1]
    return last == name or last.partition(".")[0] == name
