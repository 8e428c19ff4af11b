"""Files as they are on disk, with the texts of open editors laid over them.

The one place beside `lsp` and `cli` that touches the disk. Paths use `/` on every system.
"""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterator


class DiskFileSystem:
    """Answers what is on disk unless an overlay says otherwise. No method raises.

    An overlay is the text of an open editor, or None for a file that counts as deleted. Its
    version makes its stamp, so a text that was closed and opened again has a new one.
    """

    def __init__(self) -> None:
        self._overlays: dict[str, tuple[int, bytes | None]] = {}
        # The names that overlays put into each folder; they exist even if the disk lacks them.
        self._overlaid_names: dict[str, set[str]] = {}
        self._version = 0

    def set_overlay(self, path: str, text: bytes | None) -> None:
        """Lays a text over a file; None makes the file count as deleted."""
        self._version += 1
        self._overlays[path] = (self._version, text)
        directory, name = posixpath.split(path)
        self._overlaid_names.setdefault(directory, set()).add(name)

    def remove_overlay(self, path: str) -> None:
        """Lets the disk speak for a file again."""
        self._overlays.pop(path, None)
        directory, name = posixpath.split(path)
        names = self._overlaid_names.get(directory, set())
        names.discard(name)
        if not names:
            self._overlaid_names.pop(directory, None)

    def read(self, path: str) -> bytes | None:
        if path in self._overlays:
            return self._overlays[path][1]
        try:
            # Opening a pipe or a device would wait, or do worse.
            if not stat.S_ISREG(os.stat(path).st_mode):
                return None
            with open(path, "rb") as file:
                return file.read()
        except (OSError, ValueError):
            return None

    def list_directory(self, path: str) -> tuple[str, ...]:
        try:
            names = set(os.listdir(path))
        except (OSError, ValueError):
            names = set()
        for name, is_deleted in self._overlays_in(path):
            if is_deleted:
                names.discard(name)
            else:
                names.add(name)
        return tuple(sorted(names))

    def is_directory(self, path: str) -> bool:
        if os.path.isdir(path):
            return True
        below = path.rstrip("/") + "/"
        return any(
            text is not None and overlaid.startswith(below)
            for overlaid, (_, text) in self._overlays.items()
        )

    def stamp(self, path: str) -> object:
        """Answers the overlay's version, else time and size on disk; None when missing."""
        if path in self._overlays:
            version, text = self._overlays[path]
            return None if text is None else version
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            status = None
        overlaid = tuple(sorted(self._overlays_in(path)))
        if status is None:
            return overlaid or None
        return status.st_mtime_ns, status.st_size, status.st_ino, overlaid

    def _overlays_in(self, directory: str) -> Iterator[tuple[str, bool]]:
        """Yields the names overlaid in a folder, and whether each counts as deleted."""
        directory = directory.rstrip("/") or "/"
        for name in self._overlaid_names.get(directory, ()):
            path = posixpath.join(directory, name)
            yield name, self._overlays[path][1] is None
