"""The first message, read and answered before any protocol library is there."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from go_asm_lsp.lsp.startup import Replayed, answer_initialize, read_message, serve_tcp

INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}


def framed(body: bytes, header: bytes = b"Content-Length: %d\r\n\r\n") -> bytes:
    return header % len(body) + body


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Length: %d\r\n\r\n",
        b"content-length:%d\r\n\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %d\r\n\r\n",
        b"Content-Length: %d\r\nContent-Type: x\r\n\r\n",
    ],
)
def test_one_message_is_read_and_no_more(header: bytes) -> None:
    message = framed(b'{"id": 1}', header)
    stream = io.BytesIO(message + framed(b"next"))
    assert read_message(stream) == message
    assert stream.read() == framed(b"next")


@pytest.mark.parametrize("text", [b"", b"\r\n", b"hello\r\n\r\n", b"Content-Length: x\r\n\r\n"])
def test_no_message_reads_to_the_blank_line(text: bytes) -> None:
    assert read_message(io.BytesIO(text)) == text


def test_endless_header_is_given_up() -> None:
    stream = io.BytesIO(b"a: b\r\n" * 1000)
    assert len(read_message(stream)) < 1000


def test_initialize_is_answered() -> None:
    out = io.BytesIO()
    assert answer_initialize(framed(json.dumps(INITIALIZE).encode()), out) == 1
    header, _, body = out.getvalue().partition(b"\r\n\r\n")
    assert header == b"Content-Length: %d" % len(body)
    reply = json.loads(body)
    assert (reply["id"], reply["jsonrpc"]) == (1, "2.0")
    assert reply["result"]["capabilities"]["positionEncoding"] == "utf-16"


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'"\xff"',
        json.dumps({**INITIALIZE, "method": "shutdown"}).encode(),
        json.dumps({**INITIALIZE, "id": None}).encode(),
        json.dumps({**INITIALIZE, "jsonrpc": "1.0"}).encode(),
        json.dumps({"jsonrpc": "2.0", "method": "initialize"}).encode(),
    ],
)
def test_anything_else_is_left_to_pygls(message: bytes) -> None:
    out = io.BytesIO()
    assert answer_initialize(framed(message), out) is None
    assert out.getvalue() == b""


def test_replayed_input_is_the_first_bytes_and_then_the_rest() -> None:
    stream = Replayed(b"a: b\r\n\r\nbody", io.BytesIO(b"next\nlast"))
    assert stream.readline() == b"a: b\r\n"
    assert stream.readline() == b"\r\n"
    assert stream.read(2) == b"bo"
    assert stream.read(4) == b"dyne"
    assert stream.readline() == b"xt\n"
    assert stream.read(9) == b"last"
    assert stream.readline() == b""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "example.com", "192.168.1.1", ""])
def test_tcp_refuses_other_machines(host: str) -> None:
    with pytest.raises(ValueError, match="not this machine"):
        serve_tcp(host, 0)


def test_protocol_library_is_not_there_before_the_answer() -> None:
    code = "import sys, go_asm_lsp.lsp.startup; print([m for m in sys.modules if 'pygls' in m])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.strip() == b"[]"
