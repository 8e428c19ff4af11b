"""Leads from expanded text back to where it was written."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from go_asm_lsp.text import Span

# Which `#define` of a run: the name, and how often it was defined before.
MacroKey = tuple[bytes, int]
# Where text was written that is not the analysed file's own: another file, or a macro of it.
Home = str | MacroKey

# What stands in a piece for the index of its home.
VERBATIM = -1
NO_HOME = -2


@dataclass(frozen=True, slots=True)
class Origin:
    """A span in the file being analysed, the text its user wrote.

    What comes out of an `#include` has the span of the include's path. `inner` is then the
    place in the included file, and for text from a macro's body the place in that body.
    """

    span: Span
    inner: tuple[str, Span] | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """Runs of expanded text, in order and without a gap, each from one place.

    They are numbers in arrays, not objects: a large file has tens of thousands. `starts` are
    offsets in the expanded text. `places` has five numbers for each run: start and end in the
    source, the index of its home in `homes`, start and end there. A VERBATIM run is byte for
    byte the source from its start on; any other belongs to its source span as a whole.
    """

    starts: array[int] = field(repr=False)
    places: array[int] = field(repr=False)
    homes: tuple[Home, ...]


class BodyPlaces(Protocol):
    def body_start(self, key: MacroKey) -> int | None:
        """Answers where the body of a macro of the analysed file begins."""


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where one block's text comes from.

    Offsets in pieces count from `base`, so that an edit above a block leaves them as they are.
    """

    pieces: Pieces
    base: int
    path: str
    bodies: BodyPlaces | None = field(repr=False)

    @staticmethod
    def verbatim(path: str, start: int) -> SourceMap:
        """Makes the map of text that is the source from `start` on."""
        pieces = Pieces(array("i", [0]), array("i", [0, 0, VERBATIM, 0, 0]), ())
        return SourceMap(pieces, start, path, None)

    def origin(self, span: Span) -> Origin:
        """Answers where a span of expanded text was written.

        A span inside one verbatim piece keeps its exact extent; one that touches several
        pieces gets the smallest source span that covers them.
        """
        starts, places = self.pieces.starts, self.pieces.places
        if not starts:
            return Origin(Span(self.base, self.base))
        first = max(0, bisect_right(starts, span.start) - 1)
        last = first
        while last + 1 < len(starts) and starts[last + 1] < span.end:
            last += 1
        source_start = source_end = -1
        for index in range(first, last + 1):
            start, end, home = places[5 * index : 5 * index + 3]
            if home == VERBATIM:
                distance = start - starts[index]
                start = max(span.start, starts[index]) + distance
                end = (starts[index + 1] if index < last else max(span.start, span.end)) + distance
            source_start = start if source_start < 0 else min(source_start, start)
            source_end = max(source_end, end)
        source = Span(self.base + source_start, self.base + source_end)
        return Origin(source, self._inner(first, last, span))

    def expanded(self, offset: int) -> Iterator[int]:
        """Yields where the source's character at `offset` stands in the expanded text.

        Text in a macro's argument may have been copied to several places, or to none. The
        end of a verbatim piece belongs to it, as for a cursor behind a word.
        """
        starts, places = self.pieces.starts, self.pieces.places
        wanted = offset - self.base
        for index in range(len(starts)):
            source_start = places[5 * index]
            if wanted < source_start or places[5 * index + 2] != VERBATIM:
                continue
            place = wanted - source_start + starts[index]
            if index + 1 == len(starts) or place <= starts[index + 1]:
                yield place

    def _inner(self, first: int, last: int, span: Span) -> tuple[str, Span] | None:
        """Answers the place in an included file or a macro's body, when there is just one."""
        places = self.pieces.places
        home = places[5 * first + 2]
        if home < 0 or places[5 * last + 2] != home:
            return None
        start = self._inner_edge(first, span.start, at_end=False)
        end = max(start, self._inner_edge(last, span.end, at_end=True))
        match self.pieces.homes[home]:
            case "":
                return None
            case str() as path:
                return path, Span(start, end)
            case key:
                body = self.bodies.body_start(key) if self.bodies else None
                return None if body is None else (self.path, Span(start, end).shifted(body))

    def _inner_edge(self, index: int, offset: int, *, at_end: bool) -> int:
        starts = self.pieces.starts
        inner_start, inner_end = self.pieces.places[5 * index + 3 : 5 * index + 5]
        is_last = index + 1 == len(starts)
        # A body's text is respaced when expanded; where the lengths agree, but for a line end
        # that the body has no byte for, it was not.
        size = inner_end - inner_start
        if is_last or starts[index + 1] - starts[index] in (size, size + 1):
            return min(inner_start + max(0, offset - starts[index]), inner_end)
        return inner_end if at_end else inner_start
