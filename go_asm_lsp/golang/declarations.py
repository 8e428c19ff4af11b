"""A name declared at the package scope of a Go file, and an import, as places in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from go_asm_lsp.text import Span

DeclarationKind = Literal["const", "type", "var", "func"]


@dataclass(frozen=True, slots=True)
class Import:
    """One import spec; `name` is None without an explicit one, and may be "." or "_"."""

    name: str | None
    path: str
    span: Span  # the path with its quotes


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declared name at package scope.

    `spec` is the text to parse: `f(a int) int` of a func (without its body), `T struct{…}`,
    `a, b = 1, 2`. `position` is the name's place in the list `a, b`. For constants `repeated`
    is the spec whose type and values count, the spec itself or an earlier one of the group.
    """

    kind: DeclarationKind
    name: str
    name_span: Span
    spec: Span
    start: int  # where the declaration itself begins: its keyword, or the spec in a group
    position: int = 0
    iota: int = 0
    repeated: Span | None = None
    has_body: bool = False
    is_method: bool = False
