"""What an editor can do at a place: the fixes of findings, and the TEXT a prototype lacks.

A missing TEXT is written for each architecture that the package has assembly for, into the
file where a reader would look. It is no finding: the linker may find the symbol elsewhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from go_asm_lsp.arch.registry import arch_for
from go_asm_lsp.checks.diagnostic import Diagnostic, Edit, Fix
from go_asm_lsp.golang.declarations import Declaration
from go_asm_lsp.golang.frame import argument_frame
from go_asm_lsp.golang.model import GOARCHES, BuildConfiguration
from go_asm_lsp.golang.source import SourceFile, read_source
from go_asm_lsp.semantics.resolve import definitions_of
from go_asm_lsp.semantics.stub import stub
from go_asm_lsp.text import Span
from go_asm_lsp.workspace import Workspace

_INCLUDE = '#include "textflag.h"\n'


class ActionKind(Enum):
    FIX = "quickfix"
    CREATE_STUB = "quickfix.goAsm.createStub"


@dataclass(frozen=True, slots=True)
class CodeAction:
    """A change to offer, and the findings that it makes go away.

    `created` is the path of a file that the edits presume to exist, empty, and that does not.
    """

    kind: ActionKind
    fix: Fix
    diagnostics: tuple[Diagnostic, ...] = ()
    created: str = ""


def code_actions(workspace: Workspace, path: str, span: Span) -> tuple[CodeAction, ...]:
    """Lists what can be done about a selection in a .s or .go file, preferred actions first."""
    if path.endswith(".go"):
        return tuple(_stubs(workspace, path, span.start))
    offered: dict[Fix, list[Diagnostic]] = {}
    for diagnostic in workspace.diagnostics(path):
        for fix in diagnostic.fixes if _touches(diagnostic.span, span) else ():
            offered.setdefault(fix, []).append(diagnostic)
    actions = [
        CodeAction(ActionKind.FIX, fix, tuple(diagnostics)) for fix, diagnostics in offered.items()
    ]
    return tuple(sorted(actions, key=lambda action: not action.fix.is_preferred))


def _touches(span: Span, other: Span) -> bool:
    return span.start <= other.end and other.start <= span.end


def _stubs(workspace: Workspace, path: str, offset: int) -> Iterator[CodeAction]:
    source = workspace.source(path)
    declaration = _prototype_at(read_source(path, source), offset) if source else None
    if declaration is None:
        return
    directory = posixpath.dirname(path)
    configurations = _configurations(workspace, path, directory)
    found = definitions_of(workspace, directory, declaration.name)
    defined = {goarch for item in found for goarch in item.goarches}
    for configuration in configurations:
        if configuration.goarch not in defined:
            action = _stub(workspace, path, declaration.name, configuration)
            if action:
                yield action


def _prototype_at(file: SourceFile, offset: int) -> Declaration | None:
    for declaration in file.declarations:
        if declaration.kind != "func" or declaration.has_body or declaration.is_method:
            continue
        if declaration.start <= offset <= declaration.spec.end:
            return declaration
    return None


def _configurations(workspace: Workspace, path: str, directory: str) -> list[BuildConfiguration]:
    """Answers the builds a stub may be missing for: the one in use, those with assembly here."""
    own = workspace.environment.configuration
    others = [c for s in workspace.assembly_files(directory) for c in workspace.configurations(s)]
    by_goarch = {configuration.goarch: configuration for configuration in reversed([own, *others])}
    ordered = sorted(by_goarch.values(), key=lambda c: (c.goarch != own.goarch, c.goarch))
    return [c for c in ordered if _is_built(workspace, path, c)]


def _is_built(workspace: Workspace, path: str, configuration: BuildConfiguration) -> bool:
    package = workspace.package(posixpath.dirname(path), configuration)
    return package is not None and any(file.path == path for file in package.files)


def _stub(
    workspace: Workspace, path: str, name: str, configuration: BuildConfiguration
) -> CodeAction | None:
    directory = posixpath.dirname(path)
    package = workspace.package(directory, configuration)
    frame = argument_frame(package, name) if package else None
    arch = arch_for(configuration.goarch)
    if frame is None or not frame.is_complete or arch is None:
        return None
    text = stub(frame, arch)
    target = _assembly_file(workspace, path, configuration)
    source = workspace.source(target)
    title = f"Create the assembly stub of {name} for {configuration.goarch}"
    return _appended(title, target, source, text)


def _assembly_file(workspace: Workspace, path: str, configuration: BuildConfiguration) -> str:
    """Answers the file for a function's TEXT: named like the Go file, else the only one there."""
    directory = posixpath.dirname(path)
    stem = posixpath.basename(path).removesuffix(".go")
    words = stem.split("_")
    while len(words) > 1 and words[-1] in (*GOARCHES, "asm", "decl", "stub", "stubs"):
        words.pop()
    named = f"{directory}/{'_'.join(words)}_{configuration.goarch}.s"
    existing = [
        candidate
        for candidate in workspace.assembly_files(directory)
        if [c.goarch for c in workspace.configurations(candidate)] == [configuration.goarch]
    ]
    return existing[0] if named not in existing and len(existing) == 1 else named


def _appended(title: str, path: str, source: bytes | None, text: str) -> CodeAction:
    """Adds a TEXT at the end of a file, or in a new file."""
    kind = ActionKind.CREATE_STUB
    if source is None or not source.strip():
        edit = Edit(path, Span(0, len(source or b"")), f"{_INCLUDE}\n{text}")
        return CodeAction(kind, Fix(title, (edit,)), created=path if source is None else "")
    newline = "\r\n" if b"\r\n" in source else "\n"
    # One empty line between what is there and what is added.
    gap = max(0, 2 - len(re.findall(rb"\n", source[len(source.rstrip(b"\r\n")) :])))
    added = newline * gap + text.replace("\n", newline)
    edit = Edit(path, Span(len(source), len(source)), added)
    return CodeAction(kind, Fix(title, (edit,)))
