"""Places in a text: spans of bytes, and their lines and columns.

Everything inside the project counts UTF-8 bytes. Columns exist only here, in the
unit the editor negotiated. This module knows nothing of assembly or of the protocol.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

Encoding = Literal["utf-8", "utf-16", "utf-32"]

# The protocol's line ends. Vertical tab, form feed and U+2028 do not end a line.
_LINE_END = re.compile(rb"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open range of UTF-8 byte offsets into one text.

    A named tuple, because reading a text makes several for each of its words and a frozen
    dataclass takes three times as long to make.
    """

    start: int
    end: int

    def contains(self, offset: int) -> bool:
        """Tells whether a cursor at `offset` touches the span, its end included."""
        return self.start <= offset <= self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shifted(self, distance: int) -> Span:
        return Span(self.start + distance, self.end + distance)


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A zero-based line and a zero-based column in some encoding's units."""

    line: int
    column: int


class LineIndex:
    """Converts between byte offsets of one text and positions in one encoding.

    Total in both directions: an offset or position outside the text is clamped to the
    nearest place inside it, and an offset inside a character to the character's start.
    """

    __slots__ = ("_encoding", "_source", "_starts")

    def __init__(self, source: bytes, encoding: Encoding = "utf-8") -> None:
        self._source = source
        self._encoding = encoding
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(source))]

    @property
    def line_count(self) -> int:
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        """Answers the zero-based line that holds `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def line_span(self, line: int) -> Span:
        """Answers the bytes of a line without its line end."""
        line = min(max(line, 0), len(self._starts) - 1)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._source)
        while end > start and self._source[end - 1] in b"\r\n":
            end -= 1
        return Span(start, end)

    def position(self, offset: int) -> Position:
        offset = min(max(offset, 0), len(self._source))
        line = self.line_of(offset)
        start = self._starts[line]
        before = self._source[start:offset]
        if self._encoding == "utf-8" or before.isascii():
            return Position(line, len(before))
        text = before.decode("utf-8", "surrogateescape")
        if self._encoding == "utf-32":
            return Position(line, len(text))
        return Position(line, len(text) + sum(char > "\uffff" for char in text))

    def offset(self, position: Position) -> int:
        if position.line < 0:
            return 0
        if position.line >= len(self._starts):
            return len(self._source)
        span = self.line_span(position.line)
        line = self._source[span.start : span.end]
        column = max(position.column, 0)
        if self._encoding == "utf-8":
            column = min(column, len(line))
            while 0 < column < len(line) and line[column] & 0xC0 == 0x80:
                column -= 1
            return span.start + column
        if line.isascii():
            return span.start + min(column, len(line))
        units = 0
        size = 0
        for char in line.decode("utf-8", "surrogateescape"):
            units += 2 if self._encoding == "utf-16" and char > "\uffff" else 1
            if units > column:
                break
            size += len(char.encode("utf-8", "surrogateescape"))
        return span.start + size
