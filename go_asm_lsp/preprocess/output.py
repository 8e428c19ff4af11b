"""The expanded text being written, with a piece of source map for every run of it."""

from __future__ import annotations

from go_asm_lsp.preprocess.chunk import Flat
from go_asm_lsp.preprocess.model import Home, Piece
from go_asm_lsp.preprocess.tokens import Token, is_only_comments, would_merge

# Where, in the analysed text, the call or #include stands that text comes from.
Owner = tuple[int, int]


class Output:
    """Text and pieces so far. `size` is the text's length in bytes."""

    __slots__ = ("_last", "_parts", "_source", "pieces", "size")

    def __init__(self, source: bytes) -> None:
        self.size = 0
        self.pieces: list[Piece] = []
        self._source = source
        self._parts: list[bytes] = []
        self._last: Token | None = None  # the last token put, when nothing was copied since

    def text(self) -> bytes:
        return b"".join(self._parts)

    def copy(self, text: bytes, start: int, end: int, home: str | None, owner: Owner) -> None:
        """Copies a run of a file's text as it is; comment lines only of the analysed file."""
        copied = text[start:end]
        is_new_line = not self._parts or self._parts[-1].endswith(b"\n")
        if home is not None and is_new_line and is_only_comments(copied):
            return
        if self._parts and would_merge(self._parts[-1], copied):
            self._space(owner)
        if home is None:
            self.pieces.append(Piece(self.size, start, end, True, None, 0, 0))
        else:
            self.pieces.append(Piece(self.size, *owner, False, home, start, end))
        self._add(copied)
        self._last = None

    def put(self, token: Token, owner: Owner) -> None:
        """Puts out one token of an expansion."""
        last = self._last
        home = token.home
        if home is None and last is not None and last.home is None and last.end == token.after:
            self._add(self._source[token.after : token.end])
            self._last = token
            return
        if self._parts:
            before = self._parts[-1]
            if token.has_space:
                if token.text != b"\n" and before[-1] not in b" \t\n":
                    self._space(owner)
            elif would_merge(before, token.text):
                self._space(owner)
        if home is None:
            self.pieces.append(Piece(self.size, token.start, token.end, True, None, 0, 0))
        else:
            self._note_body(token, home, owner)
        self._add(token.text)
        self._last = token

    def put_flat(self, flat: Flat, has_space: bool, owner: Owner) -> None:
        """Puts out a whole expansion that stays in one line."""
        if self._parts:
            before = self._parts[-1]
            if (has_space and before[-1] not in b" \t\n") or would_merge(before, flat.text):
                self._space(owner)
        self.pieces.append(Piece(self.size, *owner, False, flat.home, flat.start, flat.end))
        self._add(flat.text)
        self._last = None

    def _note_body(self, token: Token, home: Home, owner: Owner) -> None:
        """Notes a body's token; one piece covers those that follow each other in a line."""
        last = self._last
        if last is not None and last.home == home and last.text != b"\n":
            piece = self.pieces[-1]
            if piece[1:5] == (*owner, False, home) and piece.inner_end <= token.start:
                self.pieces[-1] = piece._replace(inner_end=token.end)
                return
        self.pieces.append(Piece(self.size, *owner, False, home, token.start, token.end))

    def _space(self, owner: Owner) -> None:
        if not self.pieces or self.pieces[-1].is_verbatim:
            self.pieces.append(Piece(self.size, *owner, False, None, 0, 0))
        self._add(b" ")

    def _add(self, text: bytes) -> None:
        self._parts.append(text)
        self.size += len(text)
