"""The other files of the same function: its Go prototype and its assembly elsewhere."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from go_asm_lsp.golang.source import read_source
from go_asm_lsp.semantics.cursor import function_at
from go_asm_lsp.semantics.resolve import AssemblyDefinition, definitions_of, go_declaration
from go_asm_lsp.text import Span
from go_asm_lsp.workspace import Workspace


class SourceKind(Enum):
    GO = "go"
    ASSEMBLY = "assembly"


@dataclass(frozen=True, slots=True)
class SwitchTarget:
    """A place to switch to; `label` is what a menu shows: the architectures, or "Go"."""

    kind: SourceKind
    label: str
    path: str
    span: Span


def switch_source(workspace: Workspace, path: str, offset: int) -> tuple[SwitchTarget, ...]:
    """Lists where to switch from `offset`: what is most likely wanted comes first.

    From assembly that is the Go prototype, then the other architectures; from Go the
    architecture in use, then the others. Outside any function the files themselves.
    """
    if path.endswith(".go"):
        targets = tuple(_from_go(workspace, path, offset))
    else:
        targets = tuple(_from_assembly(workspace, path, offset))
    return tuple(dict.fromkeys(targets))


def _from_go(workspace: Workspace, path: str, offset: int) -> Iterator[SwitchTarget]:
    source = workspace.source(path)
    if source is None:
        return
    directory = posixpath.dirname(path)
    before = [
        declaration
        for declaration in read_source(path, source).declarations
        if declaration.start <= offset and declaration.kind == "func"
    ]
    if before and not before[-1].has_body and not before[-1].is_method:
        found = _texts(workspace, directory, before[-1].name)
        if found:
            yield from found
            return
    for assembly in workspace.assembly_files(directory):
        yield _file(workspace, assembly)


def _from_assembly(workspace: Workspace, path: str, offset: int) -> Iterator[SwitchTarget]:
    directory = posixpath.dirname(path)
    for model in workspace.models(path):
        function = function_at(model, offset)
        symbol = function.text.symbol if function else None
        if symbol is None:
            continue
        declared = go_declaration(workspace, model, symbol)
        if declared:
            yield SwitchTarget(SourceKind.GO, "Go", declared.place.path, declared.place.span)
        if not symbol.is_static:
            here = function.origin(function.text.span).span if function else Span(0, 0)
            for target in _texts(workspace, directory, symbol.name):
                if target.path != path or not here.covers(target.span):
                    yield target
        return
    for assembly in workspace.assembly_files(directory):
        if assembly != path:
            yield _file(workspace, assembly)


def _texts(workspace: Workspace, directory: str, name: str) -> list[SwitchTarget]:
    found = [d for d in definitions_of(workspace, directory, name) if d.is_function]
    goarch = workspace.environment.configuration.goarch
    found.sort(key=lambda definition: (goarch not in definition.goarches, definition.path))
    return [_target(definition) for definition in found]


def _target(found: AssemblyDefinition) -> SwitchTarget:
    return SwitchTarget(SourceKind.ASSEMBLY, ", ".join(found.goarches), found.path, found.span)


def _file(workspace: Workspace, path: str) -> SwitchTarget:
    built = ", ".join(c.goarch for c in workspace.configurations(path))
    return SwitchTarget(SourceKind.ASSEMBLY, built or "not built", path, Span(0, 0))
