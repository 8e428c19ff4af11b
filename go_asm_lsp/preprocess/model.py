"""What preprocessing one .s file yields: text for the parser, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from go_asm_lsp.preprocess.source_map import BodyPlaces, Origin, SourceMap
from go_asm_lsp.text import Span

__all__ = [
    "Block",
    "Include",
    "Macro",
    "MacroTable",
    "MacroUse",
    "Origin",
    "PreprocessProblem",
    "Preprocessed",
    "SourceMap",
]


@dataclass(frozen=True, slots=True)
class Macro:
    """A `#define`. `parameters` is None without a parameter list. `path` is the defining file.

    `name_span` is the name in that file; `body` is the text after it, continuations kept.
    Predefined macros (`-D GOARCH_amd64`) have path "".
    """

    name: str
    parameters: tuple[str, ...] | None
    body: str
    path: str
    name_span: Span
    body_span: Span


@dataclass(frozen=True, slots=True)
class MacroUse:
    """A macro's name where it is expanded or tested in the analysed file itself.

    `call` covers name and arguments; `expansion` is the full expansion's text.
    """

    macro: Macro
    name_span: Span
    call: Span
    expansion: str


@dataclass(frozen=True, slots=True)
class Include:
    """An `#include` line of the analysed file; `resolved` is None when no file was found."""

    span: Span  # the path with its quotes
    written: str
    resolved: str | None


@dataclass(frozen=True, slots=True)
class PreprocessProblem:
    """What the assembler's lexer rejects. `inner` is the place when that is another file."""

    span: Span  # in the analysed file
    message: str
    inner: tuple[str, Span] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Expanded text from one TEXT line to the next (the first block: all before any TEXT)."""

    text: bytes
    source_map: SourceMap


class MacroTable(BodyPlaces, Protocol):
    """The macros of one run; made when asked for, since most edits concern none."""

    def definitions(self) -> tuple[Macro, ...]: ...

    def uses(self) -> tuple[MacroUse, ...]: ...

    def use_at(self, offset: int) -> MacroUse | None: ...


@dataclass(frozen=True, slots=True)
class Preprocessed:
    """One file under one set of predefined macros."""

    blocks: tuple[Block, ...]
    includes: tuple[Include, ...]
    inactive: tuple[Span, ...]  # source of the analysed file left out by #ifdef and the like
    problems: tuple[PreprocessProblem, ...]
    macros: MacroTable = field(repr=False)

    @property
    def definitions(self) -> tuple[Macro, ...]:
        """All definitions of this file and its includes, in order."""
        return self.macros.definitions()

    @property
    def uses(self) -> tuple[MacroUse, ...]:
        """All uses in the analysed file, by the place of the name."""
        return self.macros.uses()

    def use_at(self, offset: int) -> MacroUse | None:
        """Finds the use whose name is at `offset` in the source."""
        return self.macros.use_at(offset)
