"""Reads the names inside an operand: symbols, registers, and the word an expression begins with."""

from __future__ import annotations

from tree_sitter import Node

from go_asm_lsp.syntax.constants import parts
from go_asm_lsp.syntax.language import (
    BINARY,
    ELEMENT,
    IDENTIFIER,
    INTEGER,
    NAMES,
    QUOTED_SYMBOL,
    STATIC_SYMBOL,
    SUFFIXED,
)
from go_asm_lsp.syntax.nodes import Register, SymbolName
from go_asm_lsp.text import Span


def read_symbol(node: Node, text: bytes) -> SymbolName:
    """Reads a symbol's name: `·f`, `pkg∕path·f<>`, `f<ABIInternal>`."""
    is_static = False
    abi: str | None = None
    whole = text_of(node, text)
    if node.kind_id == STATIC_SYMBOL:
        selector = node.child_by_field_name("abi")
        whole = text_of(node.children[0], text)
        is_static = selector is None
        abi = None if selector is None else text_of(selector, text)
    elif node.kind_id == QUOTED_SYMBOL:
        whole = "·" + text_of(parts(node)[-1], text)
    package, dot, name = whole.rpartition("·")
    if not dot:
        return SymbolName(span_of(node), None, name, is_static, abi)
    path = package.replace("∕", "/").replace("·", ".")
    return SymbolName(span_of(node), path, name, is_static, abi)


def read_register(node: Node, text: bytes) -> Register:
    """Reads a register's name, without an arrangement or an index."""
    while node.kind_id in (SUFFIXED, ELEMENT):
        node = node.children[0]
    return Register(span_of(node), "".join(text_of(node, text).split()))


def gather_registers(node: Node, text: bytes, registers: list[Register]) -> None:
    """Appends every name below a node, in order."""
    if node.kind_id in NAMES:
        registers.append(read_register(node, text))
        return
    for child in node.named_children:
        gather_registers(child, text, registers)


def is_numbered_register(node: Node) -> bool:
    """Tells whether a call is one of those that name registers: `R(10)`, `SPR(268)`."""
    arguments = parts(parts(node)[1])
    return len(arguments) == 3 and arguments[1].kind_id in (INTEGER, IDENTIFIER)


def leftmost(node: Node) -> Node:
    """Answers what an expression begins with."""
    while node.kind_id == BINARY:
        node = parts(node)[0]
    return node


def around(first: Node, node: Node) -> Node:
    """Answers the binary expression below `node` that begins with its leftmost word."""
    while (left := parts(node)[0]) != first:
        node = left
    return node


def span_of(node: Node) -> Span:
    return Span(node.start_byte, node.end_byte)


def text_of(node: Node, text: bytes) -> str:
    return text[node.start_byte : node.end_byte].decode("utf-8", "replace")
