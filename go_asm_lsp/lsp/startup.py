"""Starts a server. On stdio the client's first message is answered before pygls is loaded.

Loading the protocol library takes several times as long as everything else that happens
before an editor may go on. What `initialize` is answered with depends on little and is known
beforehand, so the first message is read and answered with nothing but `json`; then the
libraries are loaded, and pygls gets the same bytes to read again, followed by the rest.
"""

from __future__ import annotations

import gc
import json
import sys
from typing import TYPE_CHECKING, BinaryIO, cast

from go_asm_lsp.lsp.capabilities import initialize_result
from go_asm_lsp.lsp.client import read_client

if TYPE_CHECKING:
    from go_asm_lsp.lsp.server import GoAsmServer

_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_LONGEST_HEADER = 64  # lines; a peer that sends more speaks another protocol


def serve_stdio() -> int:
    """Serves one client on standard input and output; answers the exit status."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    # Whatever prints must not write into the protocol.
    sys.stdout = sys.stderr
    first = read_message(stdin)
    answered = answer_initialize(first, stdout)
    server = _new_server(answered)
    server.start_io(cast("BinaryIO", Replayed(first, stdin)), stdout)
    # Python would look through all models for cycles before it ends, for seconds.
    gc.freeze()
    return server.exit_code


def serve_tcp(host: str, port: int) -> int:
    """Serves one client on a TCP port of this machine; answers the exit status."""
    if host not in _LOOPBACK:
        raise ValueError(f"{host} is not this machine: only {', '.join(sorted(_LOOPBACK))}")
    server = _new_server(None)
    server.start_tcp(host, port)
    return server.exit_code


def _new_server(answered: int | str | None) -> GoAsmServer:
    # Imports make many objects and no garbage. They live as long as the process does.
    gc.disable()
    import logging

    from go_asm_lsp.lsp.server import GoAsmServer

    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    # What there is to say of a failure the server says itself (report_server_error).
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = GoAsmServer(answered)
    gc.freeze()
    # Models are large and have no cycles: collecting as often as Python does by default takes
    # half the time of a first analysis, and a pause in every tenth keystroke.
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
    return server


def read_message(stdin: BinaryIO) -> bytes:
    """Reads one message with its header, or what there is until the input ends."""
    header = b""
    length = 0
    for _ in range(_LONGEST_HEADER):
        line = stdin.readline()
        header += line
        name, _colon, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
        if not line.strip():
            break
    return header + stdin.read(length)


def answer_initialize(message: bytes, stdout: BinaryIO) -> int | str | None:
    """Answers the message if it is an `initialize` request; tells the id of the request.

    Anything else is left to pygls.
    """
    try:
        request = json.loads(message.partition(b"\r\n\r\n")[2])
    except ValueError:
        return None
    if not isinstance(request, dict) or request.get("method") != "initialize":
        return None
    identifier = request.get("id")
    if not isinstance(identifier, int | str) or request.get("jsonrpc") != "2.0":
        return None
    result = initialize_result(read_client(request.get("params")))
    body = json.dumps({"id": identifier, "jsonrpc": "2.0", "result": result}).encode()
    stdout.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    stdout.flush()
    return identifier


class Replayed:
    """A binary input that begins with bytes already read from it."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = first
        self._rest = rest

    def readline(self) -> bytes:
        line, newline, self._first = self._first.partition(b"\n")
        return line + newline if line or newline else self._rest.readline()

    def read(self, size: int) -> bytes:
        if not self._first:
            return self._rest.read(size)
        start, self._first = self._first[:size], self._first[size:]
        return start + self._rest.read(size - len(start)) if len(start) < size else start
