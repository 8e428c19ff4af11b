"""Reads TEXT, GLOBL and DATA lines from the places of their operands, and checks pseudo-ops.

Only what is wrong on every architecture is reported, and nothing that rests on a name: it
may be a constant that is not known here (cmd/asm, asm.go: asmText and its neighbours).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tree_sitter import Node, Parser

from go_asm_lsp.syntax.constants import evaluate, parts, signed
from go_asm_lsp.syntax.language import FRAME_SIZE, INTEGER, LANGUAGE, UNARY
from go_asm_lsp.syntax.nodes import (
    Data,
    FrameSize,
    Globl,
    Instruction,
    Operand,
    OperandKind,
    SyntaxProblem,
    Text,
)
from go_asm_lsp.syntax.operands import MOST_NODES, place_operand
from go_asm_lsp.text import Span

OPERAND_RULES = {
    "FUNCDATA": ("immediate", "symbol"),
    "PCDATA": ("immediate", "immediate"),
    "PCALIGN": ("immediate",),
}

_FLAG = re.compile(r"[\w·∕]+")
_NAME = re.compile(r"(?<![\w.])[^\W\d]|·|∕")
_FRAME_RULE = "frame size must be an immediate constant: $frame or $frame-arguments"
_SIZE_RULE = "a TEXT line takes plain numbers: the assembler computes nothing here"


def read_text(
    keyword: Span, places: Sequence[Span], text: bytes, problems: list[SyntaxProblem]
) -> Text:
    """Reads `TEXT symbol(SB), flags, $frame-arguments`."""
    symbol = _symbol("TEXT", places, text, problems, may_have_offset=False)
    frame: FrameSize | None = None
    flags: Span | None = None
    if len(places) not in (2, 3):
        _report_count("expect two or three operands for TEXT", keyword, places[3:], problems)
    if len(places) >= 2:
        last = places[min(len(places), 3) - 1]
        frame = _frame(last, text, problems)
        flags = places[1] if len(places) > 2 or frame is None else None
        written = text[last.start : last.end].decode("utf-8", "replace")
        if frame is None and not (written.startswith("$") and _has_name(written)):
            problems.append(SyntaxProblem(last, _FRAME_RULE))
    return Text(
        _whole(keyword, places),
        keyword,
        None if symbol is None else symbol.symbol,
        None if symbol is None else symbol.offset,
        _flags("TEXT", flags, text, problems),
        flags,
        frame,
    )


def read_globl(
    keyword: Span, places: Sequence[Span], text: bytes, problems: list[SyntaxProblem]
) -> Globl:
    """Reads `GLOBL symbol(SB), flags, $size`."""
    symbol = _symbol("GLOBL", places, text, problems, may_have_offset=False)
    size: Operand | None = None
    if len(places) in (2, 3):
        size = _operand(places[-1], text, problems)
        _check_immediate("GLOBL", size, problems)
    else:
        _report_count("expect two or three operands for GLOBL", keyword, places[3:], problems)
    flags = places[1] if len(places) > 2 else None
    return Globl(
        _whole(keyword, places),
        None if symbol is None else symbol.symbol,
        _flags("GLOBL", flags, text, problems),
        flags,
        None if size is None else size.value,
    )


def read_data(
    keyword: Span,
    places: Sequence[Span],
    width_place: Span | None,
    text: bytes,
    problems: list[SyntaxProblem],
) -> Data:
    """Reads `DATA symbol+offset(SB)/width, value`; the first place ends before the slash."""
    symbol = _symbol("DATA", places, text, problems, may_have_offset=True)
    width: int | None = None
    value: Operand | None = None
    if len(places) != 2:
        _report_count("expect two operands for DATA", keyword, places[2:], problems)
    if width_place is not None:
        # The assembler reads the width in base ten only.
        written = text[width_place.start : width_place.end].decode("utf-8", "replace")
        width = int(written) if written.isdecimal() and len(written) < 20 else None
        if width is None and not _has_name(written):
            problems.append(SyntaxProblem(width_place, "a DATA width is a plain decimal number"))
    elif places:
        problems.append(SyntaxProblem(places[0], "expect /width for DATA, such as name(SB)/8"))
    if len(places) > 1:
        value = _operand(places[1], text, problems)
        _check_value(value, width, problems)
    return Data(
        _whole(keyword, [*places[:1], *([width_place] if width_place else []), *places[1:]]),
        None if symbol is None else symbol.symbol,
        None if symbol is None else symbol.offset,
        width,
        value,
    )


def check_operands(instruction: Instruction, problems: list[SyntaxProblem]) -> None:
    """Checks the operands of FUNCDATA, PCDATA and PCALIGN."""
    name = instruction.mnemonic
    rules = OPERAND_RULES[name]
    if len(instruction.operands) != len(rules):
        wanted = "one operand" if len(rules) == 1 else "two operands"
        problems.append(SyntaxProblem(instruction.mnemonic_span, f"expect {wanted} for {name}"))
        return
    for operand, rule in zip(instruction.operands, rules, strict=True):
        if rule == "symbol":
            _check_symbol(name, operand, problems, may_have_offset=True)
        else:
            _check_immediate(name, operand, problems)


def _whole(keyword: Span, places: Sequence[Span]) -> Span:
    return Span(keyword.start, max((place.end for place in places), default=keyword.end))


def _report_count(
    message: str, keyword: Span, extra: Sequence[Span], problems: list[SyntaxProblem]
) -> None:
    problems.append(SyntaxProblem(extra[0] if extra else keyword, message))


def _operand(place: Span, text: bytes, problems: list[SyntaxProblem]) -> Operand:
    return place_operand(text[place.start : place.end], place.start, problems)


def _symbol(
    name: str,
    places: Sequence[Span],
    text: bytes,
    problems: list[SyntaxProblem],
    *,
    may_have_offset: bool,
) -> Operand | None:
    if not places:
        return None
    operand = _operand(places[0], text, problems)
    _check_symbol(name, operand, problems, may_have_offset=may_have_offset)
    if operand.kind is OperandKind.REGISTER:
        # A half-typed `TEXT ·f` has its symbol already.
        return place_operand(f"{operand.text}(SB)".encode(), operand.span.start, [])
    return operand


def _check_symbol(
    name: str, operand: Operand, problems: list[SyntaxProblem], *, may_have_offset: bool
) -> None:
    if operand.symbol is None or operand.base is None or operand.base.name != "SB":
        message = f"{name} needs a symbol in the form name(SB)"
    elif operand.index is not None:
        message = f"{name} needs a symbol in the form name(SB), without an index"
    elif not may_have_offset and operand.offset:
        message = f"{name} symbol must not be offset from SB"
    else:
        return
    problems.append(SyntaxProblem(operand.span, message))


def _check_immediate(name: str, operand: Operand, problems: list[SyntaxProblem]) -> None:
    if operand.kind is OperandKind.IMMEDIATE and operand.value is not None:
        return
    if operand.base is None and _has_name(operand.text):
        return
    message = f"{name} needs an immediate constant here, such as $8"
    problems.append(SyntaxProblem(operand.span, message))


def _check_value(value: Operand, width: int | None, problems: list[SyntaxProblem]) -> None:
    if value.kind not in (OperandKind.IMMEDIATE, OperandKind.ADDRESS):
        message = "DATA value must be an immediate constant or address: write it with `$`"
        problems.append(SyntaxProblem(value.span, message))
    elif value.value is not None and width not in (None, 1, 2, 4, 8):
        message = f"a DATA integer is 1, 2, 4 or 8 bytes wide, not {width}"
        problems.append(SyntaxProblem(value.span, message))


def _flags(
    name: str, place: Span | None, text: bytes, problems: list[SyntaxProblem]
) -> tuple[str, ...]:
    if place is None:
        return ()
    operand = _operand(place, text, problems)
    if (operand.value is None and not _has_name(operand.text)) or operand.text.startswith("$"):
        message = f"{name} flags are an integer constant without `$`"
        problems.append(SyntaxProblem(place, message))
    return tuple(_FLAG.findall(operand.text))


def _frame(place: Span, text: bytes, problems: list[SyntaxProblem]) -> FrameSize | None:
    frame, found = _frame_at_origin(text[place.start : place.end])
    problems.extend(SyntaxProblem(p.span.shifted(place.start), p.message) for p in found)
    if frame is None:
        return None
    arguments = frame.arguments_span
    return FrameSize(
        place,
        frame.frame,
        frame.arguments,
        frame.frame_span.shifted(place.start),
        None if arguments is None else arguments.shifted(place.start),
    )


@lru_cache(maxsize=1 << 10)
def _frame_at_origin(written: bytes) -> tuple[FrameSize | None, tuple[SyntaxProblem, ...]]:
    head = b"TEXT f(SB), "
    text = head + written + b"\n"
    root = Parser(LANGUAGE).parse(text).root_node
    node = root.descendant_for_byte_range(len(head), len(head) + len(written))
    if root.has_error or node is None or node.kind_id != FRAME_SIZE:
        return None, ()
    if node.descendant_count > MOST_NODES:
        return None, ()
    frame, arguments = node.child_by_field_name("frame"), node.child_by_field_name("arguments")
    if frame is None:
        return None, ()
    problems: list[SyntaxProblem] = []
    distance = -len(head)
    sizes = FrameSize(
        Span(0, len(written)),
        _size(frame, text, problems),
        None if arguments is None else _size(arguments, text, problems),
        _span(frame).shifted(distance),
        None if arguments is None else _span(arguments).shifted(distance),
    )
    return sizes, tuple(SyntaxProblem(p.span.shifted(distance), p.message) for p in problems)


def _size(node: Node, text: bytes, problems: list[SyntaxProblem]) -> int | None:
    value = evaluate(node, text, problems)
    written = text[node.start_byte : node.end_byte].decode("utf-8", "replace")
    number = parts(node)[1] if node.kind_id == UNARY else node
    if number.kind_id != INTEGER and not _has_name(written):
        problems.append(SyntaxProblem(_span(node), _SIZE_RULE))
    return None if value is None else signed(value)


def _has_name(written: str) -> bool:
    return '"' not in written and _NAME.search(written) is not None


def _span(node: Node) -> Span:
    return Span(node.start_byte, node.end_byte)
