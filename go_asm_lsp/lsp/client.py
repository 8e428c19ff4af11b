"""What the connected client can do, read from the JSON of its `initialize` request.

Total: a client may leave anything out or send the wrong type for it; that feature is then
taken as missing. It reads plain JSON because it is needed before any protocol library is
loaded, and because decoding all capabilities costs more than the rest of start-up.
"""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.text import Encoding

_ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


@dataclass(frozen=True, slots=True)
class Client:
    """One client's abilities and what it opened. Field names say what is supported."""

    encoding: Encoding = "utf-16"
    folders: tuple[str, ...] = ()  # URIs
    options: object = None  # initializationOptions
    markdown_hover: bool = False
    related_information: bool = False
    code_description: bool = False
    diagnostic_tags: bool = False
    diagnostic_data: bool = False
    diagnostic_version: bool = False
    pull_diagnostics: bool = False
    definition_links: bool = False
    code_action_literals: bool = False
    preferred_code_actions: bool = False
    document_changes: bool = False
    create_files: bool = False
    configuration: bool = False
    register_configuration: bool = False
    register_watched_files: bool = False
    register_synchronization: bool = False
    register_definition: bool = False
    register_code_action: bool = False
    inactive_regions: bool = False


def read_client(params: object) -> Client:
    """Reads the parameters of `initialize`."""
    hover_formats = _list(params, "capabilities.textDocument.hover.contentFormat")
    document = "capabilities.textDocument."
    workspace = "capabilities.workspace."
    published = document + "publishDiagnostics."
    return Client(
        encoding=_encoding(params),
        folders=_folders(params),
        options=_get(params, "initializationOptions"),
        markdown_hover="markdown" in hover_formats,
        related_information=_flag(params, published + "relatedInformation"),
        code_description=_flag(params, published + "codeDescriptionSupport"),
        diagnostic_tags=_has(params, published + "tagSupport"),
        diagnostic_data=_flag(params, published + "dataSupport"),
        diagnostic_version=_flag(params, published + "versionSupport"),
        pull_diagnostics=_asks_for_diagnostics(params),
        definition_links=_flag(params, document + "definition.linkSupport"),
        code_action_literals=_has(params, document + "codeAction.codeActionLiteralSupport"),
        preferred_code_actions=_flag(params, document + "codeAction.isPreferredSupport"),
        document_changes=_flag(params, workspace + "workspaceEdit.documentChanges"),
        create_files="create" in _list(params, workspace + "workspaceEdit.resourceOperations"),
        configuration=_flag(params, workspace + "configuration"),
        register_configuration=_flag(
            params, workspace + "didChangeConfiguration.dynamicRegistration"
        ),
        register_watched_files=_flag(
            params, workspace + "didChangeWatchedFiles.dynamicRegistration"
        ),
        register_synchronization=_flag(params, document + "synchronization.dynamicRegistration"),
        register_definition=_flag(params, document + "definition.dynamicRegistration"),
        register_code_action=_flag(params, document + "codeAction.dynamicRegistration"),
        inactive_regions=_flag(params, "capabilities.experimental.goAsm.inactiveRegions"),
    )


def _asks_for_diagnostics(params: object) -> bool:
    """Tells whether findings are left to the client's own questions.

    A client that cannot be told to ask again would never see what an edit in a Go file means
    for assembly. Neovim (up to 0.12) can be told, but drops the answer for open buffers.
    """
    return (
        _has(params, "capabilities.textDocument.diagnostic")
        and _flag(params, "capabilities.workspace.diagnostics.refreshSupport")
        and _get(params, "clientInfo.name") != "Neovim"
    )


def _encoding(params: object) -> Encoding:
    """Answers the first offered encoding that is known, as pygls does; UTF-16 without any."""
    for offered in _list(params, "capabilities.general.positionEncodings"):
        for encoding in _ENCODINGS:
            if offered == encoding:
                return encoding
    return "utf-16"


def _folders(params: object) -> tuple[str, ...]:
    """Answers the opened folders; the one root of older clients; nothing for a single file."""
    folders = [_get(folder, "uri") for folder in _list(params, "workspaceFolders")]
    folders = folders or [_get(params, "rootUri")]
    found = tuple(folder for folder in folders if isinstance(folder, str) and folder)
    root = _get(params, "rootPath")
    return found or ((root,) if isinstance(root, str) and root else ())


def _get(value: object, dotted: str) -> object:
    for key in dotted.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _flag(value: object, dotted: str) -> bool:
    return _get(value, dotted) is True


def _has(value: object, dotted: str) -> bool:
    return isinstance(_get(value, dotted), dict)


def _list(value: object, dotted: str) -> list[object]:
    found = _get(value, dotted)
    return found if isinstance(found, list) else []
