"""The requests that docs/protocol.md adds to the protocol."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.lsp.session import Json, Session
from tests.lsp.test_server import ASSEMBLY, GO, PULL, SETTINGS, at, started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "go.mod").write_text("module example.com/w\n")
    (tmp_path / "sum.go").write_text(GO)
    (tmp_path / "sum_amd64.s").write_text(ASSEMBLY.replace("x+8", "x+0"))
    (tmp_path / "sum_arm64.s").write_text("TEXT ·sum(SB), 4, $0-16\n\tRET\n")
    return tmp_path


async def test_frame_layout(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    frame = session.result("goAsm/frameLayout", at(uri, 1, 8))
    assert (frame["function"], frame["goarch"], frame["goos"]) == ("sum", "amd64", "linux")
    assert (frame["frameSize"], frame["argumentSize"], frame["isInferred"]) == (0, 16, False)
    assert frame["selectionRange"]["start"]["line"] == 0
    slots = {slot["name"]: slot for slot in frame["slots"] if slot["name"]}
    assert frame["active"] == slots["x"]["id"]
    assert (slots["x"]["kind"], slots["x"]["fromFP"], slots["x"]["size"]) == ("argument", 0, 8)
    assert (slots["x"]["reference"], slots["x"]["type"]) == ("x+0(FP)", "int64")
    assert slots["x"]["uses"] == [
        {"start": {"line": 1, "character": 6}, "end": {"line": 1, "character": 13}}
    ]
    declared = slots["x"]["declaration"]
    assert declared["uri"] == (folder / "sum.go").as_uri()
    assert declared["range"]["start"] == {"line": 2, "character": 9}
    assert frame["svg"].startswith("<svg")
    assert f'data-slot="{frame["active"]}"' in frame["svg"]


@pytest.mark.parametrize("line", [3, 99])
async def test_frame_layout_without_an_active_slot(folder: Path, line: int) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    frame = session.result("goAsm/frameLayout", at(uri, line, 1))
    assert frame["active"] is None


async def test_no_frame_outside_functions(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s", "\n\n// nothing\n")
    assert session.result("goAsm/frameLayout", at(uri, 1, 0)) is None
    assert session.result("goAsm/frameLayout", at("file:///none.s", 1, 0)) is None


def targets(session: Session, params: Json) -> list[tuple[str, str, str | None]]:
    found = session.result("goAsm/switchSource", params)["targets"]
    return [
        (target["uri"].rpartition("/")[2], target["kind"], target["goarch"]) for target in found
    ]


async def test_switch_from_assembly(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    assert targets(session, at(uri, 1, 8)) == [
        ("sum.go", "go", None),
        ("sum_arm64.s", "assembly", "arm64"),
    ]


async def test_switch_from_go(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum.go", language="go")
    both = [("sum_amd64.s", "assembly", "amd64"), ("sum_arm64.s", "assembly", "arm64")]
    assert targets(session, at(uri, 2, 6)) == both
    assert targets(session, {"textDocument": {"uri": uri}}) == both


async def test_architecture_of_a_file_that_names_one(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_arm64.s")
    answer = session.result("goAsm/architecture", {"textDocument": {"uri": uri}})
    assert answer == {
        "active": "arm64",
        "goos": "linux",
        "choices": ["arm64"],
        "applies": True,
        "reason": "sum_arm64.s is built for arm64.",
    }


async def test_architecture_that_is_chosen(folder: Path) -> None:
    (folder / "any.s").write_text("TEXT ·any(SB), 4, $16-0\n\tRET\n")
    session = started(folder, PULL)
    uri = session.open(folder / "any.s")
    document: Json = {"textDocument": {"uri": uri}}
    before = session.result("goAsm/architecture", document)
    assert (before["active"], len(before["choices"])) == ("amd64", 14)
    after = session.result("goAsm/architecture", {**document, "goarch": "arm64"})
    assert after["active"] == "arm64"
    frame = session.result("goAsm/frameLayout", at(uri, 0, 8))
    assert (frame["goarch"], frame["stackPointer"]) == ("arm64", "RSP")
    assert all("arm64" in found["message"] for found in session.pull(uri))
    settings = {"goAsm": {"trace": "messages"}}
    session.notify("workspace/didChangeConfiguration", {"settings": settings})
    assert session.result("goAsm/architecture", document)["active"] == "arm64"
    back = session.result("goAsm/architecture", {**document, "goarch": "auto"})
    assert back == before


async def test_architecture_nobody_knows(folder: Path) -> None:
    session = started(folder)
    uri = session.open(folder / "sum_amd64.s")
    params = {"textDocument": {"uri": uri}, "goarch": "z80"}
    assert session.result("goAsm/architecture", params)["active"] == "amd64"


INACTIVE = "#ifdef GOARCH_arm64\nNOP\n#else\nTEXT ·sum(SB), 4, $0-16\n\tRET\n#endif\n"


@pytest.mark.parametrize("pulls", [True, False])
async def test_inactive_regions(folder: Path, pulls: bool) -> None:
    wanted = {"experimental": {"goAsm": {"inactiveRegions": True}}}
    session = started(folder, {**(PULL if pulls else {}), **wanted}, SETTINGS)
    uri = session.open(folder / "sum_amd64.s", INACTIVE)
    await asyncio.sleep(0.1)
    (told,) = session.notifications("goAsm/inactiveRegions")
    assert (told["uri"], told["version"]) == (uri, 1)
    assert [(r["start"]["line"], r["end"]["line"]) for r in told["regions"]] == [(1, 2)]
    session.edit(uri, (0, 0), (2, 5), "")
    session.edit(uri, (2, 0), (3, 0), "")
    await asyncio.sleep(0.1)
    assert session.notifications("goAsm/inactiveRegions")[-1]["regions"] == []


async def test_inactive_regions_are_for_who_wants_them(folder: Path) -> None:
    session = started(folder)
    session.open(folder / "sum_amd64.s", INACTIVE)
    await asyncio.sleep(0.1)
    assert session.notifications("goAsm/inactiveRegions") == []
