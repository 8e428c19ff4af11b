"""Files that are broken, strange or huge: an answer to every question, and nothing lost."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from tests.lsp.session import Json, Session
from tests.lsp.test_server import ASSEMBLY, GO, PULL, SETTINGS, WRONG, at, messages, started

RIGHT = ASSEMBLY.replace("x+8", "x+0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "go.mod").write_text("module example.com/w\n")
    (tmp_path / "sum.go").write_text(GO)
    return tmp_path


def ask_everything(session: Session, uri: str, lines: int) -> None:
    """Asks every question there is on several lines; all must have an answer."""
    for line in {0, 1, lines // 2, lines, lines + 7}:
        for column in (0, 3, 10_000):
            place = at(uri, line, column)
            for method in ("hover", "definition"):
                session.result(f"textDocument/{method}", place)
            session.result("goAsm/frameLayout", place)
            session.result("goAsm/switchSource", place)
            selection = {"start": place["position"], "end": place["position"]}
            asked = {**place, "range": selection, "context": {"diagnostics": []}}
            session.result("textDocument/codeAction", asked)
    session.result("goAsm/architecture", {"textDocument": {"uri": uri}})


CLEAN = {
    "empty": "",
    "comment only": "// nothing here",
    "line ends only": "\n\r\n\r",
    "CRLF": RIGHT.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
async def test_strange_but_right(folder: Path, text: str) -> None:
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s", text)
    assert session.pull(uri) == []
    ask_everything(session, uri, text.count("\n"))


BROKEN = {
    "NUL byte": RIGHT.replace("RET", "RET\0"),
    "no final line end": RIGHT.rstrip("\n"),
    "backslash at the end": RIGHT + "\\",
    "unterminated comment": RIGHT + "/* and so on\n",
    "unterminated string": RIGHT + '#include "textflag.h\n',
    "unterminated macro call": "#define M(x) x\n" + RIGHT + "M(1\n",
    "lone surrogate": RIGHT.replace("RET", "RET \ud800"),
    "endif without if": "#endif\n" + RIGHT,
    "if without endif": RIGHT + "#ifdef X\n",
    "macro that contains itself": "#define A A A\n" + RIGHT + "\tA\n",
    "file that includes itself": '#include "sum_amd64.s"\n' + RIGHT,
    "brackets": "((((" * 500 + "\n" + RIGHT,
    "one half of everything": RIGHT[: len(RIGHT) // 2],
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
async def test_broken_text_is_answered_and_recovers(folder: Path, text: str) -> None:
    session = started(folder, PULL)
    (folder / "sum_amd64.s").write_bytes(text.encode("utf-8", "replace"))
    uri = session.open(folder / "sum_amd64.s", text)
    session.pull(uri)
    ask_everything(session, uri, text.count("\n"))
    change = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": ASSEMBLY}]}
    session.notify("textDocument/didChange", change)
    assert messages(session.pull(uri)) == [WRONG]


async def test_every_prefix_of_a_file_is_answered(folder: Path) -> None:
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s", "")
    for size in range(len(ASSEMBLY)):
        change = {"textDocument": {"uri": uri, "version": size}}
        session.notify(
            "textDocument/didChange", {**change, "contentChanges": [{"text": ASSEMBLY[:size]}]}
        )
        session.pull(uri)
        line = ASSEMBLY[:size].count("\n")
        session.result("textDocument/hover", at(uri, line, 4))


async def test_invalid_utf8_on_disk(folder: Path) -> None:
    (folder / "bad.h").write_bytes(b"#define A \xff\xfe 1\n")
    (folder / "other.go").write_bytes(b'package w\n\nvar x = "\xff"\n')
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s", '#include "bad.h"\n' + ASSEMBLY)
    assert messages(session.pull(uri)) == [WRONG]
    ask_everything(session, uri, 5)


@pytest.mark.parametrize(
    "go",
    [
        "package w\n\nfunc sum(x int64 int64\n",
        "func {{{{ (((",
        "\0\0\0",
        "package w\n\nfunc sum(x int64) int64\n\nfunc broken( {\n",
    ],
)
async def test_go_file_that_does_not_parse(folder: Path, go: str) -> None:
    (folder / "sum.go").write_text(go)
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s", RIGHT)
    session.pull(uri)
    ask_everything(session, uri, 4)
    (folder / "sum.go").write_text(GO)
    session.notify("workspace/didChangeWatchedFiles", {"changes": []})
    assert session.pull(uri) == []


async def test_no_go_package(tmp_path: Path) -> None:
    session = started(tmp_path, PULL)
    uri = session.open(tmp_path / "sum_amd64.s", ASSEMBLY)
    assert session.pull(uri) == []
    ask_everything(session, uri, 4)


GNU = "\t.text\n\t.globl\tsum\n\t.type\tsum, @function\nsum:\n\tmovq\t%rdi, %rax\n\tret\n"


async def test_gnu_assembler_source(folder: Path) -> None:
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s", GNU, "asm")
    assert session.pull(uri) == []
    ask_everything(session, uri, 6)
    found = session.result("goAsm/architecture", {"textDocument": {"uri": uri}})
    assert (found["applies"], found["active"]) == (False, None)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are POSIX")
async def test_folder_without_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "closed"
    closed.mkdir()
    (closed / "sum.go").write_text(GO)
    real_listdir, real_stat = os.listdir, os.stat

    # Root may read everything, so what others get is raised here.
    def listdir(path: str = ".") -> list[str]:
        if str(path).startswith(str(closed)):
            raise PermissionError(13, "Permission denied", path)
        return real_listdir(path)

    def stat(path: str, **options: object) -> os.stat_result:
        if str(path).startswith(f"{closed}/"):
            raise PermissionError(13, "Permission denied", path)
        return real_stat(path, **options)  # type: ignore[arg-type]

    session = started(folder, PULL)
    uri = (closed / "sum_amd64.s").as_uri()
    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", listdir)
        patch.setattr(os, "stat", stat)
        session.open_uri(uri, ASSEMBLY)
        assert session.pull(uri) == []
        ask_everything(session, uri, 4)
    (closed / "README").write_text("open again")
    session.notify("workspace/didChangeWatchedFiles", {"changes": []})
    assert messages(session.pull(uri)) == [WRONG]


async def test_huge_file_is_named_and_the_rest_goes_on(folder: Path) -> None:
    huge = RIGHT + "\tMOVQ AX, BX\n" * (20_000_000 // 13)
    session = started(folder, PULL)
    (folder / "huge").mkdir()
    (folder / "huge" / "huge_amd64.s").write_text(huge)
    start = time.perf_counter()
    uri = session.open(folder / "huge" / "huge_amd64.s", huge)
    assert session.pull(uri) == []
    session.edit(uri, (9, 0), (9, 0), "x")
    session.edit(uri, (9, 0), (9, 1), "")
    assert session.server.files.read(str(folder / "huge" / "huge_amd64.s")) == huge.encode()
    ask_everything(session, uri, huge.count("\n"))
    assert time.perf_counter() - start < 60
    logged = [log["message"] for log in session.notifications("window/logMessage")]
    assert len(logged) == 1
    assert "10 MB" in logged[0]
    other = session.open(folder / "sum_amd64.s", ASSEMBLY)
    assert messages(session.pull(other)) == [WRONG]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"start": (99, 0), "end": (99, 5)}, id="past the end"),
        pytest.param({"start": (1, 900), "end": (1, 950)}, id="past the line"),
        pytest.param({"start": (3, 1), "end": (1, 0)}, id="backwards"),
    ],
)
async def test_edit_at_an_impossible_place(
    folder: Path, change: dict[str, tuple[int, int]]
) -> None:
    session = started(folder, PULL)
    uri = session.open(folder / "sum_amd64.s", ASSEMBLY)
    session.edit(uri, change["start"], change["end"], " ")
    session.pull(uri)
    ask_everything(session, uri, 4)


async def test_messages_out_of_order(folder: Path) -> None:
    (folder / "sum_amd64.s").write_text(ASSEMBLY)
    uri = (folder / "sum_amd64.s").as_uri()
    session = started(folder, PULL)
    session.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    session.edit(uri, (1, 8), (1, 9), "0", version=9)
    assert session.pull(uri) == []
    session.open_uri(uri, ASSEMBLY)
    session.open_uri(uri, ASSEMBLY)
    session.edit(uri, (1, 8), (1, 9), "0", version=-3)
    assert session.pull(uri) == []
    session.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    session.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert messages(session.pull(uri)) == [WRONG]
    await asyncio.sleep(0.1)


@pytest.mark.parametrize("uri", ["", "x", "file:", "untitled:", "http://a/b.s", "file:///"])
async def test_strange_uris(folder: Path, uri: str) -> None:
    session = started(folder, PULL)
    session.open_uri(uri, ASSEMBLY)
    session.pull(uri)
    ask_everything(session, uri, 4)


async def test_capabilities_that_make_no_sense(folder: Path) -> None:
    session = Session()
    nonsense: Json = {"textDocument": 3, "workspace": [], "general": None}
    params = {"capabilities": nonsense, "rootUri": 7, "initializationOptions": SETTINGS}
    assert session.result("initialize", params)["capabilities"]["hoverProvider"] is True
    session.notify("initialized", {})
    uri = session.open(folder / "sum_amd64.s", ASSEMBLY)
    assert messages(await session.published(uri)) == [WRONG]
