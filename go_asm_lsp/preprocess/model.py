"""What preprocessing one .s file yields: text for the parser, and the way back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from go_asm_lsp.text import Span


@dataclass(frozen=True, slots=True)
class Origin:
    """A span in the file being analysed, the text its user wrote.

    What comes out of an `#include` has the span of the include's path. `inner` is then the
    place in the included file, and for text from a macro's body the place in that body.
    """

    span: Span
    inner: tuple[str, Span] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of expanded text from one place.

    A verbatim piece is byte for byte the source from `origin.span.start` on. Any other piece
    (a macro's body, included text) belongs to `origin.span` as a whole.
    """

    start: int  # offset in the expanded text
    origin: Origin
    is_verbatim: bool


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where expanded text comes from; pieces are in order and leave no gap."""

    pieces: tuple[Piece, ...]

    def origin(self, span: Span) -> Origin:
        """Answers where a span of expanded text was written.

        A span inside one verbatim piece keeps its exact extent; one that touches several
        pieces gets the smallest source span that covers them.
        """
        first = max(0, bisect_right(self.pieces, span.start, key=lambda piece: piece.start) - 1)
        last = first
        while last + 1 < len(self.pieces) and self.pieces[last + 1].start < span.end:
            last += 1
        start, inner = self._edge(first, span.start, at_end=False)
        end, _ = self._edge(last, max(span.end, span.start), at_end=True)
        return Origin(Span(start, max(start, end)), inner)

    def _edge(
        self, index: int, offset: int, *, at_end: bool
    ) -> tuple[int, tuple[str, Span] | None]:
        piece = self.pieces[index]
        if piece.is_verbatim:
            return piece.origin.span.start + offset - piece.start, None
        edge = piece.origin.span.end if at_end else piece.origin.span.start
        return edge, piece.origin.inner


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
    span: Span  # in the analysed file
    message: str


@dataclass(frozen=True, slots=True)
class Block:
    """Expanded text from one TEXT line to the next (the first block: all before any TEXT)."""

    text: bytes
    source_map: SourceMap


@dataclass(frozen=True, slots=True)
class Preprocessed:
    """One file under one set of predefined macros."""

    blocks: tuple[Block, ...]
    definitions: tuple[Macro, ...]  # of this file and its includes, in order
    uses: tuple[MacroUse, ...]
    includes: tuple[Include, ...]
    inactive: tuple[Span, ...]  # source of the analysed file left out by #ifdef and the like
    problems: tuple[PreprocessProblem, ...]
