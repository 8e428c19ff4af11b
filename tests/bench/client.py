"""A bare client over stdio, so that what is measured is the server and not a client library."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

Message = dict[str, Any]


class Client:
    """One server process. Requests wait for their reply; notifications are kept by method."""

    def __init__(self, root: Path) -> None:
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "go_asm_lsp", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._root = root
        self._next_id = 0
        self.notifications: list[Message] = []

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        self._process.wait(10)

    @property
    def pid(self) -> int:
        return self._process.pid

    def initialize(self) -> Message:
        capabilities = {
            "general": {"positionEncodings": ["utf-16"]},
            "textDocument": {
                "hover": {"contentFormat": ["markdown", "plaintext"]},
                "publishDiagnostics": {"relatedInformation": True},
                "diagnostic": {},
            },
        }
        root = self._root.as_uri()
        folders = [{"uri": root, "name": self._root.name}]
        params = {
            "processId": None,
            "rootUri": root,
            "workspaceFolders": folders,
            "capabilities": capabilities,
        }
        reply = self.request("initialize", params)
        self.notify("initialized", {})
        return reply

    def open(self, path: Path, text: str | None = None) -> str:
        uri = path.as_uri()
        text = path.read_text() if text is None else text
        item = {"uri": uri, "languageId": "goasm", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri: str, version: int, line: int, column: int, new_text: str) -> None:
        place = {"line": line, "character": column}
        change = {"range": {"start": place, "end": place}, "text": new_text}
        document = {"uri": uri, "version": version}
        params = {"textDocument": document, "contentChanges": [change]}
        self.notify("textDocument/didChange", params)

    def at(self, uri: str, line: int, column: int) -> Message:
        return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}

    def request(self, method: str, params: Message | None) -> Message:
        self._next_id += 1
        self._send({"id": self._next_id, "method": method, "params": params})
        wanted = self._next_id
        reply = self.wait_for(
            lambda message: message.get("id") == wanted and "method" not in message
        )
        assert "error" not in reply, reply
        return reply

    def notify(self, method: str, params: Message | None) -> None:
        self._send({"method": method, "params": params})

    def wait_for(self, is_wanted: Callable[[Message], bool]) -> Message:
        while True:
            message = self._receive()
            if is_wanted(message):
                return message
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})
            else:
                self.notifications.append(message)

    def _answer(self, request: Message) -> list[None] | None:
        if request["method"] == "workspace/configuration":
            return [None] * len(request["params"]["items"])
        return None

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> Message:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server closed its output"
        message: Message = json.loads(self._process.stdout.read(length))
        return message
