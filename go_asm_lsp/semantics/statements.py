"""A function's statements, read in chunks of a few dozen lines.

A keystroke changes one chunk; the others are found by their text, wherever they stand now.
So the statements in a chunk count from its start, and are moved to their place in the block
when somebody asks for them.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

from go_asm_lsp.semantics.text_cache import TextCache
from go_asm_lsp.syntax.nodes import (
    Data,
    FrameSize,
    Globl,
    Instruction,
    Label,
    ParsedText,
    Statement,
    SymbolName,
    SyntaxProblem,
    Text,
)
from go_asm_lsp.syntax.operands import moved as moved_operand
from go_asm_lsp.syntax.parser import statements
from go_asm_lsp.text import Span

# Statements take some 60 times their text.
_PARSED: TextCache[ParsedText] = TextCache(400_000)

_FEWEST_LINES = 16
_MOST_LINES = 128
# One line in so many ends a chunk. Which ones, only their text decides: then an edit moves no
# other border than those next to it.
_ONE_IN = 32
_COMMENT = re.compile(rb'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?(?:\*/|\Z)', re.S)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole lines of a block from `start` on; spans in `statements` count from there."""

    start: int
    text: bytes
    statements: tuple[Statement, ...]
    problems: tuple[SyntaxProblem, ...]


class Statements(Sequence[Statement]):
    """All statements of the chunks, in order, with their places in the block."""

    __slots__ = ("_firsts", "_moved", "_starts", "chunks")

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = tuple(chunks)
        self._starts = [chunk.start for chunk in self.chunks]
        self._moved: dict[int, tuple[Statement, ...]] = {}
        self._firsts = [0]
        for chunk in self.chunks:
            self._firsts.append(self._firsts[-1] + len(chunk.statements))

    def __len__(self) -> int:
        return self._firsts[-1]

    def __iter__(self) -> Iterator[Statement]:
        for index in range(len(self.chunks)):
            yield from self._chunk(index)

    @overload
    def __getitem__(self, index: int) -> Statement: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Statement]: ...
    def __getitem__(self, index: int | slice) -> Statement | Sequence[Statement]:
        if isinstance(index, slice):
            return tuple(self)[index]
        index = range(len(self))[index]
        chunk = bisect_right(self._firsts, index) - 1
        return self._chunk(chunk)[index - self._firsts[chunk]]

    def near(self, offset: int) -> tuple[Statement, ...]:
        """Answers the statements of the chunk that holds `offset`, any at it among them."""
        return self._chunk(max(0, bisect_right(self._starts, offset) - 1)) if self.chunks else ()

    def _chunk(self, index: int) -> tuple[Statement, ...]:
        found = self._moved.get(index)
        if found is None:
            chunk = self.chunks[index]
            found = tuple(moved(statement, chunk.start) for statement in chunk.statements)
            self._moved[index] = found
        return found


def read_chunks(text: bytes, total: int) -> tuple[Chunk, ...]:
    """Parses a block; `total` is the size of all that is read with it."""
    chunks = []
    for span in _borders(text):
        part = text[span.start : span.end]
        parsed = _parsed(part, total)
        chunks.append(Chunk(span.start, part, parsed.statements, parsed.problems))
    return tuple(chunks)


def statements_of(placed: Sequence[Statement]) -> Statements:
    """Wraps statements that have their places in the block already."""
    return Statements((Chunk(0, b"", tuple(placed), ()),))


def _parsed(text: bytes, total: int) -> ParsedText:
    return _PARSED.get(text, len(text), lambda: statements(text), needed=total)


def _borders(text: bytes) -> Iterator[Span]:
    """Cuts a text behind line ends, but not in a comment that spans lines."""
    comments = _long_comments(text) if b"/*" in text else []
    start = end = lines = 0
    for line in text.splitlines(keepends=True):
        end += len(line)
        lines += 1
        if lines < _FEWEST_LINES or line[-1:] != b"\n":
            continue
        if lines < _MOST_LINES and zlib.crc32(line) % _ONE_IN:
            continue
        if any(comment.start < end < comment.end for comment in comments):
            continue
        yield Span(start, end)
        start, lines = end, 0
    if end > start or not text:
        yield Span(start, end)


def _long_comments(text: bytes) -> list[Span]:
    return [Span(*match.span()) for match in _COMMENT.finditer(text) if b"\n" in match.group()]


def moved(statement: Statement, distance: int) -> Statement:
    """Answers the same statement `distance` bytes further on."""
    if not distance:
        return statement
    match statement:
        case Instruction():
            return Instruction(
                statement.span.shifted(distance),
                statement.mnemonic,
                statement.mnemonic_span.shifted(distance),
                statement.suffixes,
                tuple(moved_operand(operand, distance) for operand in statement.operands),
            )
        case Label():
            return Label(statement.span.shifted(distance), statement.name)
        case Data():
            value = moved_operand(statement.value, distance) if statement.value else None
            return replace(
                statement,
                span=statement.span.shifted(distance),
                symbol=_moved_symbol(statement.symbol, distance),
                value=value,
            )
        case Globl():
            return replace(
                statement,
                span=statement.span.shifted(distance),
                symbol=_moved_symbol(statement.symbol, distance),
                flags_span=_moved_span(statement.flags_span, distance),
            )
    return _moved_text(statement, distance)


def _moved_text(text: Text, distance: int) -> Text:
    return replace(
        text,
        span=text.span.shifted(distance),
        keyword=text.keyword.shifted(distance),
        symbol=_moved_symbol(text.symbol, distance),
        flags_span=_moved_span(text.flags_span, distance),
        frame=_moved_frame(text.frame, distance),
    )


def _moved_frame(frame: FrameSize | None, distance: int) -> FrameSize | None:
    if frame is None:
        return None
    return replace(
        frame,
        span=frame.span.shifted(distance),
        frame_span=frame.frame_span.shifted(distance),
        arguments_span=_moved_span(frame.arguments_span, distance),
    )


def _moved_symbol(symbol: SymbolName | None, distance: int) -> SymbolName | None:
    return symbol._replace(span=symbol.span.shifted(distance)) if symbol else None


def _moved_span(span: Span | None, distance: int) -> Span | None:
    return span.shifted(distance) if span else None
