"""A whole session: life cycle, documents, settings and findings, in this process."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from go_asm_lsp import workspace
from go_asm_lsp.lsp import handlers
from tests.goroot import GOROOT
from tests.lsp.session import Json, Session

GO = "package w\n\nfunc sum(x int64) int64\n"
ASSEMBLY = "TEXT ·sum(SB), 4, $0-16\n\tMOVQ x+8(FP), AX\n\tMOVQ AX, ret+8(FP)\n\tRET\n"
WRONG = "[amd64] sum: invalid offset x+8(FP); expected x+0(FP)"
PULL: Json = {
    "textDocument": {"diagnostic": {}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}
SETTINGS = {"goroot": GOROOT, "goarch": "amd64", "goos": "linux"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "go.mod").write_text("module example.com/w\n")
    (tmp_path / "sum.go").write_text(GO)
    (tmp_path / "sum_amd64.s").write_text(ASSEMBLY)
    return tmp_path


def started(folder: Path, capabilities: Json | None = None, options: object = None) -> Session:
    session = Session()
    session.initialize(capabilities, SETTINGS if options is None else options, [folder])
    return session


def messages(diagnostics: list[Json]) -> list[str]:
    return [diagnostic["message"] for diagnostic in diagnostics]


def correct(session: Session, uri: str, version: int = 2) -> None:
    session.edit(uri, (1, 8), (1, 9), "0", version)


async def test_finding_is_published_and_goes_away(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    (found,) = await session.published(uri)
    assert (found["message"], found["code"], found["source"]) == (
        WRONG,
        "asmdecl/invalid-offset",
        "go-asm",
    )
    assert found["range"] == {
        "start": {"line": 1, "character": 6},
        "end": {"line": 1, "character": 13},
    }
    correct(session, uri)
    assert await session.published(uri) == []


async def test_clean_file_is_published_as_clean(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s", ASSEMBLY.replace("x+8", "x+0"))
    assert await session.published(uri) == []


async def test_close_takes_findings_back(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    assert await session.published(uri) != []
    session.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert await session.published(uri) == []


async def test_client_that_asks_is_not_told(folder: Path) -> None:
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s")
    await asyncio.sleep(0.1)
    assert session.notifications("textDocument/publishDiagnostics") == []
    assert messages(session.pull(uri)) == [WRONG]


async def test_answer_is_of_the_newest_text(folder: Path) -> None:
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s")
    correct(session, uri)
    assert session.pull(uri) == []
    session.edit(uri, (1, 8), (1, 9), "8", 3)
    assert messages(session.pull(uri)) == [WRONG]


async def test_unchanged_findings_are_not_sent_again(folder: Path) -> None:
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s")
    document = {"textDocument": {"uri": uri}}
    first = session.result("textDocument/diagnostic", document)
    asked = {**document, "previousResultId": first["resultId"]}
    again = session.result("textDocument/diagnostic", asked)
    assert again == {"kind": "unchanged", "resultId": first["resultId"]}
    session.edit(uri, (0, 0), (0, 0), "\n")
    moved = session.result("textDocument/diagnostic", asked)
    assert (moved["kind"], moved["items"][0]["range"]["start"]["line"]) == ("full", 2)


async def test_unsaved_prototype_counts(folder: Path) -> None:
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s")
    assert messages(session.pull(uri)) == [WRONG]
    go = session.open(folder / "sum.go", language="go")
    session.edit(go, (2, 9), (2, 9), "y, ")
    assert session.pull(uri) != []
    assert WRONG not in messages(session.pull(uri))
    await asyncio.sleep(0.1)
    assert session.notifications("workspace/diagnostic/refresh")
    session.notify("textDocument/didClose", {"textDocument": {"uri": go}})
    assert messages(session.pull(uri)) == [WRONG]


async def test_unsaved_prototype_is_published_to_the_open_assembly(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    await session.published(uri)
    session.open(folder / "sum.go", GO.replace("sum(x int64)", "sum(_, x int64)"), "go")
    assert WRONG not in messages(await session.published(uri))


async def test_go_document_has_no_findings(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum.go", "this is not Go", "go")
    await asyncio.sleep(0.1)
    assert session.notifications("textDocument/publishDiagnostics") == []
    assert session.pull(uri) == []


async def test_file_changed_on_disk(folder: Path) -> None:
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s")
    assert messages(session.pull(uri)) == [WRONG]
    (folder / "sum.go").write_text(GO.replace("sum(x int64)", "sum(_, x int64) (ret int64)"))
    event = {"uri": (folder / "sum.go").as_uri(), "type": 2}
    session.notify("workspace/didChangeWatchedFiles", {"changes": [event]})
    assert WRONG not in messages(session.pull(uri))


async def test_workspace_findings_of_files_that_are_not_open(folder: Path) -> None:
    (folder / "testdata").mkdir()
    (folder / "testdata" / "bad_amd64.s").write_text(ASSEMBLY)
    session = started(folder, PULL)
    session.receive(
        {"id": 90, "method": "workspace/diagnostic", "params": {"previousResultIds": []}}
    )
    await asyncio.sleep(0.2)
    (report,) = session.response(90)["result"]["items"]
    assert report["uri"] == (folder / "sum_amd64.s").as_uri()
    assert messages(report["items"]) == [WRONG]


async def test_workspace_request_stays_open_until_there_is_news(folder: Path) -> None:
    session = started(folder, PULL)
    session.receive(
        {"id": 90, "method": "workspace/diagnostic", "params": {"previousResultIds": []}}
    )
    await asyncio.sleep(0.2)
    (report,) = session.response(90)["result"]["items"]
    known = [{"uri": report["uri"], "value": report["resultId"]}]
    session.receive(
        {"id": 91, "method": "workspace/diagnostic", "params": {"previousResultIds": known}}
    )
    await asyncio.sleep(0.2)
    assert not [message for message in session.sent if message.get("id") == 91]
    uri = session.open(folder / "sum_amd64.s")
    correct(session, uri)
    await asyncio.sleep(1.3)
    (report,) = session.response(91)["result"]["items"]
    assert (report["uri"], report["items"]) == (uri, [])


async def test_workspace_request_can_be_cancelled(folder: Path) -> None:
    session = started(folder, PULL)
    asked: Json = {"previousResultIds": []}
    session.receive({"id": 90, "method": "workspace/diagnostic", "params": asked})
    session.notify("$/cancelRequest", {"id": 90})
    await asyncio.sleep(0.1)
    assert session.response(90)["error"]["code"] == -32800
    assert session.result("shutdown") is None


@pytest.mark.parametrize(
    ("path", "language", "is_shown"),
    [
        ("sum_amd64.s", "plaintext", True),
        ("sum_amd64.s", "", True),
        ("sum_amd64.txt", "goasm", False),
        ("sum.go", "goasm", False),
    ],
)
async def test_file_is_judged_by_its_name(
    folder: Path, path: str, language: str, is_shown: bool
) -> None:
    session = started(folder, PULL)
    uri = session.open(folder / path, ASSEMBLY, language)
    assert bool(session.pull(uri)) is is_shown


async def test_document_without_a_file_is_read_by_itself() -> None:
    session = Session()
    session.initialize(PULL, SETTINGS)
    for number, language in enumerate(("go.asm", "goasm", "asm")):
        uri = f"untitled:Untitled-{number}"
        session.open_uri(uri, ASSEMBLY.replace("sum(SB)", "sum(SB"), language)
        assert len(session.pull(uri)) == 1
    session.open_uri("untitled:Untitled-9", "hello", "plaintext")
    assert session.pull("untitled:Untitled-9") == []


async def test_single_file_without_a_folder(folder: Path) -> None:
    session = Session()
    session.initialize(PULL, SETTINGS)
    uri = session.open(folder / "sum_amd64.s")
    assert messages(session.pull(uri)) == [WRONG]


async def test_paths_that_need_quoting(folder: Path) -> None:
    odd = folder / "a b#c%d∕é"
    odd.mkdir()
    (odd / "sum.go").write_text(GO)
    (odd / "sum_amd64.s").write_text(ASSEMBLY)
    session = started(folder)
    uri = session.open(odd / "sum_amd64.s")
    (found,) = await session.published(uri)
    assert found["message"] == WRONG
    literal = f"file://{folder}/a b#c%d∕é/sum_amd64.s"
    assert messages(session.pull(literal)) == [WRONG]


RICH = {
    "textDocument": {
        "publishDiagnostics": {
            "relatedInformation": True,
            "codeDescriptionSupport": True,
            "dataSupport": True,
            "versionSupport": True,
        }
    }
}


async def test_rich_client_gets_all_of_a_finding(folder: Path) -> None:
    session = started(folder, RICH)
    uri = session.open(folder / "sum_amd64.s")
    (found,) = await session.published(uri)
    (related,) = found["relatedInformation"]
    assert related["location"]["uri"] == (folder / "sum.go").as_uri()
    assert related["location"]["range"]["start"] == {"line": 2, "character": 9}
    assert found["codeDescription"]["href"].endswith("/passes/asmdecl")
    assert found["data"]["goarch"] == ["amd64"]
    assert session.notifications("textDocument/publishDiagnostics")[-1]["version"] == 1


async def test_bare_client_gets_no_more_than_it_knows(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    (found,) = await session.published(uri)
    assert set(found) == {"range", "message", "severity", "code", "source"}
    assert "version" not in session.notifications("textDocument/publishDiagnostics")[-1]


@pytest.mark.parametrize(("encoding", "start"), [("utf-8", 8), ("utf-16", 7), ("utf-32", 6)])
async def test_ranges_count_in_the_clients_unit(folder: Path, encoding: str, start: int) -> None:
    text = ASSEMBLY.replace("\tMOVQ x+8", "/*😀*/MOVQ x+8").replace("/*😀*/MOVQ", "/*·*/MOVQ")
    start += {"utf-8": 4, "utf-16": 4, "utf-32": 5}[encoding]
    session = started(folder, {**PULL, "general": {"positionEncodings": [encoding]}})
    uri = session.open(folder / "sum_amd64.s", text)
    (found,) = session.pull(uri)
    expected = 5 + (2 if encoding == "utf-8" else 1) + 4
    assert found["range"]["start"] == {"line": 1, "character": expected}
    session.edit(uri, (1, expected + 2), (1, expected + 3), "0")
    assert session.pull(uri) == []


class TestSettings:
    async def test_take_effect_at_once(self, folder: Path) -> None:
        session = started(folder, PULL)
        uri = session.open(folder / "sum_amd64.s")
        settings = {"goAsm": {"diagnostics": {"asmdecl/invalid-offset": "off"}}}
        session.notify("workspace/didChangeConfiguration", {"settings": settings})
        assert session.pull(uri) == []
        settings = {"goAsm": {"diagnostics": {"asmdecl": "hint", "asmdecl/invalid-offset": "info"}}}
        session.notify("workspace/didChangeConfiguration", {"settings": settings})
        assert [found["severity"] for found in session.pull(uri)] == [3]

    async def test_goarch_decides_for_a_file_that_names_none(self, folder: Path) -> None:
        text = ASSEMBLY.replace("x+8", "x+0").replace("-16", "-8")
        (folder / "sum.s").write_text(text)
        session = started(folder, PULL)
        uri = session.open(folder / "sum.s")
        assert "[amd64]" in session.pull(uri)[0]["message"]
        session.notify(
            "workspace/didChangeConfiguration", {"settings": {"goAsm.goarch": "riscv64"}}
        )
        assert "[riscv64]" in session.pull(uri)[0]["message"]

    async def test_are_asked_for_where_the_client_answers(self, folder: Path) -> None:
        session = started(folder, {**PULL, "workspace": {"configuration": True}})
        uri = session.open(folder / "sum_amd64.s")
        (question,) = [m for m in session.sent if m.get("method") == "workspace/configuration"]
        assert question["params"] == {"items": [{"section": "goAsm"}]}
        answer = [{"diagnostics": {"asmdecl": "off"}}]
        session.receive({"id": question["id"], "result": answer})
        assert session.pull(uri) == []

    @pytest.mark.parametrize("answer", [None, [], [None], "x", [[1]], [{"goarch": 3}]], ids=str)
    async def test_useless_answers_change_nothing(self, folder: Path, answer: object) -> None:
        session = started(folder, {**PULL, "workspace": {"configuration": True}})
        (question,) = [m for m in session.sent if m.get("method") == "workspace/configuration"]
        session.receive({"id": question["id"], "result": answer})
        uri = session.open(folder / "sum_amd64.s")
        assert messages(session.pull(uri)) == [WRONG]

    async def test_error_as_answer_changes_nothing(self, folder: Path) -> None:
        session = started(folder, {**PULL, "workspace": {"configuration": True}})
        (question,) = [m for m in session.sent if m.get("method") == "workspace/configuration"]
        error = {"code": -32601, "message": "unknown"}
        session.receive({"id": question["id"], "error": error})
        assert messages(session.pull(session.open(folder / "sum_amd64.s"))) == [WRONG]

    async def test_unknown_key_is_reported_once(self, folder: Path) -> None:
        session = started(folder, options={**SETTINGS, "colour": 1})
        settings = {"settings": {"goAsm": {"colour": 2}}}
        session.notify("workspace/didChangeConfiguration", settings)
        logged = [log["message"] for log in session.notifications("window/logMessage")]
        assert logged == ["unknown setting goAsm.colour"]

    async def test_settings_of_others_are_not_ours(self, folder: Path) -> None:
        session = started(folder)
        settings = {"settings": {"gopls": {"goarch": "arm"}, "editor": {"tabSize": 4}}}
        session.notify("workspace/didChangeConfiguration", settings)
        assert session.notifications("window/logMessage") == []

    async def test_goroot_that_is_none_is_reported(self, folder: Path) -> None:
        session = started(folder, PULL, {**SETTINGS, "goroot": str(folder)})
        session.pull(session.open(folder / "sum_amd64.s"))
        (log,) = session.notifications("window/logMessage")
        assert log["message"].startswith("goAsm.goroot is no Go distribution")


class TestRegistration:
    async def test_bare_client_is_asked_nothing(self, folder: Path) -> None:
        session = started(folder)
        assert [m["method"] for m in session.sent if "method" in m] == []

    async def test_rich_client_is_asked_for_news(self, folder: Path) -> None:
        dynamic = {"dynamicRegistration": True}
        session = started(
            folder,
            {
                "workspace": {
                    "didChangeWatchedFiles": dynamic,
                    "didChangeConfiguration": dynamic,
                },
                "textDocument": {"synchronization": dynamic, "definition": dynamic},
            },
        )
        (asked,) = session.notifications("client/registerCapability")
        assert {r["method"] for r in asked["registrations"]} == {
            "workspace/didChangeWatchedFiles",
            "workspace/didChangeConfiguration",
            "textDocument/didOpen",
            "textDocument/didChange",
            "textDocument/didClose",
            "textDocument/definition",
        }


class TestLifeCycle:
    async def test_request_before_initialize(self) -> None:
        response = Session().request("textDocument/hover", at("file:///x.s", 0, 0))
        assert response["error"]["code"] == -32002

    async def test_notification_before_initialize_is_dropped(self, folder: Path) -> None:
        session = Session()
        session.open(folder / "sum_amd64.s")
        assert list(session.server.documents) == []

    async def test_second_initialize(self, folder: Path) -> None:
        response = started(folder).request("initialize", {"capabilities": {}})
        assert response["error"]["code"] == -32600

    async def test_request_after_shutdown(self, folder: Path) -> None:
        session = started(folder)
        assert session.result("shutdown") is None
        assert session.request("textDocument/hover", at("file:///x.s", 0, 0))["error"]

    @pytest.mark.parametrize(("asks_first", "status"), [(True, 0), (False, 1)])
    async def test_exit_status(self, folder: Path, asks_first: bool, status: int) -> None:
        session = started(folder)
        if asks_first:
            session.request("shutdown")
        with pytest.raises(SystemExit):
            session.notify("exit")
        assert session.server.exit_code == status

    async def test_unknown_request(self, folder: Path) -> None:
        session = started(folder)
        assert session.request("goAsm/nonsense", {})["error"]["code"] == -32601
        assert session.request("$/nonsense", {})["error"]["code"] == -32601
        session.notify("$/nonsense", {})

    @pytest.mark.parametrize(
        "params", [None, {}, [], {"textDocument": 3}, {"textDocument": {}}], ids=str
    )
    async def test_request_that_makes_no_sense_is_answered(
        self, folder: Path, params: object
    ) -> None:
        session = started(folder)
        for method in ("textDocument/hover", "textDocument/diagnostic", "goAsm/frameLayout"):
            assert session.request(method, params)["error"]["code"] in (-32602, -32603)
        assert session.result("shutdown") is None


def at(uri: str, line: int, column: int) -> Json:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}


async def test_failing_feature_is_an_error_and_the_rest_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("injected")

    monkeypatch.setattr(handlers, "find_hover", fail)
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    response = session.request("textDocument/hover", at(uri, 1, 8))
    assert "injected" in response["error"]["message"]
    assert "injected" in caplog.text
    assert messages(session.pull(uri)) == [WRONG]
    assert messages(await session.published(uri)) == [WRONG]
    assert session.notifications("window/showMessage") == []


async def test_failing_notification_pops_nothing_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    monkeypatch.setattr(session.server.publisher, "changed", lambda *_: 1 // 0)
    correct(session, uri)
    assert "ZeroDivisionError" in caplog.text
    assert session.pull(uri) == []
    assert session.notifications("window/showMessage") == []


async def test_edits_in_a_row_are_answered_together(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    assert messages(await session.published(uri)) == [WRONG]
    before = len(session.notifications("textDocument/publishDiagnostics"))
    for number in range(100):
        session.edit(uri, (3, 0), (3, 0), " ", number + 2)
    correct(session, uri, 200)
    assert await session.published(uri) == []
    assert len(session.notifications("textDocument/publishDiagnostics")) == before + 1


async def test_trace_is_written_to_the_log(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    assert "received" not in caplog.text
    session.notify(
        "workspace/didChangeConfiguration", {"settings": {"goAsm": {"trace": "messages"}}}
    )
    session.pull(uri)
    assert "received textDocument/diagnostic" in caplog.text
    session.notify("workspace/didChangeConfiguration", {"settings": {"goAsm": {"trace": "off"}}})
    caplog.clear()
    session.pull(uri)
    assert caplog.text == ""


async def test_folders_that_come_and_go(folder: Path) -> None:
    session = Session()
    session.initialize(PULL, SETTINGS)
    added = {"uri": folder.as_uri(), "name": "w"}
    unknown = {"uri": "file:///never/opened", "name": "x"}
    event = {"event": {"added": [added], "removed": [unknown]}}
    session.notify("workspace/didChangeWorkspaceFolders", event)
    asked: Json = {"previousResultIds": []}
    session.receive({"id": 90, "method": "workspace/diagnostic", "params": asked})
    await asyncio.sleep(0.2)
    (report,) = session.response(90)["result"]["items"]
    known = [{"uri": report["uri"], "value": report["resultId"]}]
    event = {"event": {"added": [], "removed": [added]}}
    session.notify("workspace/didChangeWorkspaceFolders", event)
    asked = {"previousResultIds": known}
    session.receive({"id": 91, "method": "workspace/diagnostic", "params": asked})
    await asyncio.sleep(0.2)
    (report,) = session.response(91)["result"]["items"]
    assert report["items"] == []


async def test_failing_check_is_logged_and_the_next_edit_works(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("injected")

    session = started(folder)
    with monkeypatch.context() as patch:
        patch.setattr(workspace, "run_checks", fail)
        uri = session.open(folder / "sum_amd64.s")
        await asyncio.sleep(0.1)
        assert "injected" in caplog.text
        assert session.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["error"]
    session.edit(uri, (3, 0), (3, 0), " ")
    assert messages(await session.published(uri)) == [WRONG]
