"""What the server reads: open documents first, then the disk."""

from __future__ import annotations

from collections import OrderedDict

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.lsp.documents import Documents
from go_asm_lsp.lsp.uris import is_absolute
from go_asm_lsp.text import LineIndex

_KEPT_INDEXES = 16


class OpenFileSystem:
    """A FileSystem that lays open documents over another.

    A document without a file (`untitled:…`) is never looked for on the disk.
    """

    def __init__(self, documents: Documents, disk: FileSystem) -> None:
        self._documents = documents
        self._disk = disk
        self._indexes: OrderedDict[str, tuple[bytes, LineIndex]] = OrderedDict()

    def read(self, path: str) -> bytes | None:
        document = self._documents.at(path)
        if document is not None:
            return document.source
        return self._disk.read(path) if is_absolute(path) else None

    def list_directory(self, path: str) -> tuple[str, ...]:
        if not is_absolute(path):
            return ()
        names = self._disk.list_directory(path)
        new = self._new_names(path)
        return tuple(sorted({*names, *new})) if new else names

    def is_directory(self, path: str) -> bool:
        return is_absolute(path) and self._disk.is_directory(path)

    def stamp(self, path: str) -> object:
        document = self._documents.at(path)
        if document is not None:
            return document.revision
        if not is_absolute(path):
            return None
        return self._disk.stamp(path), self._new_names(path)

    def _new_names(self, folder: str) -> tuple[str, ...]:
        """Lists open documents of a folder that were never saved. Opening others adds nothing."""
        names = self._documents.paths_in(folder)
        return tuple(name for name in names if self._disk.stamp(f"{folder}/{name}") is None)

    def index(self, path: str) -> LineIndex:
        """Answers the lines and columns of any file; of an empty text when it cannot be read."""
        document = self._documents.at(path)
        if document is not None:
            return document.index
        source = self.read(path) or b""
        kept = self._indexes.get(path)
        if kept is None or kept[0] != source:
            kept = source, LineIndex(source, self._documents.encoding)
            self._indexes[path] = kept
        self._indexes.move_to_end(path)
        if len(self._indexes) > _KEPT_INDEXES:
            self._indexes.popitem(last=False)
        return kept[1]

    def uri(self, path: str) -> str:
        return self._documents.uri(path)

    def version(self, path: str) -> int | None:
        """Answers the version the client gave an open document; None for what is on disk."""
        document = self._documents.at(path)
        return document.version if document else None
