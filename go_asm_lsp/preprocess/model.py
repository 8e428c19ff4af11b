"""What preprocessing one .s file yields: text for the parser, and the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from go_asm_lsp.text import Span

# Which `#define` of the analysed file: the name and how often it was defined before.
MacroKey = tuple[bytes, int]
# Where text was written that is not the analysed file's own: another file, or a macro of it.
Home = str | MacroKey


@dataclass(frozen=True, slots=True)
class Origin:
    """A span in the file being analysed, the text its user wrote.

    What comes out of an `#include` has the span of the include's path. `inner` is then the
    place in the included file, and for text from a macro's body the place in that body.
    """

    span: Span
    inner: tuple[str, Span] | None = None


class Piece(NamedTuple):
    """A run of expanded text from one place; consumers ask `SourceMap.origin` instead.

    A verbatim piece is byte for byte the source from `source_start` on. Any other piece
    (a macro's body, included text) belongs to `source_start`..`source_end` as a whole, and
    was written in `home`, another file's path or a macro of this file, at `inner_start`.
    """

    start: int  # offset in the expanded text
    source_start: int
    source_end: int
    is_verbatim: bool
    home: Home | None
    inner_start: int
    inner_end: int


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where expanded text comes from; pieces are in order and leave no gap.

    Offsets in pieces count from `base`, so that an edit above a block leaves them as they are.
    """

    pieces: tuple[Piece, ...]
    base: int = 0
    path: str = ""
    bodies: Mapping[MacroKey, int] = field(default_factory=dict, repr=False, compare=False)

    def origin(self, span: Span) -> Origin:
        """Answers where a span of expanded text was written.

        A span inside one verbatim piece keeps its exact extent; one that touches several
        pieces gets the smallest source span that covers them.
        """
        first = max(0, bisect_right(self.pieces, span.start, key=_start) - 1)
        last = first
        while last + 1 < len(self.pieces) and self.pieces[last + 1].start < span.end:
            last += 1
        starts: list[int] = []
        ends: list[int] = []
        for index in range(first, last + 1):
            piece = self.pieces[index]
            if not piece.is_verbatim:
                starts.append(piece.source_start)
                ends.append(piece.source_end)
                continue
            distance = piece.source_start - piece.start
            end = self.pieces[index + 1].start if index < last else max(span.end, span.start)
            starts.append(max(span.start, piece.start) + distance)
            ends.append(end + distance)
        start = min(starts, default=0)
        source = Span(start, max(start, *ends) if ends else start).shifted(self.base)
        return Origin(source, self._inner(first, last, span))

    def expanded(self, offset: int) -> Iterator[int]:
        """Yields where the source's character at `offset` stands in the expanded text.

        Text in a macro's argument may have been copied to several places, or to none. The
        end of a verbatim piece belongs to it, as for a cursor behind a word.
        """
        wanted = offset - self.base
        for index, piece in enumerate(self.pieces):
            if not piece.is_verbatim or wanted < piece.source_start:
                continue
            is_last = index + 1 == len(self.pieces)
            place = wanted - piece.source_start + piece.start
            if is_last or place <= self.pieces[index + 1].start:
                yield place

    def _inner(self, first: int, last: int, span: Span) -> tuple[str, Span] | None:
        """Answers the place in an included file or a macro's body, when there is just one."""
        touched = self.pieces[first : last + 1]
        if not touched or touched[0].home is None or touched[-1].home != touched[0].home:
            return None
        home = touched[0].home
        start = self._inner_edge(first, span.start, at_end=False)
        end = max(start, self._inner_edge(last, span.end, at_end=True))
        if isinstance(home, str):
            return home, Span(start, end)
        body = self.bodies.get(home)
        return None if body is None else (self.path, Span(start, end).shifted(body))

    def _inner_edge(self, index: int, offset: int, *, at_end: bool) -> int:
        piece = self.pieces[index]
        following = self.pieces[index + 1].start if index + 1 < len(self.pieces) else None
        size = piece.inner_end - piece.inner_start
        # A body's text is respaced when expanded; where the lengths agree it was not.
        if following is None or following - piece.start == size:
            return min(piece.inner_start + max(0, offset - piece.start), piece.inner_end)
        return piece.inner_end if at_end else piece.inner_start


def _start(piece: Piece) -> int:
    return piece.start


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


@dataclass(frozen=True, slots=True)
class Preprocessed:
    """One file under one set of predefined macros."""

    blocks: tuple[Block, ...]
    definitions: tuple[Macro, ...]  # of this file and its includes, in order
    includes: tuple[Include, ...]
    inactive: tuple[Span, ...]  # source of the analysed file left out by #ifdef and the like
    problems: tuple[PreprocessProblem, ...]
    parts: tuple[Part, ...] = field(default=(), repr=False)
    macros: Mapping[MacroKey, Macro] = field(default_factory=dict, repr=False)

    @property
    def uses(self) -> tuple[MacroUse, ...]:
        """All uses in source order, made anew at each call: an edit should not pay for them."""
        return tuple(self._uses(part, use) for part in self.parts for use in part.uses)

    def use_at(self, offset: int) -> MacroUse | None:
        """Finds the use whose name is at `offset` in the source."""
        part = next((part for part in reversed(self.parts) if part.base <= offset), None)
        while part is not None:
            for use in part.uses:
                if use.name_start <= offset - part.base <= use.name_end:
                    return self._uses(part, use)
            return None
        return None

    def _uses(self, part: Part, use: RelativeUse) -> MacroUse:
        return MacroUse(
            self.macros[use.key],
            Span(use.name_start, use.name_end).shifted(part.base),
            Span(use.name_start, use.call_end).shifted(part.base),
            part.expanded[use.start : use.end].decode("utf-8", "surrogateescape"),
        )


class RelativeUse(NamedTuple):
    """A use with offsets in its part; `start` and `end` delimit its expansion."""

    key: MacroKey
    name_start: int
    name_end: int
    call_end: int
    start: int
    end: int


class Part(NamedTuple):
    """A stretch of the source that was expanded at once, from `base` on."""

    base: int
    expanded: bytes
    uses: tuple[RelativeUse, ...]
