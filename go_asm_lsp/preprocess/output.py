"""The expanded text being written, with a piece of source map for every run of it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from go_asm_lsp.preprocess.environment import Flat
from go_asm_lsp.preprocess.source_map import NO_HOME, VERBATIM, Home, Pieces
from go_asm_lsp.preprocess.tokens import Token, is_only_comments, would_merge

# Where, in the analysed text, the call or #include stands that text comes from.
Owner = tuple[int, int]


class Output:
    """Text and pieces so far. `size` is the text's length in bytes."""

    __slots__ = ("_homes", "_parts", "_places", "_source", "_starts", "size")

    def __init__(self, source: bytes) -> None:
        self.size = 0
        self._source = source
        self._parts: list[bytes] = []
        self._starts = array("i")
        self._places = array("i")
        self._homes: dict[Home, int] = {}

    def text(self) -> bytes:
        return b"".join(self._parts)

    def pieces(self) -> Pieces:
        return Pieces(self._starts, self._places, tuple(self._homes))

    def copy(self, text: bytes, start: int, end: int, home: str | None, owner: Owner) -> None:
        """Copies a run of a file's text as it is; comment lines only of the analysed file."""
        copied = text[start:end]
        is_new_line = not self._parts or self._parts[-1].endswith(b"\n")
        if home is not None and is_new_line and is_only_comments(copied):
            return
        self._separate(copied, False, owner)
        self._add(copied, start, end, owner, home)

    def put(self, tokens: Sequence[Token], begin: int, end: int, owner: Owner) -> None:
        """Puts out a run of an expansion's tokens."""
        while begin < end:
            index = _end_of_run(tokens, begin, end)
            first = tokens[begin]
            start, stop = first.start, _written_end(tokens, begin, index)
            is_source = first.home is None
            text = self._source[start:stop] if is_source else _joined(tokens[begin:index])
            self._separate(text, first.has_space, owner)
            self._add(text, start, stop, owner, first.home)
            begin = index

    def put_flat(self, flat: Flat, has_space: bool, owner: Owner) -> None:
        """Puts out a whole expansion that stays in one line."""
        self._separate(flat.text, has_space, owner)
        self._add(flat.text, flat.start, flat.end, owner, flat.home)

    def _separate(self, text: bytes, has_space: bool, owner: Owner) -> None:
        """Puts a blank before a text that has or needs one."""
        if not self._parts:
            return
        before = self._parts[-1]
        if not would_merge(before, text) and (not has_space or before[-1] in b" \t\n"):
            return
        if self._places[-3] == VERBATIM:
            self._starts.append(self.size)
            self._places.extend((*owner, NO_HOME, 0, 0))
        self._parts.append(b" ")
        self.size += 1

    def _add(self, text: bytes, start: int, end: int, owner: Owner, home: Home | None) -> None:
        self._starts.append(self.size)
        if home is None:
            self._places.extend((start, end, VERBATIM, 0, 0))
        else:
            index = self._homes.setdefault(home, len(self._homes))
            self._places.extend((*owner, index, start, end))
        self._parts.append(text)
        self.size += len(text)


def _end_of_run(tokens: Sequence[Token], begin: int, end: int) -> int:
    """Answers the end of the tokens that were written one after the other, in one line."""
    last = tokens[begin]
    home = last.home
    index = begin + 1
    while index < end and last.text != b"\n":
        token = tokens[index]
        if token.after != last.end or token.home != home:
            break
        last = token
        index += 1
    return index


def _written_end(tokens: Sequence[Token], begin: int, end: int) -> int:
    """Answers where a run ends in its home, the continuation behind a body's line left out."""
    is_line_end = tokens[end - 1].text == b"\n" and end - begin > 1
    return tokens[end - 2 if is_line_end else end - 1].end


def _joined(tokens: Sequence[Token]) -> bytes:
    spaced = [b" " + token.text if token.has_space else token.text for token in tokens]
    spaced[0] = tokens[0].text
    return b"".join(spaced)
