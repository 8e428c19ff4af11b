"""A file system in memory, for tests of what reads files through one."""

from __future__ import annotations

import posixpath


class MemoryFiles:
    """Files by absolute path. `content` may be changed between reads."""

    def __init__(self, content: dict[str, bytes]) -> None:
        self.content = content

    def read(self, path: str) -> bytes | None:
        return self.content.get(path)

    def list_directory(self, path: str) -> tuple[str, ...]:
        prefix = path.rstrip("/") + "/"
        names = {p[len(prefix) :].split("/")[0] for p in self.content if p.startswith(prefix)}
        return tuple(sorted(names))

    def is_directory(self, path: str) -> bool:
        return any(p.startswith(path.rstrip("/") + "/") for p in self.content)

    def stamp(self, path: str) -> object:
        if path in self.content:
            return self.content[path]
        return tuple(p for p in self.content if posixpath.dirname(p) == path) or None
