"""Reads the node of one operand: its kind, symbol, offset, registers and value."""

from __future__ import annotations

from tree_sitter import Node

from go_asm_lsp.syntax.constants import evaluate, parts, signed
from go_asm_lsp.syntax.language import (
    BINARY,
    ELEMENT,
    FLOAT,
    GROUP,
    IDENTIFIER,
    IMMEDIATE,
    INDIRECT,
    MACRO_CALL,
    MEMORY,
    NAMES,
    PARENTHESIZED,
    REGISTER_LIST,
    STRING,
    SUFFIXED,
    UNARY,
)
from go_asm_lsp.syntax.literals import check_string
from go_asm_lsp.syntax.names import (
    around,
    gather_registers,
    is_numbered_register,
    leftmost,
    read_register,
    read_symbol,
    span_of,
    text_of,
)
from go_asm_lsp.syntax.nodes import Operand, OperandKind, Register, SymbolName, SyntaxProblem
from go_asm_lsp.text import Span

_SHIFTS = frozenset((b"<<", b">>", b"->", b"@>"))
_SCALES = frozenset((1, 2, 4, 8))


def operand_of(node: Node, text: bytes, problems: list[SyntaxProblem]) -> Operand:
    """Reads an operand's node; what is wrong inside it is appended to `problems`."""
    kind = node.kind_id
    if kind == IMMEDIATE:
        return _immediate(node, text, problems)
    if kind == INDIRECT:
        target = parts(node)[1]
        if target.kind_id == MEMORY:
            return _memory(node, target, OperandKind.INDIRECT, text, problems)
        return _plain(node, OperandKind.INDIRECT, text)
    if kind == MEMORY:
        return _memory(node, node, OperandKind.MEMORY, text, problems)
    if kind == REGISTER_LIST:
        return _plain(node, OperandKind.REGISTER_LIST, text)
    if kind == GROUP:
        are_names = [item.kind_id in NAMES for item in parts(node) if item.is_named]
        is_pair = are_names == [True, True]
        return _plain(node, OperandKind.REGISTER_PAIR if is_pair else OperandKind.OTHER, text)
    if kind in (IDENTIFIER, SUFFIXED, ELEMENT):
        return _plain(node, OperandKind.REGISTER, text)
    if kind == MACRO_CALL:
        if not is_numbered_register(node):
            name = parts(node)[0]
            _report(problems, name, f"`{text_of(name, text)[:40]}` is not a macro defined here")
        return _plain(node, OperandKind.OTHER, text)
    return _expression(node, text, problems)


def _plain(node: Node, kind: OperandKind, text: bytes) -> Operand:
    registers: list[Register] = []
    gather_registers(node, text, registers)
    return Operand(span_of(node), kind, text_of(node, text), registers=tuple(registers))


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
    first = leftmost(value)
    if first.kind_id in NAMES:
        symbol, offset, offset_span = _displacement(value, first, text, problems)
        return Operand(
            span_of(node), OperandKind.ADDRESS, text_of(node, text), symbol, offset, offset_span
        )
    number = _checked_value(value, text, problems, is_immediate=True)
    return Operand(span_of(node), OperandKind.IMMEDIATE, text_of(node, text), value=number)


def _expression(node: Node, text: bytes, problems: list[SyntaxProblem]) -> Operand:
    """Reads an operand that is an expression with more than one part, or a constant."""
    first = leftmost(node)
    if first.kind_id in NAMES:
        if first != node:
            # All of `64-27` is the count in `R1 @> 64-27`.
            operator = parts(around(first, node))[1]
            if text[operator.start_byte : operator.end_byte] in _SHIFTS:
                return _plain(node, OperandKind.SHIFT, text)
        symbol, offset, offset_span = _displacement(node, first, text, problems)
        return Operand(
            span_of(node), OperandKind.MEMORY, text_of(node, text), symbol, offset, offset_span
        )
    value = _checked_value(node, text, problems, is_immediate=False)
    if value is not None:
        return Operand(span_of(node), OperandKind.INTEGER, text_of(node, text), value=value)
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
        message = check_string(text_of(literal, text))
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
        first = leftmost(displacement)
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
        span_of(node),
        kind,
        text_of(node, text),
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
        return read_register(node, text), None
    left, operator, right = parts(node)
    sign = text[operator.start_byte : operator.end_byte]
    register = read_register(leftmost(left), text)
    if right.kind_id in NAMES:
        return register, read_register(right, text) if sign == b"+" else None
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
        return None, None if value is None else value, span_of(node)
    symbol = read_symbol(first, text)
    if first == node:
        return symbol, 0, None
    operator = parts(around(first, node))[1]
    value = None
    if text[operator.start_byte : operator.end_byte] in (b"+", b"-"):
        value = evaluate(node, text, problems, first)
    offset = None if value is None else signed(value)
    return symbol, offset, Span(operator.start_byte, node.end_byte)


def _find(node: Node, kinds: tuple[int, ...]) -> Node | None:
    if node.kind_id in kinds:
        return node
    for child in node.named_children:
        found = _find(child, kinds)
        if found is not None:
            return found
    return None


def _report(problems: list[SyntaxProblem], node: Node, message: str) -> None:
    problems.append(SyntaxProblem(span_of(node), message))
