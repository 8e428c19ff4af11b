"""Cuts expanded text at its TEXT statements, and its source map with it."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import pairwise

from go_asm_lsp.preprocess.chunk import Fragment
from go_asm_lsp.preprocess.source_map import NO_HOME, VERBATIM, Home, Pieces
from go_asm_lsp.preprocess.tokens import function_starts


def fragments(text: bytes, pieces: Pieces) -> tuple[Fragment, ...]:
    """Splits a chunk's text; the first fragment belongs to the block before it if any."""
    starts = function_starts(text)
    if not starts:
        return (Fragment(text, pieces, False),)
    if starts == [0]:
        return (Fragment(text, pieces, True),)
    found = [Fragment(text[: starts[0]], _cut(pieces, 0, starts[0]), False)] if starts[0] else []
    for start, end in pairwise([*starts, len(text)]):
        found.append(Fragment(text[start:end], _cut(pieces, start, end), True))
    return tuple(found)


def _cut(pieces: Pieces, start: int, end: int) -> Pieces:
    """Answers the pieces of a part of the text, with offsets from its start."""
    first = max(0, bisect_right(pieces.starts, start) - 1)
    last = bisect_right(pieces.starts, end - 1)
    starts = array("i", [max(0, offset - start) for offset in pieces.starts[first:last]])
    places = pieces.places[5 * first : 5 * last]
    # What the first piece has in front of the part is cut off.
    before = start - pieces.starts[first]
    if places[2] == VERBATIM:
        places[0] += before
    elif places[2] != NO_HOME:
        places[3] = min(places[3] + before, places[4])
    return Pieces(starts, places, pieces.homes)


def joined(fragments: list[tuple[int, Fragment]]) -> tuple[bytes, Pieces]:
    """Joins fragments of several chunks, each with its chunk's place in the source."""
    starts = array("i")
    places = array("i")
    homes: dict[Home, int] = {}
    size = 0
    for base, fragment in fragments:
        pieces = fragment.pieces
        starts.extend(offset + size for offset in pieces.starts)
        indices = [homes.setdefault(home, len(homes)) for home in pieces.homes]
        for at in range(0, len(pieces.places), 5):
            source_start, source_end, home, *inner = pieces.places[at : at + 5]
            home = indices[home] if home >= 0 else home
            places.extend((source_start + base, source_end + base, home, *inner))
        size += len(fragment.text)
    text = b"".join(fragment.text for _, fragment in fragments)
    return text, Pieces(starts, places, tuple(homes))
