"""Reads one operand: its kind, symbol, offset, registers and value.

An operand's text alone decides all of that, and the same few thousand operands fill every
file: each text is read once, at offset 0, and moved to where it stands.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tree_sitter import Node, Parser

from go_asm_lsp.syntax.constants import evaluate, parts, signed
from go_asm_lsp.syntax.language import (
    BINARY,
    ELEMENT,
    FLOAT,
    GROUP,
    IDENTIFIER,
    IMMEDIATE,
    INDIRECT,
    INSTRUCTION,
    INTEGER,
    LANGUAGE,
    MACRO_CALL,
    MEMORY,
    NAMES,
    PARENTHESIZED,
    QUOTED_SYMBOL,
    REGISTER_LIST,
    STATIC_SYMBOL,
    STRING,
    SUFFIXED,
    UNARY,
)
from go_asm_lsp.syntax.literals import check_string
from go_asm_lsp.syntax.nodes import Operand, OperandKind, Register, SymbolName, SyntaxProblem
from go_asm_lsp.text import Span

# The longest operand text that is remembered.
_LONGEST_KEPT = 200
# Reading descends into an expression; no real one is this large, and none may exhaust the stack.
MOST_NODES = 500

_SHIFTS = frozenset((b"<<", b">>", b"->", b"@>"))
_SCALES = frozenset((1, 2, 4, 8))


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
    operand = _operand(words[1], head + written, problems)
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


def _operand(node: Node, text: bytes, problems: list[SyntaxProblem]) -> Operand:
    match node.kind_id:
        case k if k == IMMEDIATE:
            return _immediate(node, text, problems)
        case k if k == INDIRECT:
            target = parts(node)[1]
            if target.kind_id == MEMORY:
                return _memory(node, target, OperandKind.INDIRECT, text, problems)
            return _plain(node, OperandKind.INDIRECT, text)
        case k if k == MEMORY:
            return _memory(node, node, OperandKind.MEMORY, text, problems)
        case k if k == REGISTER_LIST:
            return _plain(node, OperandKind.REGISTER_LIST, text)
        case k if k == GROUP:
            items = [item.kind_id in NAMES for item in parts(node) if item.is_named]
            is_pair = items == [True, True]
            kind = OperandKind.REGISTER_PAIR if is_pair else OperandKind.OTHER
            return _plain(node, kind, text)
        case k if k in (IDENTIFIER, SUFFIXED, ELEMENT):
            return _plain(node, OperandKind.REGISTER, text)
        case k if k == MACRO_CALL:
            if not _is_numbered_register(node):
                name = parts(node)[0]
                _report(problems, name, f"`{_text(name, text)[:40]}` is not a macro defined here")
            return _plain(node, OperandKind.OTHER, text)
    return _expression(node, text, problems)


def _plain(node: Node, kind: OperandKind, text: bytes) -> Operand:
    registers: list[Register] = []
    _gather(node, text, registers)
    return Operand(_span(node), kind, _text(node, text), registers=tuple(registers))


def _immediate(node: Node, text: bytes, problems: list[SyntaxProblem]) -> Operand:
    value = parts(node)[1]
    if value.kind_id == MEMORY:
        return _memory(node, value, OperandKind.ADDRESS, text, problems)
    if value.kind_id == PARENTHESIZED and parts(value)[1].kind_id in NAMES:
        # `$(R1)`, the address of what R1 points to.
        operand = _plain(node, OperandKind.ADDRESS, text)
        return Operand(
            operand.span,
            operand.kind,
            operand.text,
            offset=0,
            base=operand.registers[0] if operand.registers else None,
            registers=operand.registers,
        )
    first = _leftmost(value)
    if first.kind_id in NAMES:
        symbol, offset, offset_span = _displacement(value, first, text, problems)
        return Operand(
            _span(node), OperandKind.ADDRESS, _text(node, text), symbol, offset, offset_span
        )
    number = _checked_value(value, text, problems, is_immediate=True)
    return Operand(_span(node), OperandKind.IMMEDIATE, _text(node, text), value=number)


def _expression(node: Node, text: bytes, problems: list[SyntaxProblem]) -> Operand:
    """Reads an operand that is an expression with more than one part, or a constant."""
    first = _leftmost(node)
    if first.kind_id in NAMES:
        # All of `64-27` is the count in `R1 @> 64-27`.
        operator = parts(_around(first, node))[1]
        if text[operator.start_byte : operator.end_byte] in _SHIFTS:
            return _plain(node, OperandKind.SHIFT, text)
        symbol, offset, offset_span = _displacement(node, first, text, problems)
        return Operand(
            _span(node), OperandKind.MEMORY, _text(node, text), symbol, offset, offset_span
        )
    value = _checked_value(node, text, problems, is_immediate=False)
    if value is not None:
        return Operand(_span(node), OperandKind.INTEGER, _text(node, text), value=value)
    return _plain(node, OperandKind.OTHER, text)


def _checked_value(
    node: Node, text: bytes, problems: list[SyntaxProblem], *, is_immediate: bool
) -> int | None:
    literal = _find(node, (FLOAT, STRING))
    if literal is None:
        value = evaluate(node, text, problems)
        return None if value is None else signed(value)
    name = "floating-point" if literal.kind_id == FLOAT else "string"
    if not is_immediate:
        _report(problems, literal, f"a {name} constant must be an immediate: write it with `$`")
        return None
    inner = node
    while literal.kind_id == FLOAT and inner.kind_id in (UNARY, PARENTHESIZED):
        pieces = parts(inner)
        if inner.kind_id == UNARY and text[pieces[0].start_byte : pieces[0].end_byte] == b"~":
            break
        inner = pieces[1]
    if inner != literal:
        _report(problems, inner, f"a {name} constant takes no operators")
    elif literal.kind_id == STRING:
        message = check_string(_text(literal, text))
        if message is not None:
            _report(problems, literal, message)
    return None


def _memory(
    node: Node, memory: Node, kind: OperandKind, text: bytes, problems: list[SyntaxProblem]
) -> Operand:
    symbol: SymbolName | None = None
    offset: int | None = 0
    offset_span: Span | None = None
    displacement = memory.child_by_field_name("displacement")
    if displacement is not None:
        first = _leftmost(displacement)
        symbol, offset, offset_span = _displacement(displacement, first, text, problems)
    base, index = _address(memory.child_by_field_name("base"), text, problems)
    if base is None and index is not None and index.name == "VL":
        # arm64 counts in vector lengths here: `(VL*2)(R1)`.
        offset, offset_span, index = None, index.span, None
    second = memory.child_by_field_name("index")
    if second is not None:
        plain, scaled = _address(second, text, problems)
        if base is None and index is None:
            base = plain or scaled
        else:
            index = plain or scaled
    return Operand(
        _span(node),
        kind,
        _text(node, text),
        symbol,
        offset,
        offset_span,
        base,
        index,
        registers=tuple(register for register in (base, index) if register is not None),
    )


def _address(
    node: Node | None, text: bytes, problems: list[SyntaxProblem]
) -> tuple[Register | None, Register | None]:
    """Reads what stands between parentheses: a base, a scaled index, or both (`(R1+R2)`)."""
    if node is None:
        return None, None
    if node.kind_id != BINARY:
        return _register(node, text), None
    left, operator, right = parts(node)
    sign = text[operator.start_byte : operator.end_byte]
    register = _register(_leftmost(left), text)
    if right.kind_id in NAMES:
        return register, _register(right, text) if sign == b"+" else None
    factor = evaluate(right, text, problems)
    if sign == b"*":
        if factor is not None and factor not in _SCALES and register.name != "VL":
            _report(problems, right, "a scale is 1, 2, 4 or 8")
        return None, Register(register.span, register.name, factor or 1)
    if sign == b"<<" and factor is not None and factor < 64:
        return Register(register.span, register.name, 1 << factor), None
    return register, None


def _displacement(
    node: Node, first: Node, text: bytes, problems: list[SyntaxProblem]
) -> tuple[SymbolName | None, int | None, Span | None]:
    """Splits what stands before the parentheses into its symbol and the rest."""
    if first.kind_id not in NAMES:
        value = _checked_value(node, text, problems, is_immediate=False)
        return None, None if value is None else value, _span(node)
    symbol = read_symbol(first, text)
    if first == node:
        return symbol, 0, None
    operator = parts(_around(first, node))[1]
    value = None
    if text[operator.start_byte : operator.end_byte] in (b"+", b"-"):
        value = evaluate(node, text, problems, first)
    offset = None if value is None else signed(value)
    return symbol, offset, Span(operator.start_byte, node.end_byte)


def read_symbol(node: Node, text: bytes) -> SymbolName:
    """Reads a symbol's name: `·f`, `pkg∕path·f<>`, `f<ABIInternal>`."""
    is_static = False
    abi: str | None = None
    written = _text(node, text)
    if node.kind_id == STATIC_SYMBOL:
        selector = node.child_by_field_name("abi")
        written = _text(node.children[0], text)
        is_static = selector is None
        abi = None if selector is None else _text(selector, text)
    elif node.kind_id == QUOTED_SYMBOL:
        written = "·" + _text(parts(node)[-1], text)
    package, dot, name = written.rpartition("·")
    if not dot:
        return SymbolName(_span(node), None, name, is_static, abi)
    path = package.replace("∕", "/").replace("·", ".")
    return SymbolName(_span(node), path, name, is_static, abi)


def _register(node: Node, text: bytes) -> Register:
    while node.kind_id in (SUFFIXED, ELEMENT):
        node = node.children[0]
    written = _text(node, text)
    return Register(_span(node), "".join(written.split()))


def _gather(node: Node, text: bytes, registers: list[Register]) -> None:
    if node.kind_id in NAMES:
        registers.append(_register(node, text))
        return
    for child in node.named_children:
        _gather(child, text, registers)


def _is_numbered_register(node: Node) -> bool:
    """Tells whether a call is one of those that name registers: `R(10)`, `SPR(268)`."""
    arguments = parts(parts(node)[1])
    return len(arguments) == 3 and arguments[1].kind_id in (INTEGER, IDENTIFIER)


def _leftmost(node: Node) -> Node:
    while node.kind_id == BINARY:
        node = parts(node)[0]
    return node


def _around(first: Node, node: Node) -> Node:
    """Answers the binary expression below `node` that begins with its leftmost word."""
    while (left := parts(node)[0]) != first:
        node = left
    return node


def _find(node: Node, kinds: tuple[int, ...]) -> Node | None:
    if node.kind_id in kinds:
        return node
    for child in node.named_children:
        found = _find(child, kinds)
        if found is not None:
            return found
    return None


def _span(node: Node) -> Span:
    return Span(node.start_byte, node.end_byte)


def _text(node: Node, text: bytes) -> str:
    return text[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _report(problems: list[SyntaxProblem], node: Node, message: str) -> None:
    problems.append(SyntaxProblem(_span(node), message))
