"""The core's values as the protocol's, and the protocol's places as offsets. No decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lsprotocol import types

from go_asm_lsp.checks.diagnostic import Diagnostic, Edit, Severity
from go_asm_lsp.features.code_action import CodeAction
from go_asm_lsp.features.definition import Definition, Target
from go_asm_lsp.features.markup.document import Document
from go_asm_lsp.features.markup.render import to_markdown, to_plain
from go_asm_lsp.lsp.client import Client
from go_asm_lsp.lsp.documents import Change
from go_asm_lsp.lsp.files import OpenFileSystem
from go_asm_lsp.text import LineIndex, Position, Span

SOURCE = "go-asm"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}

_GO_VET = "https://pkg.go.dev/golang.org/x/tools/go/analysis/passes/"
_DESCRIPTIONS = {"asmdecl": _GO_VET + "asmdecl", "framepointer": _GO_VET + "framepointer"}
_ASSEMBLER = "https://go.dev/doc/asm"


def to_position(index: LineIndex, offset: int) -> types.Position:
    place = index.position(offset)
    return types.Position(place.line, place.column)


def to_range(index: LineIndex, span: Span) -> types.Range:
    return types.Range(to_position(index, span.start), to_position(index, span.end))


def to_location(files: OpenFileSystem, path: str, span: Span) -> types.Location:
    return types.Location(files.uri(path), to_range(files.index(path), span))


def offset_of(index: LineIndex, position: types.Position) -> int:
    return index.offset(Position(position.line, position.character))


def span_of(index: LineIndex, place: types.Range) -> Span:
    """Answers the bytes of a range; one given backwards counts forwards."""
    first, last = offset_of(index, place.start), offset_of(index, place.end)
    return Span(min(first, last), max(first, last))


def change_of(event: types.TextDocumentContentChangeEvent) -> Change:
    if isinstance(event, types.TextDocumentContentChangeWholeDocument):
        return Change(event.text)
    start, end = event.range.start, event.range.end
    return Change(
        event.text, Position(start.line, start.character), Position(end.line, end.character)
    )


def to_diagnostic(
    diagnostic: Diagnostic, severity: Severity, path: str, files: OpenFileSystem, client: Client
) -> types.Diagnostic:
    """Converts a finding in `path`, leaving out what the client does not understand."""
    related = None
    if client.related_information and diagnostic.related:
        related = [
            types.DiagnosticRelatedInformation(to_location(files, r.path, r.span), r.message)
            for r in diagnostic.related
        ]
    return types.Diagnostic(
        range=to_range(files.index(path), diagnostic.span),
        message=diagnostic.message,
        severity=_SEVERITIES[severity],
        code=diagnostic.code,
        code_description=_description(diagnostic.code) if client.code_description else None,
        source=SOURCE,
        related_information=related,
        data=_data(diagnostic) if client.diagnostic_data else None,
    )


def _description(code: str) -> types.CodeDescription:
    return types.CodeDescription(_DESCRIPTIONS.get(code.partition("/")[0], _ASSEMBLER))


def _data(diagnostic: Diagnostic) -> dict[str, list[str]]:
    titles = [fix.title for fix in diagnostic.fixes]
    return {"goarch": list(diagnostic.goarches), "fixes": titles}


def to_workspace_edit(
    edits: Iterable[Edit], created: str, files: OpenFileSystem, client: Client
) -> types.WorkspaceEdit:
    """Converts edits of several files, in the newer form where the client knows it.

    `created` is the path of a file to make first, or "".
    """
    by_path: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        place = to_range(files.index(edit.path), edit.span)
        by_path.setdefault(edit.path, []).append(types.TextEdit(place, edit.new_text))
    if not client.document_changes:
        return types.WorkspaceEdit(
            changes={files.uri(path): tuple(found) for path, found in by_path.items()}
        )
    changes: list[types.CreateFile | types.TextDocumentEdit] = []
    if created:
        # The editor may have a file there that was never saved.
        options = types.CreateFileOptions(ignore_if_exists=True)
        changes.append(types.CreateFile(files.uri(created), options=options))
    for path, found in by_path.items():
        identifier = types.OptionalVersionedTextDocumentIdentifier(
            files.uri(path), files.version(path)
        )
        changes.append(types.TextDocumentEdit(identifier, tuple(found)))
    return types.WorkspaceEdit(document_changes=changes)


def is_asked_for(action: CodeAction, context: types.CodeActionContext, client: Client) -> bool:
    """Tells whether the client wants such an action and can carry it out."""
    if not client.code_action_literals:
        return False
    if action.created and not (client.document_changes and client.create_files):
        return False
    wanted = [str(getattr(kind, "value", kind)) for kind in context.only or ("",)]
    return any(kind == "" or f"{action.kind.value}.".startswith(f"{kind}.") for kind in wanted)


def to_code_action(
    action: CodeAction,
    diagnostics: Sequence[types.Diagnostic],
    files: OpenFileSystem,
    client: Client,
) -> types.CodeAction:
    return types.CodeAction(
        title=action.fix.title,
        kind=action.kind.value,
        diagnostics=diagnostics or None,
        is_preferred=action.fix.is_preferred if client.preferred_code_actions else None,
        edit=to_workspace_edit(action.fix.edits, action.created, files, client),
    )


def to_definition(
    found: Definition, index: LineIndex, files: OpenFileSystem, client: Client
) -> list[types.Location] | list[types.LocationLink]:
    """Answers places to go to; `index` is of the file that was asked in."""
    if not client.definition_links:
        return [to_location(files, target.path, target.span) for target in found.targets]
    origin = to_range(index, found.origin)
    return [_link(origin, target, files) for target in found.targets]


def _link(origin: types.Range, target: Target, files: OpenFileSystem) -> types.LocationLink:
    index = files.index(target.path)
    return types.LocationLink(
        target_uri=files.uri(target.path),
        target_range=to_range(index, target.full_span),
        target_selection_range=to_range(index, target.span),
        origin_selection_range=origin,
    )


def to_markup(client: Client, text: Document, uri_of: Callable[[str], str]) -> types.MarkupContent:
    """Renders a text in the form the client shows."""
    if client.markdown_hover:
        return types.MarkupContent(types.MarkupKind.Markdown, to_markdown(text, uri_of))
    return types.MarkupContent(types.MarkupKind.PlainText, to_plain(text))
