"""Reads one operand from its text.

An operand's text alone decides all of that, and the same few thousand operands fill every
file: each text is read once, at offset 0, and moved to where it stands.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tree_sitter import Parser

from go_asm_lsp.syntax.language import INSTRUCTION, LANGUAGE
from go_asm_lsp.syntax.nodes import Operand, OperandKind, Register, SymbolName, SyntaxProblem
from go_asm_lsp.syntax.operand_node import operand_of
from go_asm_lsp.text import Span

# The longest operand text that is remembered.
_LONGEST_KEPT = 200
# Reading descends into an expression; no real one is this large, and none may exhaust the stack.
MOST_NODES = 500


class Reading(NamedTuple):
    """An operand as if it stood at offset 0; `operand` is None when the text is not one."""

    operand: Operand | None
    problems: tuple[SyntaxProblem, ...]


def read_operand(written: bytes) -> Reading:
    """Reads the text of one operand."""
    return _read_short(written) if len(written) <= _LONGEST_KEPT else _read(written)


def _read(written: bytes) -> Reading:
    head = b"X "
    tree = Parser(LANGUAGE).parse(head + written + b"\n")
    statement = tree.root_node.named_child(0)
    if (
        tree.root_node.has_error
        or tree.root_node.named_child_count != 1
        or statement is None
        or statement.kind_id != INSTRUCTION
        or statement.end_byte != len(head) + len(written)
    ):
        return Reading(None, ())
    words = [child for child in statement.named_children if not child.is_extra]
    if len(words) != 2:
        return Reading(None, ())
    if words[1].descendant_count > MOST_NODES:
        text = written.decode("utf-8", "replace")
        return Reading(Operand(Span(0, len(written)), OperandKind.OTHER, text), ())
    problems: list[SyntaxProblem] = []
    operand = operand_of(words[1], head + written, problems)
    distance = -len(head)
    return Reading(
        moved(operand, distance),
        tuple(SyntaxProblem(p.span.shifted(distance), p.message) for p in problems),
    )


_read_short = lru_cache(maxsize=1 << 14)(_read)


def place_operand(written: bytes, start: int, problems: list[SyntaxProblem]) -> Operand:
    """Reads an operand's text that stands at `start`; what is no operand is of kind OTHER."""
    reading = read_operand(written)
    if reading.problems:
        problems.extend(SyntaxProblem(p.span.shifted(start), p.message) for p in reading.problems)
    if reading.operand is None:
        span = Span(start, start + len(written))
        return Operand(span, OperandKind.OTHER, written.decode("utf-8", "replace"))
    return moved(reading.operand, start)


def moved(operand: Operand, distance: int) -> Operand:
    """Answers the same operand `distance` bytes further on."""
    span = Span(operand.span.start + distance, operand.span.end + distance)
    if operand.kind is OperandKind.IMMEDIATE:
        return Operand(span, operand.kind, operand.text, value=operand.value)
    symbol = operand.symbol
    if symbol is not None:
        symbol = SymbolName(
            symbol.span.shifted(distance), symbol.package, symbol.name, symbol.is_static, symbol.abi
        )
    offset_span = operand.offset_span
    if offset_span is not None:
        offset_span = offset_span.shifted(distance)
    base = index = None
    registers: list[Register] = []
    for register in operand.registers:
        span_there = Span(register.span.start + distance, register.span.end + distance)
        there = Register(span_there, register.name, register.scale)
        registers.append(there)
        if register is operand.base:
            base = there
        elif register is operand.index:
            index = there
    return Operand(
        span,
        operand.kind,
        operand.text,
        symbol,
        operand.offset,
        offset_span,
        base,
        index,
        operand.value,
        tuple(registers),
    )
