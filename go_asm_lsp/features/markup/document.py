"""A small document: paragraphs, code, tables and a stack picture, free of any syntax.

A feature builds a `Document`; `render` turns it into Markdown or plain text. So no client
ever sees marks that it cannot draw. Nothing here knows what the words mean.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plain:
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words of a program inside a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a file; `line` is one-based, 0 for the file as a whole."""

    text: str
    path: str
    line: int = 0


Inline = Plain | Code | Strong | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list without order."""

    items: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One cell per column; a marked row is the one the question was about."""

    cells: tuple[Inline, ...]
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`right` has the indexes of the columns that hold numbers."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Box:
    """One line of a stack of boxes; `left` are its offsets, `cells` what is in it."""

    left: tuple[str, ...]
    cells: tuple[str, ...]
    right: str = ""
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Boxes:
    """Groups of boxes drawn on top of each other; `titles` stand above the offsets."""

    titles: tuple[str, ...]
    groups: tuple[tuple[Box, ...], ...]


Block = Paragraph | CodeBlock | Items | Table | Boxes


@dataclass(frozen=True, slots=True)
class Document:
    blocks: tuple[Block, ...]


def paragraph(*parts: Inline | str) -> Paragraph:
    """Makes a paragraph; strings are plain text."""
    return Paragraph(tuple(Plain(part) if isinstance(part, str) else part for part in parts))


def from_doc_comment(doc: str) -> tuple[Block, ...]:
    """Turns a Go doc comment's text into blocks: indented lines are code, blank lines part."""
    blocks: list[Block] = []
    lines: list[str] = []
    is_code = False

    def close() -> None:
        text = "\n".join(lines).strip("\n")
        lines.clear()
        if not text:
            return
        if is_code:
            blocks.append(CodeBlock("", _dedent(text)))
        else:
            blocks.append(paragraph(text))

    for line in doc.expandtabs(8).splitlines():
        starts_code = line.startswith((" ", "\t"))
        if line.strip() and starts_code != is_code:
            close()
            is_code = starts_code
        elif not line.strip() and not is_code:
            close()
            continue
        lines.append(line)
    close()
    return tuple(blocks)


def _dedent(text: str) -> str:
    lines = text.splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines)
