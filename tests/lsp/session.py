"""A server in this process, spoken to in the protocol's JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pygls.exceptions import JsonRpcException

from go_asm_lsp.lsp.server import GoAsmServer
from tests.goroot import GOROOT

Json = dict[str, Any]


class Session:
    """One client's session with a server of its own. `sent` is all that the server said."""

    def __init__(self, answered_initialize: int | None = None) -> None:
        self.server = GoAsmServer(answered_initialize)
        self.server.protocol.set_writer(self)
        self.sent: list[Json] = []
        self._next_id = 0

    def write(self, data: bytes) -> None:
        self.sent.append(json.loads(data.partition(b"\r\n\r\n")[2]))

    def close(self) -> None:
        """Ends the session; the server calls it at `exit`."""

    def receive(self, message: Json) -> None:
        """Gives the server one message as it comes from the wire, as pygls' own loop does."""
        protocol = self.server.protocol
        text = json.dumps({"jsonrpc": "2.0", **message})
        try:
            protocol.handle_message(json.loads(text, object_hook=protocol.structure_message))
        except Exception as error:  # noqa: BLE001 - whatever it is, the loop goes on
            self.server.report_server_error(error, JsonRpcException)

    def notify(self, method: str, params: object = None) -> None:
        self.receive({"method": method, "params": params})

    def request(self, method: str, params: object = None) -> Json:
        """Sends a request that is answered at once, and answers the response."""
        self._next_id += 1
        self.receive({"id": self._next_id, "method": method, "params": params})
        return self.response(self._next_id)

    def response(self, identifier: int) -> Json:
        found = [m for m in self.sent if m.get("id") == identifier and "method" not in m]
        assert len(found) == 1, found
        return found[0]

    def result(self, method: str, params: object = None) -> Any:
        response = self.request(method, params)
        assert "error" not in response, response
        return response["result"]

    def notifications(self, method: str) -> list[Json]:
        return [m.get("params") or {} for m in self.sent if m.get("method") == method]

    def initialize(
        self,
        capabilities: Json | None = None,
        options: object = None,
        folders: Iterable[Path] = (),
    ) -> Json:
        """Connects a client; the Go distribution is the tests' unless `options` say otherwise."""
        params = {
            "processId": None,
            "rootUri": None,
            "workspaceFolders": [{"uri": p.as_uri(), "name": p.name} for p in folders],
            "capabilities": capabilities or {},
            "initializationOptions": {"goroot": GOROOT} if options is None else options,
        }
        result: Json = self.result("initialize", params)
        self.notify("initialized", {})
        return result

    def open(self, path: Path, text: str | None = None, language: str = "goasm") -> str:
        """Opens a document with its text on disk or another; answers its URI."""
        uri = path.as_uri()
        self.open_uri(uri, path.read_text() if text is None else text, language)
        return uri

    def open_uri(self, uri: str, text: str, language: str = "goasm") -> None:
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def edit(
        self, uri: str, start: tuple[int, int], end: tuple[int, int], text: str, version: int = 2
    ) -> None:
        places = [{"line": line, "character": column} for line, column in (start, end)]
        change = {"range": dict(zip(("start", "end"), places, strict=True)), "text": text}
        document = {"uri": uri, "version": version}
        self.notify(
            "textDocument/didChange", {"textDocument": document, "contentChanges": [change]}
        )

    def pull(self, uri: str) -> list[Json]:
        """Asks for a document's findings."""
        report = self.result("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        items: list[Json] = report["items"]
        return items

    async def published(self, uri: str) -> list[Json]:
        """Waits until the server has nothing more to say and answers its last findings."""
        await asyncio.sleep(0.1)
        all_of_uri = [
            p for p in self.notifications("textDocument/publishDiagnostics") if p["uri"] == uri
        ]
        return list(all_of_uri[-1]["diagnostics"])
