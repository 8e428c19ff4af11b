"""Evaluates constant expressions as the assembler does.

Arithmetic is that of uint64 (cmd/asm, parse.go: expr, term, factor). A name makes the value
unknown, never wrong: what it stands for is not known here.
"""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from go_asm_lsp.syntax.language import (
    BINARY,
    CHARACTER,
    INTEGER,
    PARENTHESIZED,
    UNARY,
)
from go_asm_lsp.syntax.literals import MAX_UNSIGNED, read_character, read_integer
from go_asm_lsp.syntax.nodes import SyntaxProblem
from go_asm_lsp.text import Span

# No constant can have these names; another register's may be one on another architecture.
_PSEUDO_REGISTERS = frozenset((b"SB", b"FP", b"PC"))
_HIGH_BIT = 1 << 63
_PRODUCTS = frozenset((b"*", b"/", b"%", b"&", b"<<", b">>", b"->", b"@>"))


def signed(value: int) -> int:
    """Reads 64 bits as a two's complement number."""
    value &= MAX_UNSIGNED
    return value - (1 << 64) if value & _HIGH_BIT else value


def evaluate(
    node: Node, text: bytes, problems: list[SyntaxProblem], zero: Node | None = None
) -> int | None:
    """Answers an expression's value, 0 ≤ value < 2⁶⁴; None when it has no value here.

    `zero` is a name inside it that counts as 0: the symbol of `x+8(FP)`.
    """
    kind = node.kind_id
    if kind == INTEGER:
        return _literal(node, text, problems, read_integer)
    if kind == CHARACTER:
        return _literal(node, text, problems, read_character)
    if kind == PARENTHESIZED:
        return evaluate(parts(node)[1], text, problems, zero)
    if kind == UNARY:
        return _unary(node, text, problems, zero)
    if kind == BINARY:
        return _binary(node, text, problems, zero)
    if zero is not None and node == zero:
        return 0
    if text[node.start_byte : node.end_byte] in _PSEUDO_REGISTERS:
        _report(problems, node, "a register cannot be part of an expression")
    return None


def _literal(
    node: Node, text: bytes, problems: list[SyntaxProblem], read: Callable[[str], int | str]
) -> int | None:
    value = read(text[node.start_byte : node.end_byte].decode("utf-8", "replace"))
    if isinstance(value, str):
        problems.append(SyntaxProblem(Span(node.start_byte, node.end_byte), value))
        return None
    return value


def _unary(node: Node, text: bytes, problems: list[SyntaxProblem], zero: Node | None) -> int | None:
    sign, operand = parts(node)
    value = evaluate(operand, text, problems, zero)
    if value is None:
        return None
    match text[sign.start_byte : sign.end_byte]:
        case b"-":
            return -value & MAX_UNSIGNED
        case b"~":
            return ~value & MAX_UNSIGNED
    return value


def _binary(
    node: Node, text: bytes, problems: list[SyntaxProblem], zero: Node | None
) -> int | None:
    left_side, operator, right_side = parts(node)
    sign = text[operator.start_byte : operator.end_byte]
    if sign == b">>" and _is_left_shift(right_side, text):
        # The assembler returns from a term at `<<`; what it makes of the rest is an accident.
        return None
    if sign in _PRODUCTS and _is_left_shift(left_side, text):
        _report(problems, operator, "a left shift must be in parentheses before another operator")
        return None
    left = evaluate(left_side, text, problems, zero)
    right = evaluate(right_side, text, problems, zero)
    message = _misuse(sign, left, right)
    if message is not None:
        _report(problems, right_side if right == 0 else operator, message)
        return None
    if left is None or right is None:
        return None
    return _apply(sign, left, right)


def parts(node: Node) -> list[Node]:
    """Answers a node's children, tokens included and comments left out."""
    return [child for child in node.children if not child.is_extra]


def _is_left_shift(node: Node, text: bytes) -> bool:
    if node.kind_id != BINARY:
        return False
    operator = parts(node)[1]
    return text[operator.start_byte : operator.end_byte] == b"<<"


def _misuse(sign: bytes, left: int | None, right: int | None) -> str | None:
    is_left_high = left is not None and bool(left & _HIGH_BIT)
    is_right_high = right is not None and bool(right & _HIGH_BIT)
    match sign:
        case b"/" if right == 0:
            return "division by zero"
        case b"/" if is_left_high:
            return "divide of value with high bit set"
        case b"%" if right == 0:
            return "modulo by zero"
        case b"%" if is_left_high:
            return "modulo of value with high bit set"
        case b"<<" if is_right_high:
            return "negative left shift count"
        case b">>" if is_right_high:
            return "negative right shift count"
        case b">>" if is_left_high:
            return "right shift of value with high bit set"
    return None


def _apply(sign: bytes, left: int, right: int) -> int | None:
    match sign:
        case b"+":
            value = left + right
        case b"-":
            value = left - right
        case b"|":
            value = left | right
        case b"^":
            value = left ^ right
        case b"*":
            value = left * right
        case b"/":
            value = left // right
        case b"%":
            value = left % right
        case b"&":
            value = left & right
        case b"<<":
            value = left << right if right < 64 else 0
        case b">>":
            value = left >> right if right < 64 else 0
        case _:
            return None
    return value & MAX_UNSIGNED


def _report(problems: list[SyntaxProblem], node: Node, message: str) -> None:
    problems.append(SyntaxProblem(Span(node.start_byte, node.end_byte), message))
