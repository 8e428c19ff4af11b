"""What a name or an expression stands for, and where names are looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from go_asm_lsp.golang.constants import Value
from go_asm_lsp.golang.nodes import Node
from go_asm_lsp.golang.types import BASICS, UNKNOWN, Type

Mode = Literal["constant", "value", "type", "generic", "builtin", "package", "unknown"]


class Generic(Protocol):
    """A generic type before it has arguments."""

    def instantiate(self, arguments: tuple[Type, ...], generation: int) -> Type: ...


class Names(Protocol):
    """An imported package."""

    def member(self, name: str) -> Operand: ...


@dataclass(frozen=True, slots=True)
class Operand:
    """The meaning of an expression.

    `type` is set for constants, values and types; `value` for constants; `name` for builtins.
    """

    mode: Mode
    type: Type = UNKNOWN
    value: Value | None = None
    name: str = ""
    generic: Generic | None = None
    package: Names | None = None


NOTHING = Operand("unknown")


class Scope(Protocol):
    """Where the names of one declaration are looked up."""

    @property
    def word(self) -> int:
        """The size of a pointer, and of int, in bytes."""

    @property
    def generation(self) -> int:
        """How many generic instances lead to the one being resolved."""

    @property
    def path(self) -> str:
        """The file the declaration is in."""

    def lookup(self, name: str) -> Operand: ...

    def evaluate(self, node: Node) -> Operand: ...


def integer_constant(value: int, kind: str) -> Operand:
    return Operand("constant", BASICS[kind], value)
