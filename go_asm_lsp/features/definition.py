"""Where the thing under the cursor is defined: in assembly, headers and Go.

Works in .s files for everything they name, and in .go files from a function without a body to
its TEXT on every architecture.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from go_asm_lsp.golang.asmhdr import find_define
from go_asm_lsp.golang.source import read_source
from go_asm_lsp.semantics.cursor import subjects_at
from go_asm_lsp.semantics.model import FileModel, Function
from go_asm_lsp.semantics.resolve import (
    AssemblyDefinition,
    assembly_definitions,
    definitions_of,
    go_declaration,
    own_package,
)
from go_asm_lsp.semantics.subject import (
    OnFrame,
    OnInclude,
    OnLabel,
    OnMacro,
    OnMacroParameter,
    OnRegister,
    OnSymbol,
    OnText,
    Subject,
)
from go_asm_lsp.syntax.nodes import Operand, Text
from go_asm_lsp.text import Span
from go_asm_lsp.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Target:
    """A place to go to: the name itself, and all that belongs to it."""

    path: str
    span: Span
    full_span: Span


@dataclass(frozen=True, slots=True)
class Definition:
    """`origin` is what the question was about, in the file asked in."""

    origin: Span
    targets: tuple[Target, ...]


def definition(workspace: Workspace, path: str, offset: int) -> Definition | None:
    """Finds the definitions of what is at `offset` in a .s or .go file."""
    if path.endswith(".go"):
        return _from_go(workspace, path, offset)
    for model, subject in subjects_at(workspace.models(path), offset):
        targets = tuple(dict.fromkeys(_targets(workspace, model, subject)))
        if targets:
            return Definition(subject.span, targets)
    return None


def _from_go(workspace: Workspace, path: str, offset: int) -> Definition | None:
    source = workspace.source(path)
    if source is None:
        return None
    for declaration in read_source(path, source).declarations:
        is_ours = declaration.kind == "var" or (
            declaration.kind == "func" and not declaration.has_body and not declaration.is_method
        )
        if is_ours and declaration.name_span.contains(offset):
            found = definitions_of(workspace, posixpath.dirname(path), declaration.name)
            targets = tuple(_assembly(item) for item in found)
            return Definition(declaration.name_span, targets) if targets else None
    return None


def _targets(workspace: Workspace, model: FileModel, subject: Subject) -> Iterator[Target]:
    match subject:
        case OnSymbol():
            yield from _symbol(workspace, model, subject)
        case OnText(function=function) if function.text.symbol:
            yield from _go(workspace, model, function)
        case OnFrame(operand=operand, function=function):
            yield from _parameter(model, function, operand)
        case OnRegister(operand=operand, function=function) if function:
            yield from _parameter(model, function, operand)
        case OnLabel(name=name, function=function) if function:
            for label in function.labels():
                if label.name == name:
                    span = function.origin(label.span).span
                    yield Target(model.path, span, span)
        case OnMacro():
            yield from _macro(workspace, model, subject)
        case OnMacroParameter(declared=declared):
            yield Target(model.path, declared, declared)
        case OnInclude(include=include) if include.resolved:
            if workspace.source(include.resolved) is not None:
                yield Target(include.resolved, Span(0, 0), Span(0, 0))


def _symbol(workspace: Workspace, model: FileModel, subject: OnSymbol) -> Iterator[Target]:
    """Go's declaration first; then the assembly that defines it, unless we are there."""
    declared = go_declaration(workspace, model, subject.symbol)
    if declared:
        yield Target(declared.place.path, declared.place.span, declared.place.span)
    if declared and isinstance(subject.statement, Text):
        return
    here = model.configuration
    found = assembly_definitions(workspace, model, subject.symbol)
    # A build has what its own files say; others' are a last resort.
    own = [item for item in found if here in item.configurations]
    for item in own or [item for item in found if here.goarch in item.goarches] or found:
        yield _assembly(item)


def _go(workspace: Workspace, model: FileModel, function: Function) -> Iterator[Target]:
    symbol = function.text.symbol
    declared = go_declaration(workspace, model, symbol) if symbol else None
    if declared:
        yield Target(declared.place.path, declared.place.span, declared.place.span)


def _assembly(found: AssemblyDefinition) -> Target:
    return Target(found.path, found.span, found.line)


def _parameter(model: FileModel, function: Function, operand: Operand) -> Iterator[Target]:
    if function.frame is None or operand.base is None or operand.base.name != "FP":
        return
    slot = function.frame.slot(operand.symbol.name) if operand.symbol else None
    if slot is None and operand.offset is not None:
        slot = function.frame.slot_at(operand.offset)
    if slot:
        place = slot.parameter.place
        yield Target(place.path, place.span, place.span)


def _macro(workspace: Workspace, model: FileModel, subject: OnMacro) -> Iterator[Target]:
    macro = subject.macro
    if posixpath.basename(macro.path) == "go_asm.h" and workspace.source(macro.path) is None:
        package = own_package(workspace, model)
        define = find_define(package, macro.name) if package else None
        if define:
            yield Target(define.place.path, define.place.span, define.place.span)
    elif macro.path:
        full = Span(macro.name_span.start, max(macro.name_span.end, macro.body_span.end))
        yield Target(macro.path, macro.name_span, full)
