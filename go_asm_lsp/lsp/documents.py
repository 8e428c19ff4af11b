"""The texts that editors hold open: incremental edits, and a file system that sees them.

A document is kept as its lines, so an edit costs what it touches and not the file's size.
Positions are the client's and may be wrong in any way; they are clamped, never refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.lsp.uris import path_of, uri_of
from go_asm_lsp.text import Encoding, LineIndex, Position

# The protocol's line ends. Python's own splitlines() knows others (form feed, U+2028).
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")

_revisions = count(1)


def _split_lines(text: bytes) -> list[bytes]:
    """Splits into lines that keep their ends; the last one has none and may be empty."""
    lines = _LINE.findall(text)
    if not lines or lines[-1].endswith((b"\n", b"\r")):
        lines.append(b"")
    return lines


def encode(text: str) -> bytes:
    """Encodes a client's string. A lone surrogate, which has no UTF-8, becomes `?`."""
    return text.encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Change:
    """One edit of `didChange`: `start` to `end` become `text`; the whole text without them."""

    text: str
    start: Position | None = None
    end: Position | None = None


class Document:
    """One open text. `revision` is ours and never repeats; `version` is the client's word."""

    __slots__ = (
        "_encoding",
        "_index",
        "_lines",
        "_source",
        "language",
        "path",
        "revision",
        "uri",
        "version",
    )

    def __init__(
        self,
        uri: str,
        source: bytes,
        encoding: Encoding,
        version: int | None = None,
        language: str = "",
    ) -> None:
        self.uri = uri
        self.path = path_of(uri)
        self.language = language
        self.version = version
        self.revision = next(_revisions)
        self._encoding: Encoding = encoding
        self._lines = _split_lines(source)
        self._source: bytes | None = source
        self._index: LineIndex | None = None

    @property
    def source(self) -> bytes:
        """The whole text."""
        if self._source is None:
            self._source = b"".join(self._lines)
        return self._source

    @property
    def index(self) -> LineIndex:
        """The text's lines and columns in the client's encoding."""
        if self._index is None:
            self._index = LineIndex(self.source, self._encoding)
        return self._index

    def apply(self, change: Change) -> None:
        """Makes one edit."""
        new = encode(change.text)
        if change.start is None or change.end is None:
            self._lines = _split_lines(new)
        else:
            self._replace(min(change.start, change.end), max(change.start, change.end), new)
        self.revision = next(_revisions)
        self._source = None
        self._index = None

    def _replace(self, start: Position, end: Position, new: bytes) -> None:
        first, head = self._place(start)
        last, tail = self._place(end)
        merged = self._lines[first][:head] + new + self._lines[last][tail:]
        # A line feed put after a line's lone carriage return makes one line end of the two.
        if first > 0 and merged.startswith(b"\n") and self._lines[first - 1].endswith(b"\r"):
            first -= 1
            merged = self._lines[first] + merged
        lines = _split_lines(merged)
        if last + 1 < len(self._lines):
            # What follows supplies the last line: the merged text ends with a line end.
            lines.pop()
        self._lines[first : last + 1] = lines

    def _place(self, position: Position) -> tuple[int, int]:
        """Answers the line's number and the byte in it, both inside the text."""
        if position.line < 0:
            return 0, 0
        if position.line >= len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        line = self._lines[position.line]
        return position.line, LineIndex(line, self._encoding).offset(Position(0, position.column))


class Documents:
    """All open documents by their URI as the client spells it.

    A client may edit, close or open again what it never opened; no order of messages is an
    error, and what it says last holds.
    """

    def __init__(self, disk: FileSystem, encoding: Encoding = "utf-16") -> None:
        self.encoding: Encoding = encoding
        self._disk = disk
        self._by_uri: dict[str, Document] = {}
        self._by_path: dict[str, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(tuple(self._by_uri.values()))

    def open(self, uri: str, text: str, version: int | None = None, language: str = "") -> Document:
        """Takes over a text from the disk; a second `open` replaces the first."""
        document = Document(uri, encode(text), self.encoding, version, language)
        self._by_uri[uri] = self._by_path[document.path] = document
        return document

    def change(self, uri: str, changes: Iterable[Change], version: int | None = None) -> Document:
        """Edits a document, in order. One never opened starts from its file, or empty."""
        document = self._by_uri.get(uri)
        if document is None:
            document = Document(uri, self._disk.read(path_of(uri)) or b"", self.encoding)
            self._by_uri[uri] = self._by_path[document.path] = document
        for change in changes:
            document.apply(change)
        document.version = version
        return document

    def close(self, uri: str) -> None:
        """Gives a text back to the disk."""
        document = self._by_uri.pop(uri, None)
        if document is None or self._by_path.get(document.path) is not document:
            return  # never opened, or open under another spelling too
        del self._by_path[document.path]
        # The same file may still be open under another spelling of its URI.
        for other in self._by_uri.values():
            if other.path == document.path:
                self._by_path[other.path] = other

    def get(self, uri: str) -> Document | None:
        return self._by_uri.get(uri)

    def at(self, path: str) -> Document | None:
        """Finds the open document of a path."""
        return self._by_path.get(path)

    def paths_in(self, folder: str) -> tuple[str, ...]:
        """Lists the base names of the open documents right inside a folder."""
        prefix = folder.rstrip("/") + "/"
        names = (path[len(prefix) :] for path in self._by_path if path.startswith(prefix))
        return tuple(name for name in names if "/" not in name)

    def uri(self, path: str) -> str:
        """Answers a path's URI, as the client spells it when the document is open."""
        document = self._by_path.get(path)
        return document.uri if document else uri_of(path)
