"""What the thing under the cursor is and means.

What single instructions do is not told here: that is the architecture manuals' subject.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, replace

from go_asm_lsp.arch.frame import RULES
from go_asm_lsp.features.markup.declaration import (
    assembly_block,
    flag_item,
    go_blocks,
    macro_blocks,
    number_items,
    word_blocks,
)
from go_asm_lsp.features.markup.document import (
    Block,
    Code,
    CodeBlock,
    Document,
    Items,
    Link,
    paragraph,
)
from go_asm_lsp.features.markup.function import (
    FunctionView,
    flags_blocks,
    frame_blocks,
    prototype_blocks,
    slot_blocks,
)
from go_asm_lsp.golang.abiinternal import register_frame
from go_asm_lsp.golang.asmhdr import find_define
from go_asm_lsp.semantics.cursor import subjects_at
from go_asm_lsp.semantics.frame_layout import frame_layout
from go_asm_lsp.semantics.model import FileModel, Function
from go_asm_lsp.semantics.resolve import assembly_definitions, go_declaration, own_package
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
from go_asm_lsp.semantics.text_flags import FLAGS
from go_asm_lsp.semantics.vocabulary import DIRECTIVES, PSEUDO_REGISTERS
from go_asm_lsp.syntax.nodes import Data, Globl, Instruction, Operand, Statement, Text
from go_asm_lsp.text import LineIndex, Span
from go_asm_lsp.workspace import Workspace

_FLAGS = {flag.name: flag for flag in FLAGS}


@dataclass(frozen=True, slots=True)
class Hover:
    """An answer, and the span of the file it is about."""

    span: Span
    document: Document


def hover(workspace: Workspace, path: str, offset: int) -> Hover | None:
    """Explains what is at `offset`, for all architectures the file is built for."""
    models = workspace.models(path)
    for model, subject in subjects_at(models, offset):
        blocks = _blocks(workspace, models, model, subject)
        if blocks:
            return Hover(subject.span, Document(tuple(blocks)))
    return None


def _blocks(
    workspace: Workspace, models: Sequence[FileModel], model: FileModel, subject: Subject
) -> Sequence[Block]:
    match subject:
        case OnText(function=function, part=part):
            return _text(workspace, models, model, function, part)
        case OnSymbol(function=function, statement=Text()) if function is not None:
            return _text(workspace, models, model, function, None)
        case OnSymbol():
            return _symbol(workspace, model, subject)
        case OnFrame(operand=operand, function=function):
            return slot_blocks(_views(models, model, function), operand)
        case OnRegister(name=name, operand=operand, function=function):
            return _register(model, name, operand, function)
        case OnMacro():
            return _macro(workspace, model, subject)
        case OnMacroParameter(macro=macro, name=name):
            return [paragraph(Code(name), " is a parameter of the macro ", Code(macro.name), ".")]
        case OnInclude():
            return _include(model, subject)
        case OnLabel(name=name, function=function):
            return _label(model, name, function)
        case OnMnemonic(statement=statement):
            return _mnemonic(statement)
        case OnNumber(value=value, operand=operand):
            return number_items(value, operand.text)


def _text(
    workspace: Workspace,
    models: Sequence[FileModel],
    model: FileModel,
    function: Function,
    part: TextPart | None,
) -> Sequence[Block]:
    symbol = function.text.symbol
    declared = go_declaration(workspace, model, symbol) if symbol else None
    blocks = prototype_blocks(function, declared, model.import_path)
    flags = flags_blocks(function)
    first, *others = _views(models, model, function)
    if first.layout.abi == "ABIInternal":
        package = own_package(workspace, model)
        registers = register_frame(package, function.name) if package else None
        first = replace(first, registers=registers)
    frames = frame_blocks([first, *others])
    match part:
        case TextPart.FLAGS:
            return [*flags, *blocks, *frames]
        case TextPart.KEYWORD:
            return [*blocks, *flags, *frames, *word_blocks(DIRECTIVES["TEXT"])]
    return [*blocks, *flags, *frames]


def _views(models: Sequence[FileModel], model: FileModel, function: Function) -> list[FunctionView]:
    """Lays out the function on each architecture it exists on, this model's first."""
    at = function.origin(function.text.span)
    views = [_view(model, function)]
    for other in models:
        if other is model:
            continue
        for candidate in other.functions:
            if candidate.origin(candidate.text.span) == at:
                views.append(_view(other, candidate))
                break
    return views


def _view(model: FileModel, function: Function) -> FunctionView:
    package = model.import_path
    layout = frame_layout(function, model.configuration.goarch, package)
    return FunctionView(function, layout, package)


def _symbol(workspace: Workspace, model: FileModel, subject: OnSymbol) -> Sequence[Block]:
    declared = go_declaration(workspace, model, subject.symbol)
    blocks: list[Block] = go_blocks(declared) if declared else []
    definitions = assembly_definitions(workspace, model, subject.symbol)
    for definition in definitions[:1]:
        source = workspace.source(definition.path) or b""
        if not declared:
            text = source[definition.line.start : definition.line.end]
            blocks.append(assembly_block(text.decode("utf-8", "replace")))
    if definitions:
        places: list[Code | Link | str] = []
        for definition in definitions[:8]:
            places.append(", " if places else "Assembly: ")
            places.append(_link(workspace, definition.path, definition.span.start))
        blocks.append(paragraph(*places))
    return blocks


def _link(workspace: Workspace, path: str, offset: int) -> Link:
    line = LineIndex(workspace.source(path) or b"").line_of(offset) + 1
    return Link(f"{posixpath.basename(path)}:{line}", path, line)


def _register(
    model: FileModel, name: str, operand: Operand, function: Function | None
) -> Sequence[Block]:
    rules = RULES[model.configuration.goarch]
    if name in rules.stack_pointers and not (name == "SP" and operand.symbol):
        return [
            assembly_block(f"offset({name})"),
            paragraph(
                "The hardware stack pointer. Without a name before the offset it counts from "
                "where the register points, so offsets are 0 or more."
            ),
        ]
    word = PSEUDO_REGISTERS.get(name)
    if word:
        return word_blocks(word)
    if name == rules.link:
        return [assembly_block(name), paragraph("The link register: where a call returns to.")]
    if name == rules.frame_pointer:
        text = "The frame pointer: the caller's must be kept for whoever unwinds the stack."
        return [assembly_block(name), paragraph(text)]
    return []


def _macro(workspace: Workspace, model: FileModel, subject: OnMacro) -> Sequence[Block]:
    macro, use = subject.macro, subject.use
    if posixpath.basename(macro.path) == "go_asm.h":
        blocks = _go_define(workspace, model, macro.name)
        if blocks:
            return blocks
    flag = _FLAGS.get(macro.name)
    if flag and macro.body.strip() == str(flag.value):
        return [Items((flag_item(flag),))]
    call = b"" if use is None else model.source[use.call.start : use.call.end]
    source = model.source if macro.path == model.path else workspace.source(macro.path) or b""
    line = LineIndex(source).line_of(macro.name_span.start) + 1
    return macro_blocks(macro, use, call.decode("utf-8", "replace"), line)


def _go_define(workspace: Workspace, model: FileModel, name: str) -> list[Block]:
    """Shows the value of a name of go_asm.h, and the Go constant, type or field behind it."""
    package = own_package(workspace, model)
    define = find_define(package, name) if package else None
    declared = package.declaration(define.declaration) if package and define else None
    if define is None or declared is None:
        return []
    blocks: list[Block] = [assembly_block(f"#define {define.name} {define.value}")]
    if define.place == declared.place:
        return [*blocks, *go_blocks(declared)]
    source = workspace.source(define.place.path) or b""
    lines = LineIndex(source)
    line = lines.line_span(lines.line_of(define.place.span.start))
    field = source[line.start : line.end].decode("utf-8", "replace").strip()
    blocks.append(CodeBlock("go", f"type {declared.name} struct {{\n\t…\n\t{field}\n}}"))
    link = _link(workspace, define.place.path, define.place.span.start)
    return [*blocks, paragraph("Declared at ", link, ".")]


def _include(model: FileModel, subject: OnInclude) -> Sequence[Block]:
    include = subject.include
    if include.resolved is None:
        return [paragraph(Code(include.written), " is not found.")]
    if include.written == "go_asm.h":
        return [
            paragraph(
                Code("go_asm.h"),
                " is written by the compiler: ",
                Code("const_name"),
                " for the package's integer, boolean and string constants, ",
                Code("T__size"),
                " and ",
                Code("T_field"),
                " for its struct types.",
            )
        ]
    return [paragraph(Link(include.resolved, include.resolved))]


def _label(model: FileModel, name: str, function: Function | None) -> Sequence[Block]:
    if function is None:
        return []
    uses = sum(
        operand.text == name
        for statement in function.statements
        if isinstance(statement, Instruction)
        for operand in statement.operands
    )
    times = "once" if uses == 1 else f"{uses} times"
    label = next((label for label in function.labels() if label.name == name), None)
    if label is None:
        return []
    line = LineIndex(model.source).line_of(function.origin(label.span).span.start) + 1
    return [
        assembly_block(f"{name}:"),
        paragraph(
            "Label of ",
            Code(function.display_name),
            " at ",
            Link(f"line {line}", model.path, line),
            f", used {times}.",
        ),
    ]


def _mnemonic(statement: Statement) -> Sequence[Block]:
    match statement:
        case Globl():
            word = DIRECTIVES.get("GLOBL")
        case Data():
            word = DIRECTIVES.get("DATA")
        case Instruction(mnemonic=mnemonic):
            word = DIRECTIVES.get(mnemonic)
        case _:
            word = None
    return word_blocks(word) if word else []
