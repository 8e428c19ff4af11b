"""Parses Go assembly: text to tree, and macro-free text to typed statements.

Both are total: any bytes give an answer. What the words mean on an architecture is not
decided here, nor are macros known: `statements` is for text the preprocessor expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node, Parser, Tree

from go_asm_lsp.syntax.language import (
    COMMENT,
    DATA,
    FUNCTION,
    GLOBL,
    INSTRUCTION,
    LABEL,
    LANGUAGE,
    MACRO_CALL,
    TEXT,
)
from go_asm_lsp.syntax.lines import read_line
from go_asm_lsp.syntax.nodes import Label, ParsedText, Statement, SyntaxProblem
from go_asm_lsp.syntax.reading import read_nodes
from go_asm_lsp.syntax.tokens import leaves, split_lines
from go_asm_lsp.text import Span

# What may stand on a sound line.
_SOUND = frozenset((COMMENT, DATA, GLOBL, INSTRUCTION, LABEL, MACRO_CALL, TEXT))
# Blanks and comments up to the end of the text, with no line end outside a comment.
_UNENDED = re.compile(rb"(?:[ \t\r]|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*\Z")


def parse_tree(source: bytes, old: Tree | None = None) -> Tree:
    """Parses a whole file; `old` is its former tree, already edited, or None."""
    # A NUL ends tokens for tree-sitter, also inside a comment, where the assembler takes it.
    source = source.replace(b"\0", b"\1")
    parser = Parser(LANGUAGE)
    return parser.parse(source) if old is None else parser.parse(source, old)


def statements(text: bytes) -> ParsedText:
    """Reads macro-free text into statements and syntax problems, in source order.

    A line the grammar cannot take is read the way the assembler splits it, so that its
    labels, its mnemonic and its sound operands are still there.
    """
    root = parse_tree(text).root_node
    found: list[Statement] = []
    problems: list[SyntaxProblem] = []
    if root.has_error:
        for nodes in _sharing_lines(root):
            if all(node.kind_id in _SOUND and not node.has_error for node in nodes):
                read_nodes(nodes, text, found, problems)
                continue
            for line in split_lines(leaves(nodes, text), text):
                read_line(line, text, found, problems)
    else:
        read_nodes(root.named_children, text, found, problems)
    problems.extend(_end_problems(text, root, found))
    return ParsedText(tuple(found), _first_of_each_line(text, problems))


def _sharing_lines(root: Node) -> Iterator[list[Node]]:
    """Groups the statements of a tree so that no two groups share a line."""
    group: list[Node] = []
    last_row = -1
    for node in _flattened(root):
        if group and node.start_point.row > last_row:
            yield group
            group = []
        group.append(node)
        end = node.end_point
        # A node that takes in its line end does not reach into the next line.
        row = end.row - 1 if end.column == 0 and end.row > node.start_point.row else end.row
        last_row = max(last_row, row)
    if group:
        yield group


def _flattened(root: Node) -> Iterator[Node]:
    for node in root.children:
        if node.kind_id == FUNCTION:
            yield from node.children
        else:
            yield node


def _end_problems(text: bytes, root: Node, found: list[Statement]) -> list[SyntaxProblem]:
    last = root.descendant_for_byte_range(len(text) - 1, len(text)) if text else None
    if last is not None and last.kind_id == COMMENT and text.startswith(b"/*", last.start_byte):
        written = text[last.start_byte : last.end_byte]
        if len(written) < 4 or not written.endswith(b"*/"):
            span = Span(last.start_byte, last.start_byte + 2)
            return [SyntaxProblem(span, "comment not terminated")]
    if found and not isinstance(found[-1], Label):
        span = found[-1].span
        if _UNENDED.match(text, span.end):
            return [SyntaxProblem(span, "unexpected end of file: the last line has no line end")]
    return []


def _first_of_each_line(text: bytes, problems: list[SyntaxProblem]) -> tuple[SyntaxProblem, ...]:
    """Keeps one problem a line, as the assembler does: those behind it may follow from it."""
    kept: list[SyntaxProblem] = []
    for problem in sorted(problems, key=lambda problem: problem.span):
        if not kept or b"\n" in text[kept[-1].span.start : problem.span.start]:
            kept.append(problem)
    return tuple(kept)
