"""Parses Go assembly: text to tree, and macro-free text to typed statements.

Both are total: any bytes give an answer. What the words mean on an architecture is not
decided here, nor are macros known: `statements` is for text the preprocessor expanded.
"""

from __future__ import annotations

from tree_sitter import Language, Node, Parser, Tree

from go_asm_lsp.syntax import _goasm
from go_asm_lsp.syntax.nodes import (
    Data,
    FrameSize,
    Globl,
    Instruction,
    Label,
    Operand,
    OperandKind,
    ParsedText,
    Register,
    Statement,
    SymbolName,
    SyntaxProblem,
    Text,
)
from go_asm_lsp.text import Span

LANGUAGE = Language(_goasm.language())


def _kind(name: str) -> int:
    kind = LANGUAGE.id_for_node_kind(name, True)
    assert kind is not None, name
    return kind


IDENTIFIER = _kind("identifier")
SUFFIXED = _kind("suffixed")
ELEMENT = _kind("element")
MACRO_CALL = _kind("macro_call")
STATIC_SYMBOL = _kind("static_symbol")
QUOTED_SYMBOL = _kind("quoted_symbol")
BINARY = _kind("binary_expression")
UNARY = _kind("unary_expression")
PARENTHESIZED = _kind("parenthesized_expression")
INTEGER = _kind("integer")
FLOAT = _kind("float")
CHARACTER = _kind("character")
STRING = _kind("string")
IMMEDIATE = _kind("immediate")
INDIRECT = _kind("indirect")
MEMORY = _kind("memory")
REGISTER_PAIR = _kind("group")
REGISTER_LIST = _kind("register_list")
INSTRUCTION = _kind("instruction")
LABEL = _kind("label")
TEXT = _kind("text")
GLOBL = _kind("globl")
DATA = _kind("data")
FUNCTION = _kind("function")
FRAME_SIZE = _kind("frame_size")

NAMED = frozenset({IDENTIFIER, SUFFIXED, ELEMENT, MACRO_CALL, STATIC_SYMBOL, QUOTED_SYMBOL})
MASK = (1 << 64) - 1


def parse_tree(source: bytes, old: Tree | None = None) -> Tree:
    """Parses a whole file; `old` is its former tree, already edited, or None."""
    parser = Parser(LANGUAGE)
    return parser.parse(source) if old is None else parser.parse(source, old)


def statements(text: bytes) -> ParsedText:
    """Reads macro-free text into statements and syntax problems, in source order."""
    tree = parse_tree(text)
    found: list[Statement] = []
    problems: list[SyntaxProblem] = []
    _collect(tree.root_node, text, found, problems)
    return ParsedText(tuple(found), tuple(problems))


def _collect(
    root: Node, text: bytes, found: list[Statement], problems: list[SyntaxProblem]
) -> None:
    for node in root.named_children:
        kind = node.kind_id
        if kind == FUNCTION:
            _collect(node, text, found, problems)
        elif kind == INSTRUCTION:
            found.append(_instruction(node, text))
        elif kind == LABEL:
            name = node.children[0]
            found.append(Label(_span(name), _text(name, text)))
        elif kind == TEXT:
            found.append(_text_line(node, text))
        elif kind == GLOBL:
            found.append(_globl(node, text))
        elif kind == DATA:
            found.append(_data(node, text))
        elif node.is_error:
            problems.append(SyntaxProblem(_span(node), "syntax error"))


def _span(node: Node) -> Span:
    return Span(node.start_byte, node.end_byte)


def _text(node: Node, text: bytes) -> str:
    return text[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _instruction(node: Node, text: bytes) -> Instruction:
    mnemonic = node.child(0)
    assert mnemonic is not None
    suffixes: tuple[str, ...] = ()
    if mnemonic.kind_id == SUFFIXED:
        words = mnemonic.named_children
        mnemonic = words[0]
        suffixes = tuple(_text(word, text) for word in words[1:])
    operands = tuple(_operand(child, text) for child in node.children_by_field_name("operand"))
    return Instruction(_span(node), _text(mnemonic, text), _span(mnemonic), suffixes, operands)


def _operand(node: Node, text: bytes) -> Operand:
    span = _span(node)
    written = _text(node, text)
    inner = node
    prefix = node.kind_id
    if prefix in (IMMEDIATE, INDIRECT):
        child = node.named_child(0)
        if child is None:
            return Operand(span, OperandKind.OTHER, written)
        inner = child
    kind = inner.kind_id
    registers: list[Register] = []
    if kind == MEMORY:
        return _memory(node, inner, text)
    _gather_registers(inner, text, registers)
    if prefix == IMMEDIATE:
        if _leftmost(inner).kind_id in NAMED:
            symbol, offset, offset_span = _displacement(inner, text)
            return Operand(span, OperandKind.ADDRESS, written, symbol, offset, offset_span)
        return Operand(span, OperandKind.IMMEDIATE, written, value=_evaluate(inner, text))
    if prefix == INDIRECT:
        return Operand(span, OperandKind.INDIRECT, written, registers=tuple(registers))
    if kind in (IDENTIFIER, SUFFIXED, ELEMENT):
        return Operand(span, OperandKind.REGISTER, written, registers=tuple(registers))
    if kind == REGISTER_PAIR:
        return Operand(span, OperandKind.REGISTER_PAIR, written, registers=tuple(registers))
    if kind == REGISTER_LIST:
        return Operand(span, OperandKind.REGISTER_LIST, written, registers=tuple(registers))
    if kind == BINARY and _leftmost(inner).kind_id in NAMED:
        operator = inner.child(1)
        if operator is not None and _text(operator, text) in ("<<", ">>", "->", "@>"):
            return Operand(span, OperandKind.SHIFT, written, registers=tuple(registers))
        symbol, offset, offset_span = _displacement(inner, text)
        return Operand(span, OperandKind.MEMORY, written, symbol, offset, offset_span)
    value = _evaluate(inner, text)
    if value is not None:
        return Operand(span, OperandKind.INTEGER, written, value=value)
    return Operand(span, OperandKind.OTHER, written, registers=tuple(registers))


def _memory(node: Node, inner: Node, text: bytes) -> Operand:
    kind = OperandKind.MEMORY
    if node.kind_id == IMMEDIATE:
        kind = OperandKind.ADDRESS
    elif node.kind_id == INDIRECT:
        kind = OperandKind.INDIRECT
    symbol: SymbolName | None = None
    offset: int | None = 0
    offset_span: Span | None = None
    base: Register | None = None
    index: Register | None = None
    displacement = inner.child_by_field_name("displacement")
    if displacement is not None:
        symbol, offset, offset_span = _displacement(displacement, text)
    first = inner.child_by_field_name("base")
    if first is not None:
        base, index = _address(first, text)
    second = inner.child_by_field_name("index")
    if second is not None:
        into, scaled = _address(second, text)
        index = into or scaled
    registers: list[Register] = []
    for part in (first, second):
        if part is not None:
            _gather_registers(part, text, registers)
    return Operand(
        _span(node),
        kind,
        _text(node, text),
        symbol,
        offset,
        offset_span,
        base,
        index,
        registers=tuple(registers),
    )


def _address(node: Node, text: bytes) -> tuple[Register | None, Register | None]:
    """Reads what stands between parentheses: a base, a scaled index, or both."""
    if node.kind_id != BINARY:
        return _register(node, text), None
    left, operator, right = node.children[0], node.children[1], node.children[2]
    sign = _text(operator, text)
    if sign == "+" and right.kind_id in NAMED:
        return _register(left, text), _register(right, text)
    factor = _evaluate(right, text)
    if sign == "*":
        return None, _register(left, text, factor or 1)
    if sign == "<<" and factor is not None:
        return _register(left, text, 1 << min(factor, 63)), None
    return _register(_leftmost(left), text), None


def _register(node: Node, text: bytes, scale: int = 1) -> Register:
    if node.kind_id in (SUFFIXED, ELEMENT):
        node = node.children[0]
    return Register(_span(node), _text(node, text), scale)


def _gather_registers(node: Node, text: bytes, registers: list[Register]) -> None:
    if node.kind_id in NAMED:
        registers.append(_register(node, text))
        return
    for child in node.named_children:
        _gather_registers(child, text, registers)


def _leftmost(node: Node) -> Node:
    while node.kind_id == BINARY:
        node = node.children[0]
    return node


def _displacement(node: Node, text: bytes) -> tuple[SymbolName | None, int | None, Span | None]:
    first = _leftmost(node)
    if first.kind_id not in NAMED:
        return None, _evaluate(node, text), _span(node)
    symbol = _symbol(first, text)
    if first == node:
        return symbol, 0, None
    start = first.end_byte
    while text[start : start + 1] in (b" ", b"\t", b"\r"):
        start += 1
    return symbol, _evaluate(node, text, first), Span(start, node.end_byte)


def _symbol(node: Node, text: bytes) -> SymbolName:
    is_static = False
    abi = None
    written = node
    if node.kind_id == STATIC_SYMBOL:
        selector = node.child_by_field_name("abi")
        written = node.children[0]
        if selector is None:
            is_static = True
        else:
            abi = _text(selector, text)
    elif node.kind_id == QUOTED_SYMBOL:
        return SymbolName(_span(node), "", _text(node.named_children[-1], text))
    package, dot, name = _text(written, text).rpartition("·")
    if dot:
        return SymbolName(
            _span(node), package.replace("∕", "/").replace("·", "."), name, is_static, abi
        )
    return SymbolName(_span(node), None, name.replace("∕", "/"), is_static, abi)


def _evaluate(node: Node, text: bytes, zero: Node | None = None) -> int | None:
    """Computes a constant expression in 64 bits; `zero` is the name that counts as 0."""
    if zero is not None and node == zero:
        return 0
    kind = node.kind_id
    if kind == INTEGER:
        digits = _text(node, text)
        if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
            digits = "0o" + digits[1:]
        try:
            return _signed(int(digits, 0))
        except ValueError:
            return None
    if kind == UNARY:
        value = _evaluate(node.children[1], text, zero)
        if value is None:
            return None
        sign = _text(node.children[0], text)
        return _signed(-value if sign == "-" else ~value if sign == "~" else value)
    if kind == PARENTHESIZED:
        return _evaluate(node.named_children[0], text, zero)
    if kind != BINARY:
        return None
    left = _evaluate(node.children[0], text, zero)
    right = _evaluate(node.children[2], text, zero)
    if left is None or right is None:
        return None
    left &= MASK
    right &= MASK
    match _text(node.children[1], text):
        case "+":
            return _signed(left + right)
        case "-":
            return _signed(left - right)
        case "|":
            return _signed(left | right)
        case "^":
            return _signed(left ^ right)
        case "*":
            return _signed(left * right)
        case "/":
            return _signed(left // right) if right else None
        case "%":
            return _signed(left % right) if right else None
        case "&":
            return _signed(left & right)
        case "<<":
            return _signed(left << min(right, 64))
        case ">>":
            return _signed(left >> min(right, 64))
    return None


def _signed(value: int) -> int:
    value &= MASK
    return value - (1 << 64) if value >> 63 else value


def _text_line(node: Node, text: bytes) -> Text:
    symbol = node.child_by_field_name("symbol")
    flags = node.child_by_field_name("flags")
    frame = node.child_by_field_name("frame")
    operand = None if symbol is None else _operand(symbol, text)
    return Text(
        _span(node),
        _span(node.children[0]),
        None if operand is None else operand.symbol,
        None if operand is None else operand.offset,
        () if flags is None else _flags(flags, text),
        None if flags is None else _span(flags),
        None if frame is None else _frame_size(frame, text),
    )


def _flags(node: Node, text: bytes) -> tuple[str, ...]:
    if node.kind_id == BINARY:
        return _flags(node.children[0], text) + _flags(node.children[2], text)
    if node.kind_id == PARENTHESIZED:
        return _flags(node.named_children[0], text)
    return (_text(node, text),)


def _frame_size(node: Node, text: bytes) -> FrameSize | None:
    frame = node.child_by_field_name("frame")
    arguments = node.child_by_field_name("arguments")
    if frame is None:
        return None
    return FrameSize(
        _span(node),
        _evaluate(frame, text),
        None if arguments is None else _evaluate(arguments, text),
        _span(frame),
        None if arguments is None else _span(arguments),
    )


def _globl(node: Node, text: bytes) -> Globl:
    symbol = node.child_by_field_name("symbol")
    flags = node.child_by_field_name("flags")
    size = node.child_by_field_name("size")
    return Globl(
        _span(node),
        None if symbol is None else _operand(symbol, text).symbol,
        () if flags is None else _flags(flags, text),
        None if flags is None else _span(flags),
        None if size is None else _operand(size, text).value,
    )


def _data(node: Node, text: bytes) -> Data:
    symbol = node.child_by_field_name("symbol")
    width = node.child_by_field_name("width")
    value = node.child_by_field_name("value")
    operand = None if symbol is None else _operand(symbol, text)
    return Data(
        _span(node),
        None if operand is None else operand.symbol,
        None if operand is None else operand.offset,
        None if width is None else _evaluate(width, text),
        None if value is None else _operand(value, text),
    )
