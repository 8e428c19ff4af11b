"""The prepared answer to `initialize` is what pygls would announce for the same client."""

from __future__ import annotations

import pytest

from go_asm_lsp.lsp.capabilities import initialize_result
from go_asm_lsp.lsp.client import read_client
from tests.lsp.session import Json, Session

CLIENTS: dict[str, Json] = {
    "bare": {},
    "utf-8 first": {"general": {"positionEncodings": ["utf-8", "utf-16"]}},
    "utf-32 only": {"general": {"positionEncodings": ["utf-32"]}},
    "rich": {
        "general": {"positionEncodings": ["utf-16"]},
        "workspace": {
            "workspaceFolders": True,
            "fileOperations": {"willRename": True, "didCreate": True},
            "diagnostics": {"refreshSupport": True},
        },
        "textDocument": {
            "synchronization": {"willSave": True, "willSaveWaitUntil": True, "didSave": True},
            "rename": {"prepareSupport": True},
            "diagnostic": {"dynamicRegistration": True},
            "semanticTokens": {"requests": {"full": {"delta": True}}},
        },
        "notebookDocument": {"synchronization": {"dynamicRegistration": True}},
        "window": {"workDoneProgress": True},
    },
}


@pytest.mark.parametrize("capabilities", CLIENTS.values(), ids=CLIENTS)
async def test_prepared_answer_is_what_pygls_announces(capabilities: Json) -> None:
    session = Session()
    announced = session.result("initialize", {"processId": None, "capabilities": capabilities})
    assert initialize_result(read_client({"capabilities": capabilities})) == announced


async def test_answer_that_was_sent_before_is_not_sent_again() -> None:
    session = Session(answered_initialize=1)
    session.receive({"id": 1, "method": "initialize", "params": {"capabilities": {}}})
    assert session.sent == []
    assert "result" in session.request("shutdown")
