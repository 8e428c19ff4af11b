"""Fixtures drawn in text: several files in one string, a cursor mark, carets under ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable

from go_asm_lsp.text import Span

CURSOR = "<|>"
_CARETS = re.compile(r"^[ \t]*\^+ .*\n", re.M)
_FILE = re.compile(r"^-- (\S+) --\n", re.M)


def strip_annotations(marked: str) -> bytes:
    """Removes the lines of carets from a drawn fixture."""
    return _CARETS.sub("", marked).encode()


def annotate(source: bytes, notes: Iterable[tuple[Span, str]]) -> str:
    """Draws each note as a line of carets below the line its span starts on."""
    ordered = sorted(notes)
    start = 0
    drawn: list[str] = []
    for line in source.splitlines(keepends=True):
        drawn.append(line.decode())
        for span, text in ordered:
            if start <= span.start < start + len(line):
                before = line[: span.start - start].decode()
                covered = line[span.start - start : span.end - start].decode().rstrip("\n")
                carets = "^" * max(1, len(covered))
                drawn.append(re.sub(r"[^\t]", " ", before) + f"{carets} {text}\n")
        start += len(line)
    return "".join(drawn)


def extract_cursor(marked: str) -> tuple[bytes, int]:
    """Takes the cursor mark out and answers the text and the mark's byte offset."""
    before, mark, after = marked.partition(CURSOR)
    assert mark, "the fixture has no <|>"
    return (before + after).encode(), len(before.encode())


def split_files(archive: str) -> dict[str, str]:
    """Splits `-- name --` sections into file texts by name."""
    parts = _FILE.split(archive)
    assert not parts[0].strip(), "text before the first `-- name --`"
    return dict(zip(parts[1::2], parts[2::2], strict=True))
