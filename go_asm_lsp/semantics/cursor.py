"""What stands under a cursor in a .s file, for every feature that asks about one place.

Code of the file's configuration is looked up in its model. Code no configuration takes and
the bodies of macros are read from their own text as far as that goes: names in them are
found, but macros there are not expanded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from go_asm_lsp.preprocess.model import Block, Macro, SourceMap
from go_asm_lsp.semantics.model import FileModel, Function
from go_asm_lsp.semantics.statements import statements_of
from go_asm_lsp.semantics.subject import (
    OnFrame,
    OnInclude,
    OnLabel,
    OnMacro,
    OnMacroParameter,
    OnMnemonic,
    OnNumber,
    OnRegister,
    OnSymbol,
    OnText,
    Subject,
    TextPart,
)
from go_asm_lsp.syntax.nodes import (
    Data,
    Globl,
    Instruction,
    Label,
    Operand,
    OperandKind,
    Register,
    Statement,
    Text,
)
from go_asm_lsp.syntax.parser import statements
from go_asm_lsp.text import Span

_WORD = re.compile(rb"[\w\xc2\xb7\xe2\x88\x95\x80-\xff]+")


def subject_at(model: FileModel, offset: int) -> Subject | None:
    """Answers what the cursor at `offset` is on; None between words and in comments."""
    for include in model.preprocessed.includes:
        if include.span.contains(offset):
            return OnInclude(include.span, include)
    return _macro_at(model, offset) or _active(model, offset) or _inactive(model, offset)


def subjects_at(models: Sequence[FileModel], offset: int) -> Iterator[tuple[FileModel, Subject]]:
    """Yields what the cursor is on for each configuration; first those that take the code."""
    for model in sorted(models, key=lambda model: _is_inactive(model, offset)):
        subject = subject_at(model, offset)
        if subject:
            yield model, subject


def _is_inactive(model: FileModel, offset: int) -> bool:
    return any(region.contains(offset) for region in model.preprocessed.inactive)


def function_at(model: FileModel, offset: int) -> Function | None:
    """Finds the function whose text the cursor is in, its comments included."""
    found = None
    for function in model.functions:
        if function.origin(function.text.span).span.start > offset:
            break
        found = function
    return found


def _macro_at(model: FileModel, offset: int) -> Subject | None:
    use = model.preprocessed.use_at(offset)
    if use is not None:
        return OnMacro(use.name_span, use.macro, use)
    for macro in model.preprocessed.definitions:
        if macro.path != model.path:
            continue
        if macro.name_span.contains(offset):
            return OnMacro(macro.name_span, macro, None)
        if macro.name_span.end <= offset <= macro.body_span.end:
            return _in_definition(model, macro, offset)
    return None


def _in_definition(model: FileModel, macro: Macro, offset: int) -> Subject | None:
    word = _word_at(model.source, offset)
    if word is None:
        return None
    text = model.source[word.start : word.end].decode("utf-8", "replace")
    if text in (macro.parameters or ()):
        between = Span(macro.name_span.end, macro.body_span.start)
        declared = _find_word(model.source, text.encode(), between)
        return OnMacroParameter(word, macro, text, declared or word)
    for other in reversed(model.preprocessed.definitions):
        if other.name == text:
            return OnMacro(word, other, None)
    return _fragment(model, macro.body_span, offset)


def _word_at(source: bytes, offset: int) -> Span | None:
    start = source.rfind(b"\n", 0, offset) + 1
    end = source.find(b"\n", offset)
    for match in _WORD.finditer(source, start, len(source) if end < 0 else end):
        if match.start() <= offset <= match.end():
            return Span(match.start(), match.end())
    return None


def _find_word(source: bytes, word: bytes, within: Span) -> Span | None:
    for match in _WORD.finditer(source, within.start, within.end):
        if match.group() == word:
            return Span(match.start(), match.end())
    return None


def _active(model: FileModel, offset: int) -> Subject | None:
    blocks = model.preprocessed.blocks
    if blocks and not (model.functions and blocks[0] is model.functions[0].block):
        for place in blocks[0].source_map.expanded(offset):
            found = _in_statements(model.prelude.statements, place, None, blocks[0])
            if found:
                return found
    for function in model.functions:
        for place in function.block.source_map.expanded(offset):
            near = function.statements.near(place)
            # The TEXT line is no part of them.
            listed = (function.text, *near) if place <= function.text.span.end else near
            found = _in_statements(listed, place, function, function.block)
            if found:
                return found
    return None


def _inactive(model: FileModel, offset: int) -> Subject | None:
    for region in model.preprocessed.inactive:
        if region.contains(offset):
            return _fragment(model, region, offset)
    return None


def _fragment(model: FileModel, region: Span, offset: int) -> Subject | None:
    """Reads a piece of source by itself; its code belongs to the function around it."""
    # Continuations become blanks of the same length, so that offsets stay.
    text = re.sub(
        rb"\\\r?\n", lambda m: b" " * len(m.group()), model.source[region.start : region.end]
    )
    text = re.sub(rb"^[ \t]*#.*$", lambda m: b" " * len(m.group()), text, flags=re.M)
    block = Block(text, SourceMap.verbatim(model.path, region.start))
    parsed = statements(text).statements
    around = function_at(model, region.start)
    for function, listed in reversed(_split(parsed, block, around)):
        found = _in_statements(listed, offset - region.start, function, block)
        if isinstance(found, OnRegister) and _is_label(found.operand.text, around):
            return OnLabel(found.span, found.name, around, False)
        if found:
            return found
    return None


def _split(
    parsed: tuple[Statement, ...], block: Block, around: Function | None
) -> list[tuple[Function | None, tuple[Statement, ...]]]:
    """Groups statements by the TEXT line they follow, the first by the function around."""
    starts = [index for index, s in enumerate(parsed) if isinstance(s, Text)]
    first = parsed[: starts[0]] if starts else parsed
    before = None
    if around:
        before = replace(around, statements=statements_of(first), block=block)
    groups: list[tuple[Function | None, tuple[Statement, ...]]] = [(before, first)]
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(parsed)
        text = parsed[start]
        assert isinstance(text, Text)
        code = statements_of(parsed[start + 1 : end])
        groups.append((Function(text, code, block, None), parsed[start:end]))
    return groups


def _in_statements(
    listed: tuple[Statement, ...], place: int, function: Function | None, block: Block
) -> Subject | None:
    index = bisect_right(listed, place, key=lambda statement: statement.span.start) - 1
    # A label ends where the instruction on its line has not begun.
    for statement in reversed(listed[max(0, index - 1) : index + 1]):
        if statement.span.contains(place):
            found = _in_statement(statement, place, function)
            return _to_source(found, block) if found else None
    return None


def _to_source(subject: Subject, block: Block) -> Subject:
    return replace(subject, span=block.source_map.origin(subject.span).span)


def _in_statement(statement: Statement, place: int, function: Function | None) -> Subject | None:
    match statement:
        case Label():
            return OnLabel(statement.span, statement.name, function, True)
        case Text():
            return _in_text(statement, place, function)
        case Globl() | Data():
            return _in_data(statement, place, function)
        case Instruction():
            return _in_instruction(statement, place, function)


def _in_text(text: Text, place: int, function: Function | None) -> Subject | None:
    if function is None:
        return None
    if text.symbol and text.symbol.span.contains(place):
        return OnSymbol(text.symbol.span, text.symbol, text, function, True)
    if text.keyword.contains(place):
        return OnText(text.keyword, function, TextPart.KEYWORD)
    if text.flags_span and text.flags_span.contains(place):
        return OnText(text.flags_span, function, TextPart.FLAGS)
    if text.frame and text.frame.span.contains(place):
        return OnText(text.frame.span, function, TextPart.FRAME)
    return None


def _in_data(statement: Globl | Data, place: int, function: Function | None) -> Subject | None:
    symbol = statement.symbol
    if symbol and symbol.span.contains(place):
        return OnSymbol(symbol.span, symbol, statement, function, isinstance(statement, Globl))
    if isinstance(statement, Data) and statement.value and statement.value.span.contains(place):
        return _in_operand(statement.value, place, statement, function)
    keyword = Span(statement.span.start, statement.span.start + len(_keyword(statement)))
    return OnMnemonic(keyword, statement, function) if keyword.contains(place) else None


def _keyword(statement: Globl | Data) -> str:
    return "GLOBL" if isinstance(statement, Globl) else "DATA"


def _in_instruction(
    instruction: Instruction, place: int, function: Function | None
) -> Subject | None:
    for operand in instruction.operands:
        if operand.span.contains(place):
            return _in_operand(operand, place, instruction, function)
    first = instruction.operands[0].span.start if instruction.operands else instruction.span.end
    if place <= first:
        suffixes = sum(1 + len(suffix) for suffix in instruction.suffixes)
        word = Span(instruction.mnemonic_span.start, instruction.mnemonic_span.end + suffixes)
        return OnMnemonic(word, instruction, function) if word.contains(place) else None
    return None


def _in_operand(
    operand: Operand, place: int, statement: Statement, function: Function | None
) -> Subject | None:
    base = operand.base
    for register in _registers(operand):
        if register.span.contains(place) and not (
            operand.symbol and operand.symbol.span.contains(place)
        ):
            if operand.kind is OperandKind.REGISTER and _is_label(register.name, function):
                return OnLabel(register.span, register.name, function, False)
            return OnRegister(register.span, register.name, operand, function)
    if operand.symbol and (base is None or base.name not in ("FP", "SP")):
        return OnSymbol(operand.symbol.span, operand.symbol, statement, function, False)
    if operand.kind is OperandKind.REGISTER and _is_label(operand.text, function):
        return OnLabel(operand.span, operand.text, function, False)
    if base is not None and function is not None and operand.index is None:
        return OnFrame(operand.span, operand, function)
    if operand.value is not None:
        return OnNumber(operand.span, operand.value, operand)
    return None


def _registers(operand: Operand) -> Iterator[Register]:
    yield from operand.registers
    if operand.base:
        yield operand.base
    if operand.index:
        yield operand.index


def _is_label(name: str, function: Function | None) -> bool:
    return function is not None and any(label.name == name for label in function.labels())
