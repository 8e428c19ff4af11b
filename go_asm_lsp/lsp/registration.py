"""What is asked of the client once it is ready: settings, news of files, Go documents.

Clients without these abilities are not asked; the server then sees what it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from go_asm_lsp.lsp.server import GoAsmServer

SECTION = "goAsm"

_WATCHED = ("**/*.{go,s,h}", "**/go.{mod,work}", "**/vendor/modules.txt")
_GO = [types.TextDocumentFilterLanguage(language="go", scheme="file")]


def register(ls: GoAsmServer) -> None:
    """Asks for everything that the client can give."""
    client = ls.client
    wanted: list[types.Registration] = []
    if client.register_configuration:
        options: object = types.DidChangeConfigurationRegistrationOptions(section=SECTION)
        wanted.append(_registration(types.WORKSPACE_DID_CHANGE_CONFIGURATION, options))
    if client.register_watched_files:
        watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted.append(_registration(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if client.register_synchronization:
        wanted += _go_documents(ls)
    if wanted:
        ls.client_register_capability(types.RegistrationParams(wanted))
    ask_for_settings(ls)


def ask_for_settings(ls: GoAsmServer) -> None:
    """Asks for the settings in force, if the client answers such questions."""
    if not ls.client.configuration:
        return

    def take(answers: Sequence[object]) -> None:
        for answer in answers:
            ls.configure(answer)

    items = [types.ConfigurationItem(section=SECTION)]
    ls.workspace_configuration(types.ConfigurationParams(items), take)


def _go_documents(ls: GoAsmServer) -> list[types.Registration]:
    """Asks for Go documents, so that an unsaved prototype counts."""
    selector = types.TextDocumentRegistrationOptions(document_selector=_GO)
    changes = types.TextDocumentChangeRegistrationOptions(
        sync_kind=types.TextDocumentSyncKind.Incremental, document_selector=_GO
    )
    wanted = [
        _registration(types.TEXT_DOCUMENT_DID_OPEN, selector),
        _registration(types.TEXT_DOCUMENT_DID_CHANGE, changes),
        _registration(types.TEXT_DOCUMENT_DID_CLOSE, selector),
    ]
    if ls.client.register_definition:
        wanted.append(_registration(types.TEXT_DOCUMENT_DEFINITION, selector))
    if ls.client.register_code_action:
        wanted.append(_registration(types.TEXT_DOCUMENT_CODE_ACTION, selector))
    return wanted


def _registration(method: str, options: object) -> types.Registration:
    return types.Registration(f"{SECTION}:{method}", method, options)
