"""One short function for each message: find the model, ask the core, convert the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types

from go_asm_lsp.features.code_action import code_actions
from go_asm_lsp.features.definition import definition as find_definition
from go_asm_lsp.features.hover import hover as find_hover
from go_asm_lsp.features.switch_source import switch_source as find_counterparts
from go_asm_lsp.lsp import convert, registration
from go_asm_lsp.lsp.architecture_response import architecture_response
from go_asm_lsp.lsp.config import is_for_us
from go_asm_lsp.lsp.frame_response import Json, frame_response
from go_asm_lsp.lsp.protocol import (
    ARCHITECTURE,
    FRAME_LAYOUT,
    SWITCH_SOURCE,
    ArchitectureParams,
    SwitchSourceParams,
)
from go_asm_lsp.lsp.switch_response import switch_response
from go_asm_lsp.lsp.uris import path_of

if TYPE_CHECKING:
    from go_asm_lsp.lsp.server import GoAsmServer

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Handler:
    """A function for a method, with the options that are announced for it."""

    method: str
    function: Callable[..., Any]
    options: Any = None


HANDLERS: list[Handler] = []


def handles(method: str, options: Any = None) -> Callable[[Function], Function]:
    """Registers a handler for a method."""

    def register(function: Function) -> Function:
        HANDLERS.append(Handler(method, function, options))
        return function

    return register


@handles(types.INITIALIZE)
def initialize(ls: GoAsmServer, params: types.InitializeParams) -> None:
    ls.configure(ls.client.options)


@handles(types.INITIALIZED)
def initialized(ls: GoAsmServer, params: types.InitializedParams) -> None:
    registration.register(ls)


@handles(types.TEXT_DOCUMENT_DID_OPEN)
def did_open(ls: GoAsmServer, params: types.DidOpenTextDocumentParams) -> None:
    item = params.text_document
    document = ls.documents.open(item.uri, item.text, item.version, item.language_id)
    ls.text_changed(document.path)
    ls.publisher.changed(document, at_once=True)


@handles(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(ls: GoAsmServer, params: types.DidChangeTextDocumentParams) -> None:
    changes = [convert.change_of(event) for event in params.content_changes]
    item = params.text_document
    document = ls.documents.change(item.uri, changes, item.version)
    ls.text_changed(document.path)
    ls.publisher.changed(document)


@handles(types.TEXT_DOCUMENT_DID_SAVE)
def did_save(ls: GoAsmServer, params: types.DidSaveTextDocumentParams) -> None:
    ls.disk_changed()


@handles(types.TEXT_DOCUMENT_DID_CLOSE)
def did_close(ls: GoAsmServer, params: types.DidCloseTextDocumentParams) -> None:
    path = path_of(params.text_document.uri)
    ls.documents.close(params.text_document.uri)
    ls.text_changed(path)
    ls.workspaces.of(path).forget(path)
    ls.publisher.closed(params.text_document.uri)


@handles(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
def did_change_watched_files(ls: GoAsmServer, params: types.DidChangeWatchedFilesParams) -> None:
    ls.disk_changed()


@handles(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
def did_change_configuration(ls: GoAsmServer, params: types.DidChangeConfigurationParams) -> None:
    if is_for_us(params.settings):
        ls.configure(params.settings)
    registration.ask_for_settings(ls)


@handles(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
def did_change_workspace_folders(
    ls: GoAsmServer, params: types.DidChangeWorkspaceFoldersParams
) -> None:
    ls.change_folders(params.event)


@handles(
    types.TEXT_DOCUMENT_DIAGNOSTIC,
    types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier=convert.SOURCE
    ),
)
def diagnostic(
    ls: GoAsmServer, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    return ls.reports.of_document(params.text_document.uri, params.previous_result_id)


@handles(types.WORKSPACE_DIAGNOSTIC)
async def workspace_diagnostic(
    ls: GoAsmServer, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    return await ls.reports.of_workspace(params.previous_result_ids)


@handles(types.TEXT_DOCUMENT_HOVER)
def hover(ls: GoAsmServer, params: types.HoverParams) -> types.Hover | None:
    place = ls.place(params.text_document, params.position)
    found = find_hover(ls.workspaces.of(place.path), place.path, place.offset)
    if found is None:
        return None
    contents = convert.to_markup(ls.client, found.document, ls.files.uri)
    return types.Hover(contents, convert.to_range(place.index, found.span))


@handles(FRAME_LAYOUT)
def frame_layout(ls: GoAsmServer, params: types.TextDocumentPositionParams) -> Json | None:
    place = ls.place(params.text_document, params.position)
    model = ls.model(place.path)
    return frame_response(model, place.offset, ls.files) if model else None


@handles(ARCHITECTURE)
def architecture(ls: GoAsmServer, params: ArchitectureParams) -> Json:
    path = path_of(params.text_document.uri)
    if params.goarch is not None:
        ls.choose_goarch(path, None if params.goarch == "auto" else params.goarch)
    return architecture_response(ls.workspaces.of(path), path)


@handles(SWITCH_SOURCE)
def switch_source(ls: GoAsmServer, params: SwitchSourceParams) -> Json:
    path = path_of(params.text_document.uri)
    position = params.position or types.Position(0, 0)
    offset = convert.offset_of(ls.files.index(path), position)
    return switch_response(find_counterparts(ls.workspaces.of(path), path, offset), ls.files)


@handles(types.TEXT_DOCUMENT_DEFINITION)
def definition(
    ls: GoAsmServer, params: types.DefinitionParams
) -> list[types.Location] | list[types.LocationLink]:
    place = ls.place(params.text_document, params.position)
    found = find_definition(ls.workspaces.of(place.path), place.path, place.offset)
    return convert.to_definition(found, place.index, ls.files, ls.client) if found else []


@handles(
    types.TEXT_DOCUMENT_CODE_ACTION,
    types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
)
def code_action(ls: GoAsmServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    path = path_of(params.text_document.uri)
    span = convert.span_of(ls.files.index(path), params.range)
    found = code_actions(ls.workspaces.of(path), path, span)
    asked = [action for action in found if convert.is_asked_for(action, params.context, ls.client)]
    shown = [(action, ls.shown(path, action.diagnostics)) for action in asked]
    return [
        convert.to_code_action(action, diagnostics, ls.files, ls.client)
        for action, diagnostics in shown
        if diagnostics or not action.diagnostics
    ]
