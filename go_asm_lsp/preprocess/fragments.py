"""Cuts expanded text at its TEXT statements, and its source map with it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from go_asm_lsp.preprocess.chunk import Fragment
from go_asm_lsp.preprocess.model import Piece
from go_asm_lsp.preprocess.tokens import function_starts


def fragments(text: bytes, pieces: list[Piece]) -> tuple[Fragment, ...]:
    """Splits a chunk's text; the first fragment belongs to the block before it if any."""
    starts = function_starts(text)
    if not starts:
        return (Fragment(text, tuple(pieces), False),)
    if starts == [0]:
        return (Fragment(text, tuple(pieces), True),)
    found = [Fragment(text[: starts[0]], _cut(pieces, 0, starts[0]), False)] if starts[0] else []
    for start, end in pairwise([*starts, len(text)]):
        found.append(Fragment(text[start:end], _cut(pieces, start, end), True))
    return tuple(found)


def _cut(pieces: list[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """Answers the pieces of a part of the text, with offsets from its start."""
    first = max(0, bisect_right(pieces, start, key=_start) - 1)
    last = bisect_right(pieces, end - 1, key=_start)
    return tuple(moved(piece, -start) for piece in pieces[first:last])


def moved(piece: Piece, distance: int) -> Piece:
    """Moves a piece in the expanded text; what would stand before its start is cut off."""
    start = piece.start + distance
    cut = max(0, -start)
    if not cut:
        return piece._replace(start=start)
    source_start = piece.source_start + cut if piece.is_verbatim else piece.source_start
    inner_start = min(piece.inner_start + cut, piece.inner_end)
    return piece._replace(start=0, source_start=source_start, inner_start=inner_start)


def joined(fragments: list[tuple[int, Fragment]]) -> tuple[bytes, tuple[Piece, ...]]:
    """Joins fragments of several chunks, each with its chunk's place in the source."""
    pieces: list[Piece] = []
    size = 0
    for base, fragment in fragments:
        for piece in fragment.pieces:
            source_start, source_end = piece.source_start + base, piece.source_end + base
            pieces.append(
                piece._replace(
                    start=piece.start + size, source_start=source_start, source_end=source_end
                )
            )
        size += len(fragment.text)
    return b"".join(fragment.text for _, fragment in fragments), tuple(pieces)


def _start(piece: Piece) -> int:
    return piece.start
