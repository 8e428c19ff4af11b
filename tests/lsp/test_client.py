"""What clients say of themselves, and what they leave out or get wrong."""

from __future__ import annotations

import pytest

from go_asm_lsp.lsp.client import Client, read_client

FULL = {
    "workspaceFolders": [{"uri": "file:///w", "name": "w"}, {"uri": "file:///v", "name": "v"}],
    "rootUri": "file:///w",
    "initializationOptions": {"goarch": "arm64"},
    "capabilities": {
        "general": {"positionEncodings": ["utf-8", "utf-16"]},
        "workspace": {
            "configuration": True,
            "didChangeWatchedFiles": {"dynamicRegistration": True},
            "diagnostics": {"refreshSupport": True},
            "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        },
        "textDocument": {
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "diagnostic": {"dynamicRegistration": True},
            "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        },
        "experimental": {"goAsm": {"inactiveRegions": True}},
    },
}


def test_full_client() -> None:
    assert read_client(FULL) == Client(
        encoding="utf-8",
        folders=("file:///w", "file:///v"),
        options={"goarch": "arm64"},
        markdown_hover=True,
        related_information=True,
        diagnostic_version=True,
        pull_diagnostics=True,
        document_changes=True,
        create_files=True,
        configuration=True,
        register_watched_files=True,
        inactive_regions=True,
    )


@pytest.mark.parametrize(
    "params",
    [
        None,
        [],
        {},
        {"capabilities": None},
        {"capabilities": []},
        {"capabilities": {"general": 1, "textDocument": "x", "workspace": [1]}},
        {"capabilities": {"textDocument": {"hover": {"contentFormat": "markdown"}}}},
        {"capabilities": {"general": {"positionEncodings": "utf-8"}}, "workspaceFolders": 3},
        {"workspaceFolders": [None, {"uri": 3}], "rootUri": None, "rootPath": None},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_not_supported(params: object) -> None:
    assert read_client(params) == Client()


@pytest.mark.parametrize(
    "params",
    [
        {**FULL, "clientInfo": {"name": "Neovim", "version": "0.12.0"}},
        {"capabilities": {"textDocument": {"diagnostic": {}}}},
        {"capabilities": {"workspace": {"diagnostics": {"refreshSupport": True}}}},
    ],
    ids=["drops the answers", "cannot be told to ask", "does not ask"],
)
def test_client_that_is_told_findings_unasked(params: object) -> None:
    assert not read_client(params).pull_diagnostics


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([], "utf-16"),
        (["utf-16"], "utf-16"),
        (["utf-32", "utf-8"], "utf-32"),
        (["utf-7", None, "utf-8"], "utf-8"),
        (["utf-7"], "utf-16"),
    ],
)
def test_first_known_encoding_is_chosen(offered: list[object], chosen: str) -> None:
    params = {"capabilities": {"general": {"positionEncodings": offered}}}
    assert read_client(params).encoding == chosen


@pytest.mark.parametrize(
    ("params", "folders"),
    [
        ({"rootUri": "file:///w"}, ("file:///w",)),
        ({"rootUri": "file:///w", "workspaceFolders": None}, ("file:///w",)),
        ({"rootUri": "file:///w", "workspaceFolders": []}, ("file:///w",)),
        ({"rootPath": "/w"}, ("/w",)),
        ({"rootUri": None}, ()),
    ],
    ids=str,
)
def test_folders_of_older_clients(params: object, folders: tuple[str, ...]) -> None:
    assert read_client(params).folders == folders
