"""One .s file's facts under one build configuration."""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.golang.model import ArgumentFrame, BuildConfiguration
from go_asm_lsp.preprocess.model import Block, Origin, Preprocessed
from go_asm_lsp.syntax.nodes import Label, ParsedText, Statement, Text
from go_asm_lsp.text import Span


@dataclass(frozen=True, slots=True)
class Function:
    """A TEXT line and what follows it up to the next one.

    Spans in `text` and `statements` are offsets in `block.text`; `origin` leads to the file.
    `frame` is None when the package declares no body-less function of this name.
    """

    text: Text
    statements: tuple[Statement, ...]  # after the TEXT line, labels and data included
    block: Block
    frame: ArgumentFrame | None

    @property
    def name(self) -> str:
        return self.text.symbol.name if self.text.symbol else ""

    def origin(self, span: Span) -> Origin:
        return self.block.source_map.origin(span)

    def labels(self) -> tuple[Label, ...]:
        return tuple(s for s in self.statements if isinstance(s, Label))


@dataclass(frozen=True, slots=True)
class FileModel:
    """One file read for one configuration.

    `import_path` is the package's (the final path element when no module names it).
    `prelude` holds the statements before the first TEXT.
    """

    path: str
    source: bytes
    configuration: BuildConfiguration
    import_path: str
    preprocessed: Preprocessed
    prelude: ParsedText
    functions: tuple[Function, ...]
    # Spans of syntax problems in the file's own bytes, with their messages.
    problems: tuple[tuple[Span, str], ...]
