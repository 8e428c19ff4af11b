"""Renders a document as Markdown, or as text that reads well with no markup at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from unicodedata import combining, east_asian_width

from go_asm_lsp.features.markup.document import (
    Block,
    Boxes,
    Code,
    CodeBlock,
    Document,
    Inline,
    Items,
    Link,
    Paragraph,
    Plain,
    Row,
    Strong,
    Table,
)

# What CommonMark and its tables could take for markup inside a sentence.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!])")
_LINE_START = re.compile(r"^(\s*\d*)([-+=.)])(?=\s|$)", re.M)
_MARK = "▶"


def to_markdown(document: Document, uri_of: Callable[[str], str] | None = None) -> str:
    """Renders as Markdown. Links need `uri_of`, which makes a URI of a path."""
    return "\n\n".join(_markdown_block(block, uri_of) for block in document.blocks)


def to_plain(document: Document) -> str:
    """Renders as plain text: aligned columns, no marks."""
    return "\n\n".join(_plain_block(block) for block in document.blocks)


def _markdown_block(block: Block, uri_of: Callable[[str], str] | None) -> str:
    match block:
        case Paragraph(parts):
            text = "".join(_markdown_inline(part, uri_of) for part in parts)
            return _LINE_START.sub(r"\1\\\2", text)
        case CodeBlock(language, text):
            return _fenced(language, text)
        case Items(items):
            return "\n".join(
                "- " + "".join(_markdown_inline(part, uri_of) for part in item) for item in items
            )
        case Table():
            return _markdown_table(block, uri_of)
        case Boxes():
            return _fenced("text", draw_boxes(block))


def _fenced(language: str, text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _markdown_inline(part: Inline, uri_of: Callable[[str], str] | None) -> str:
    match part:
        case Plain(text):
            return _escape(text)
        case Code(text):
            return _code_span(text)
        case Strong(text):
            return f"**{_escape(text)}**" if text.strip() else text
        case Link(text, path, line):
            if uri_of is None:
                return _escape(_place(part))
            anchor = f"#L{line}" if line else ""
            return f"[{_escape(text)}](<{uri_of(path)}{anchor}>)"


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _code_span(text: str) -> str:
    if not text:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _markdown_table(table: Table, uri_of: Callable[[str], str] | None) -> str:
    rules = ["---:" if column in table.right else "---" for column in range(len(table.header))]
    lines = [_markdown_row([_escape(title) for title in table.header]), _markdown_row(rules)]
    for row in table.rows:
        cells = [_markdown_cell(cell, row, uri_of) for cell in row.cells]
        lines.append(_markdown_row(cells))
    return "\n".join(lines)


def _markdown_cell(cell: Inline, row: Row, uri_of: Callable[[str], str] | None) -> str:
    # A table's cells end at a bar even inside a code span.
    text = re.sub(r"(?<!\\)\|", r"\\|", _markdown_inline(cell, uri_of)).replace("\n", " ")
    is_emphasised = row.is_marked and text and not isinstance(cell, Strong)
    return f"**{text}**" if is_emphasised else text


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _plain_block(block: Block) -> str:
    match block:
        case Paragraph(parts):
            return "".join(_plain_inline(part) for part in parts)
        case CodeBlock(_, text):
            return text
        case Items(items):
            return "\n".join("- " + "".join(map(_plain_inline, item)) for item in items)
        case Table():
            return _plain_table(block)
        case Boxes():
            return draw_boxes(block)


def _plain_inline(part: Inline) -> str:
    return _place(part) if isinstance(part, Link) else part.text


def _place(link: Link) -> str:
    where = f"{link.path}:{link.line}" if link.line else link.path
    return link.text if link.text == where else f"{link.text} ({where})"


def _plain_table(table: Table) -> str:
    has_marks = any(row.is_marked for row in table.rows)
    rows = [list(table.header)]
    rows += [[_plain_inline(cell) for cell in row.cells] for row in table.rows]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(table.header))]
    marks = [False, *(row.is_marked for row in table.rows)]
    lines = []
    for row, is_marked in zip(rows, marks, strict=True):
        cells = [
            _pad(cell, width, to_right=column in table.right)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        mark = (_MARK + " " if is_marked else "  ") if has_marks else ""
        lines.append((mark + "  ".join(cells)).rstrip())
    return "\n".join(lines)


def draw_boxes(stack: Boxes) -> str:
    """Draws boxes with line characters; each group is framed, its offsets stand to the left."""
    boxes = [box for group in stack.groups for box in group]
    labels = _columns([stack.titles, *(box.left for box in boxes)], to_right=True)
    texts = _columns([box.cells for box in boxes], to_right=False)
    inside = max((_width(text) for text in texts), default=0) + 2
    margin = " " * (_width(labels[0]) + 3)
    lines = [labels[0]] if any(stack.titles) else []
    lines.append(f"{margin}┌{'─' * inside}┐")
    index = 0
    for group in stack.groups:
        for box in group:
            mark = _MARK if box.is_marked else " "
            text = _pad(f" {texts[index]} ", inside, to_right=False)
            lines.append(f"{labels[index + 1]} {mark} │{text}│ {box.right}".rstrip())
            index += 1
        if index < len(boxes):
            lines.append(f"{margin}├{'─' * inside}┤")
    lines.append(f"{margin}└{'─' * inside}┘")
    return "\n".join(lines)


def _columns(rows: Sequence[Sequence[str]], *, to_right: bool) -> list[str]:
    """Pads the cells of rows, which may differ in length, to common column widths."""
    count = max((len(row) for row in rows), default=0)
    widths = [
        max((_width(row[column]) for row in rows if column < len(row)), default=0)
        for column in range(count)
    ]
    return [
        "  ".join(
            _pad(row[column] if column < len(row) else "", widths[column], to_right=to_right)
            for column in range(count)
        )
        for row in rows
    ]


def _pad(text: str, width: int, *, to_right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if to_right else text + blanks


def _width(text: str) -> int:
    """Counts the columns a terminal uses for a text."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )
