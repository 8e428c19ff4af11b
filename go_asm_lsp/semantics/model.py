"""One .s file's facts under one build configuration."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from go_asm_lsp.golang.model import ArgumentFrame, BuildConfiguration, GoPlace, Prototype
from go_asm_lsp.preprocess.model import Block, Origin, Preprocessed
from go_asm_lsp.semantics.statements import Statements
from go_asm_lsp.syntax.nodes import Label, ParsedText, Text
from go_asm_lsp.text import Span


class Declaration(Enum):
    """What the Go side says about the function a TEXT line defines."""

    DECLARED = "declared"  # the package declares it without a body
    MISSING = "missing"  # the package was read and does not
    LOCAL = "local"  # written name<>, which Go cannot declare
    FOREIGN = "foreign"  # another package's, or a name without a dot
    UNKNOWN = "unknown"  # no Go package was read


@dataclass(frozen=True, slots=True)
class Function:
    """A TEXT line and what follows it up to the next one.

    Spans in `text` and `statements` are offsets in `block.text`; `origin` leads to the file.
    `prototype` and `frame` are those of the body-less Go function. `written_flags` are the
    flags before macros were expanded, because asmdecl tells `NOSPLIT` from `4`.
    """

    text: Text
    statements: Statements  # after the TEXT line, labels and data included
    block: Block
    frame: ArgumentFrame | None
    prototype: Prototype | None = None
    declaration: Declaration = Declaration.UNKNOWN
    written_flags: str = ""
    prototype_place: GoPlace | None = None  # where a missing prototype may be written

    @property
    def name(self) -> str:
        return self.text.symbol.name if self.text.symbol else ""

    @property
    def display_name(self) -> str:
        """The name as messages of go vet show it: `f`, or `f<>` for a static one."""
        symbol = self.text.symbol
        return symbol.name + ("<>" if symbol.is_static else "") if symbol else ""

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
