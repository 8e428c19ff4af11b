"""How the core reads files: an interface that is passed in, so the core does no IO."""

from __future__ import annotations

from typing import Protocol


class FileSystem(Protocol):
    """Read access to files by absolute path. No method raises for what the disk holds."""

    def read(self, path: str) -> bytes | None:
        """Answers a file's bytes, an open editor's text first; None when it cannot be read."""

    def list_directory(self, path: str) -> tuple[str, ...]:
        """Answers the sorted base names in a folder; empty when it cannot be read."""

    def is_directory(self, path: str) -> bool: ...

    def stamp(self, path: str) -> object:
        """Answers a value that changes when the file's or folder's content may have."""
