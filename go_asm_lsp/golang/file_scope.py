"""Looks a name up from a declaration outwards: type parameters, package, imports, universe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from go_asm_lsp.golang.evaluation import evaluate
from go_asm_lsp.golang.nodes import Node
from go_asm_lsp.golang.scope import NOTHING, Operand
from go_asm_lsp.golang.source import SourceFile
from go_asm_lsp.golang.types import Type
from go_asm_lsp.golang.universe import UNIVERSE


class Package(Protocol):
    """What a scope asks of the package it is in."""

    @property
    def word(self) -> int:
        """The size of a pointer in bytes."""

    def declares(self, name: str) -> bool: ...

    def find(self, name: str) -> Operand: ...

    def imported(self, file: SourceFile, name: str) -> Operand: ...


@dataclass(frozen=True, slots=True)
class FileScope:
    """Looks names up as a declaration of one file sees them."""

    package: Package
    file: SourceFile
    bindings: Mapping[str, Type] = field(default_factory=dict)
    iota: int | None = None
    generation: int = 0

    @property
    def word(self) -> int:
        return self.package.word

    @property
    def path(self) -> str:
        return self.file.path

    def lookup(self, name: str) -> Operand:
        if name in self.bindings:
            return Operand("type", self.bindings[name])
        if self.package.declares(name):
            return self.package.find(name)
        if name in UNIVERSE:
            if name == "iota":
                iota = UNIVERSE[name]
                return NOTHING if self.iota is None else replace(iota, value=self.iota)
            # A file may import a package under a predeclared name; then the import counts.
            if all(each.name not in (name, ".") for each in self.file.imports):
                return UNIVERSE[name]
        operand = self.package.imported(self.file, name)
        return operand if operand is not NOTHING else UNIVERSE.get(name, NOTHING)

    def evaluate(self, node: Node) -> Operand:
        return evaluate(self, node)
