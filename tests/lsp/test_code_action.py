"""Changes that are offered, in the forms that clients can carry out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lsp.session import Json, Session
from tests.lsp.test_server import ASSEMBLY, GO, started

LITERAL: Json = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}
PLAIN: Json = {"textDocument": {"codeAction": LITERAL}}
RICH: Json = {
    "textDocument": {"codeAction": {**LITERAL, "isPreferredSupport": True}},
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "go.mod").write_text("module example.com/w\n")
    (tmp_path / "sum.go").write_text(GO)
    (tmp_path / "sum_amd64.s").write_text(ASSEMBLY)
    return tmp_path


def actions(session: Session, uri: str, line: int, column: int, *only: str) -> list[Any]:
    place = {"line": line, "character": column}
    context: Json = {"diagnostics": [], **({"only": list(only)} if only else {})}
    params = {
        "textDocument": {"uri": uri},
        "range": {"start": place, "end": place},
        "context": context,
    }
    found: list[Any] = session.result("textDocument/codeAction", params)
    return found


def carry_out(session: Session, uri: str, edits: list[Json]) -> None:
    for edit in edits:
        start, end = edit["range"]["start"], edit["range"]["end"]
        places = (start["line"], start["character"]), (end["line"], end["character"])
        session.edit(uri, *places, edit["newText"])


async def test_fix_makes_the_finding_go_away(folder: Path) -> None:
    session = started(folder, PLAIN)
    uri = session.open(folder / "sum_amd64.s")
    first, *_ = actions(session, uri, 1, 8)
    assert first["kind"] == "quickfix"
    assert [found["code"] for found in first["diagnostics"]] == ["asmdecl/invalid-offset"]
    carry_out(session, uri, first["edit"]["changes"][uri])
    assert session.pull(uri) == []


async def test_nothing_to_fix_elsewhere(folder: Path) -> None:
    session = started(folder, PLAIN)
    uri = session.open(folder / "sum_amd64.s")
    assert actions(session, uri, 3, 1) == []


async def test_no_fix_for_a_finding_that_is_off(folder: Path) -> None:
    session = started(folder, PLAIN)
    uri = session.open(folder / "sum_amd64.s")
    settings = {"goAsm": {"diagnostics": {"asmdecl": "off"}}}
    session.notify("workspace/didChangeConfiguration", {"settings": settings})
    assert actions(session, uri, 1, 8) == []


async def test_edit_names_the_version_where_the_client_knows_it(folder: Path) -> None:
    session = started(folder, RICH)
    uri = session.open(folder / "sum_amd64.s")
    first, *_ = actions(session, uri, 1, 8)
    assert first["isPreferred"] is True
    (change,) = first["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": uri, "version": 1}


async def test_client_without_literals_gets_none(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    assert actions(session, uri, 1, 8) == []


@pytest.mark.parametrize(
    ("only", "is_offered"),
    [("quickfix", True), ("", True), ("quickfix.goAsm", False), ("refactor", False)],
)
async def test_kinds_that_are_asked_for(folder: Path, only: str, is_offered: bool) -> None:
    session = started(folder, PLAIN)
    uri = session.open(folder / "sum_amd64.s")
    assert bool(actions(session, uri, 1, 8, only)) is is_offered


async def test_missing_assembly_is_written_to_a_new_file(folder: Path) -> None:
    (folder / "sum_amd64.s").unlink()
    (folder / "double.go").write_text("package w\n\nfunc double(x int64) (y int64)\n")
    session = started(folder, RICH)
    uri = session.open(folder / "double.go", language="go")
    offered = actions(session, uri, 2, 6, "quickfix.goAsm.createStub")
    assert {action["kind"] for action in offered} == {"quickfix.goAsm.createStub"}
    create, change = offered[0]["edit"]["documentChanges"]
    assert (create["kind"], create["uri"]) == ("create", change["textDocument"]["uri"])
    assert create["uri"].endswith(".s")
    session.open_uri(create["uri"], "")
    carry_out(session, create["uri"], change["edits"])
    assert session.pull(create["uri"]) == []
    text = session.server.documents.get(create["uri"])
    assert text is not None
    assert "·double(SB)".encode() in text.source


async def test_no_new_file_where_the_client_cannot_make_one(folder: Path) -> None:
    (folder / "sum_amd64.s").unlink()
    session = started(folder, PLAIN)
    uri = session.open(folder / "sum.go", language="go")
    assert actions(session, uri, 2, 6) == []
