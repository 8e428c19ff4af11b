"""What the server announces, as plain JSON, so that it can be sent before pygls is loaded.

A test compares this with what pygls computes from the registered handlers, for each kind of
client; add a feature's line here together with its handler.
"""

from __future__ import annotations

from go_asm_lsp import __version__
from go_asm_lsp.lsp.client import Client

Json = dict[str, "Json | list[str] | str | int | bool"]

NAME = "go-asm-lsp"


def initialize_result(client: Client) -> Json:
    """Answers the result of `initialize`."""
    return {"capabilities": _capabilities(client), "serverInfo": server_info()}


def server_info() -> Json:
    return {"name": NAME, "version": __version__}


def _capabilities(client: Client) -> Json:
    incremental = 2
    # Where findings are sent unasked, clients must not ask for them as well.
    asked: Json = {"interFileDependencies": True, "workspaceDiagnostics": True}
    diagnostics: Json = {"diagnosticProvider": {**asked, "identifier": "go-asm"}}
    return {
        "positionEncoding": client.encoding,
        "textDocumentSync": {"openClose": True, "change": incremental, "save": True},
        "hoverProvider": True,
        "definitionProvider": True,
        "codeActionProvider": {"codeActionKinds": ["quickfix"]},
        "executeCommandProvider": {"commands": []},
        **(diagnostics if client.pull_diagnostics else {}),
        "workspace": {
            "workspaceFolders": {"supported": True, "changeNotifications": True},
            "fileOperations": {},
        },
    }
