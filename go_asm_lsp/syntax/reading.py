"""Reads the statement nodes of a tree that has no errors."""

from __future__ import annotations

from tree_sitter import Node

from go_asm_lsp.syntax.language import (
    DATA,
    FUNCTION,
    GLOBL,
    IDENTIFIER,
    INSTRUCTION,
    LABEL,
    MACRO_CALL,
    TEXT,
)
from go_asm_lsp.syntax.lines import read_line
from go_asm_lsp.syntax.nodes import (
    Instruction,
    Label,
    Operand,
    OperandKind,
    Register,
    Statement,
    SyntaxProblem,
)
from go_asm_lsp.syntax.operands import place_operand
from go_asm_lsp.syntax.pseudo import (
    OPERAND_RULES,
    check_operands,
    read_data,
    read_globl,
    read_text,
)
from go_asm_lsp.syntax.tokens import leaves, split_lines
from go_asm_lsp.text import Span


def read_nodes(
    nodes: list[Node], text: bytes, found: list[Statement], problems: list[SyntaxProblem]
) -> None:
    """Appends the statements some nodes stand for; nodes that are none append nothing."""
    for node in nodes:
        kind = node.kind_id
        if kind == INSTRUCTION:
            _read_instruction(node, text, found, problems)
        elif kind == FUNCTION:
            read_nodes(node.named_children, text, found, problems)
        elif kind == LABEL:
            name = node.children[0]
            span = Span(name.start_byte, name.end_byte)
            found.append(Label(span, text[span.start : span.end].decode()))
        elif kind in (TEXT, GLOBL):
            keyword, places = _keyword(node), _places(node)
            read = read_text if kind == TEXT else read_globl
            found.append(read(keyword, places, text, problems))
        elif kind == DATA:
            symbol, width, *value = _places(node)
            found.append(read_data(_keyword(node), [symbol, *value], width, text, problems))
        elif kind == MACRO_CALL:
            # No macros are left here, so it is an instruction without a blank: `CALL(AX)`.
            _read_tokens(node, text, found, problems)


def _read_tokens(
    node: Node, text: bytes, found: list[Statement], problems: list[SyntaxProblem]
) -> None:
    for line in split_lines(leaves([node], text), text):
        read_line(line, text, found, problems)


def _read_instruction(
    node: Node, text: bytes, found: list[Statement], problems: list[SyntaxProblem]
) -> None:
    word, *children = node.named_children
    operands = [child for child in children if not child.is_extra]
    commas = node.child_count - len(children) - 1
    if commas and commas >= len(operands):
        # An operand is missing.
        _read_tokens(node, text, found, problems)
        return
    suffixes: tuple[str, ...] = ()
    if word.kind_id != IDENTIFIER:
        suffixes = tuple(_written(part, text) for part in word.named_children[1:])
        word = word.children[0]
    start, end = word.start_byte, word.end_byte
    instruction = Instruction(
        Span(start, node.end_byte),
        text[start:end].decode(),
        Span(start, end),
        suffixes,
        tuple([_operand(operand, text, problems) for operand in operands]) if operands else (),
    )
    if instruction.mnemonic in OPERAND_RULES:
        check_operands(instruction, problems)
    found.append(instruction)


def _operand(node: Node, text: bytes, problems: list[SyntaxProblem]) -> Operand:
    start, end = node.start_byte, node.end_byte
    if node.kind_id != IDENTIFIER:
        return place_operand(text[start:end], start, problems)
    name = text[start:end].decode()
    span = Span(start, end)
    registers = (Register(span, name),)
    return Operand(span, OperandKind.REGISTER, name, None, None, None, None, None, None, registers)


def _keyword(node: Node) -> Span:
    keyword = node.children[0]
    return Span(keyword.start_byte, keyword.end_byte)


def _places(node: Node) -> list[Span]:
    return [
        Span(child.start_byte, child.end_byte)
        for child in node.named_children
        if not child.is_extra
    ]


def _written(node: Node, text: bytes) -> str:
    return text[node.start_byte : node.end_byte].decode("utf-8", "replace")
