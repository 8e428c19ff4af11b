"""The real server over stdio, with the capabilities that real editors announce."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from tests.goroot import GOROOT, SOURCE_ROOT

pytestmark = pytest.mark.e2e

COMMAND = [sys.executable, "-m", "go_asm_lsp", "--stdio"]


@dataclass(frozen=True, slots=True)
class Case:
    """One file: a TEXT line, one of its operands, and where its Go prototype is."""

    path: str
    text: str
    operand: str
    go_path: str
    prototype: str
    goarch: str


CASES = (
    Case(
        "internal/bytealg/indexbyte_amd64.s",
        "·IndexByte(SB)",
        "c+24(FP)",
        "internal/bytealg/indexbyte_native.go",
        "IndexByte(b []byte, c byte) int",
        "amd64",
    ),
    Case(
        "crypto/internal/fips140/nistec/p256_asm_arm64.s",
        "·p256NegCond(SB)",
        "cond+8(FP)",
        "crypto/internal/fips140/nistec/p256_asm.go",
        "p256NegCond(val *p256Element, cond int)",
        "arm64",
    ),
    Case(
        "runtime/asm_amd64.s",
        "runtime·gogo(SB)",
        "buf+0(FP)",
        "runtime/stubs.go",
        "gogo(buf *gobuf)",
        "amd64",
    ),
    Case(
        "runtime/sys_windows_amd64.s",
        "runtime·nanotime1(SB)",
        "ret+0(FP)",
        "runtime/stubs3.go",
        "nanotime1() int64",
        "amd64",
    ),
)


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]  # pytest-lsp has no types for it
    params=["neovim", "visual_studio_code", "emacs"],
    config=ClientServerConfig(server_command=COMMAND),
)
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient) -> AsyncIterator[None]:
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
    def register(_: types.RegistrationParams) -> None:
        """Agrees to everything."""

    params = types.InitializeParams(
        capabilities=client_capabilities(request.param),
        root_uri=SOURCE_ROOT.as_uri(),
        initialization_options={"goroot": GOROOT},
    )
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


class Document:
    """An open document in an editor."""

    def __init__(self, client: LanguageClient, path: Path, language: str = "goasm") -> None:
        self.client = client
        self.uri = path.as_uri()
        self.text = path.read_text()
        self.version = 1
        item = types.TextDocumentItem(self.uri, language, 1, self.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    @property
    def identifier(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri)

    def place(self, text: str, after: str = "") -> types.Position:
        """Answers where `text` first starts behind `after`, in the client's encoding."""
        offset = self.text.index(text, self.text.index(after))
        before = self.text[:offset]
        line = before.rpartition("\n")[2]
        return types.Position(before.count("\n"), len(line.encode(self._codec)) // self._unit)

    @property
    def is_asked(self) -> bool:
        able = self.client.capabilities
        document = able.text_document if able else None
        workspace = able.workspace if able else None
        can_be_told = workspace and workspace.diagnostics and workspace.diagnostics.refresh_support
        return bool(document and document.diagnostic and can_be_told)

    @property
    def _codec(self) -> str:
        encoding = self._encoding
        return encoding if encoding == "utf-8" else encoding + "-le"

    @property
    def _unit(self) -> int:
        return {"utf-8": 1, "utf-16": 2, "utf-32": 4}[self._encoding]

    @property
    def _encoding(self) -> str:
        general = self.client.capabilities.general if self.client.capabilities else None
        offered = general.position_encodings if general else None
        first = offered[0] if offered else "utf-16"
        return str(getattr(first, "value", first))

    def span(self, text: str, after: str = "") -> types.Range:
        start = self.place(text, after)
        size = len(text.encode(self._codec)) // self._unit
        return types.Range(start, types.Position(start.line, start.character + size))

    def replace(self, old: str, new: str, after: str = "") -> None:
        self.version += 1
        change = types.TextDocumentContentChangePartial(range=self.span(old, after), text=new)
        identifier = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        params = types.DidChangeTextDocumentParams(identifier, [change])
        self.client.text_document_did_change(params)
        start = self.text.index(old, self.text.index(after))
        self.text = self.text[:start] + new + self.text[start + len(old) :]

    async def findings(self) -> list[types.Diagnostic]:
        """Answers what the client shows: it asks if it can, else it waits to be told."""
        if self.is_asked:
            params = types.DocumentDiagnosticParams(self.identifier)
            report = await self.client.text_document_diagnostic_async(params)
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
            return list(report.items)
        await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return list(self.client.diagnostics[self.uri])

    async def hover(self, position: types.Position) -> str:
        params = types.HoverParams(self.identifier, position)
        hover = await self.client.text_document_hover_async(params)
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        return hover.contents.value

    async def definition(self, position: types.Position) -> list[tuple[str, types.Position]]:
        params = types.DefinitionParams(self.identifier, position)
        found: Any = await self.client.text_document_definition_async(params)
        places = []
        for target in found or ():
            if isinstance(target, types.LocationLink):
                places.append((target.target_uri, target.target_selection_range.start))
            else:
                places.append((target.uri, target.range.start))
        return places


@pytest.mark.parametrize("case", CASES, ids=lambda case: Path(case.path).name)
async def test_file_of_the_distribution(client: LanguageClient, case: Case) -> None:
    document = Document(client, SOURCE_ROOT / case.path)
    assert await document.findings() == []

    name = document.place(case.text)
    keyword = types.Position(name.line, 1)
    operand = document.place(case.operand, case.text)
    assert case.prototype in await document.hover(name)
    assert case.prototype in await document.hover(keyword)
    assert case.operand in await document.hover(operand)

    go = Document(client, SOURCE_ROOT / case.go_path, "go")
    prototype = go.place(case.prototype)
    assert (go.uri, prototype) in await document.definition(name)
    assert (go.uri, prototype) in await document.definition(keyword)
    ((uri, _),) = await document.definition(operand)
    assert uri == go.uri
    assert document.uri in [uri for uri, _ in await go.definition(prototype)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: Path(case.path).name)
async def test_wrong_offset_is_marked_and_goes_away(client: LanguageClient, case: Case) -> None:
    document = Document(client, SOURCE_ROOT / case.path)
    assert await document.findings() == []
    name, _, offset = case.operand.removesuffix("(FP)").partition("+")
    wrong = f"{name}+{int(offset) + 128}(FP)"
    document.replace(case.operand, wrong, case.text)
    (found,) = await document.findings()
    assert found.range == document.span(wrong, case.text)
    expected = f"invalid offset {wrong}; expected {case.operand}"
    assert found.message.startswith(f"[{case.goarch}] ")
    assert found.message.endswith(expected)
    document.replace(wrong, case.operand, case.text)
    assert await document.findings() == []


def messages(*parts: dict[str, object]) -> bytes:
    bodies = (json.dumps({"jsonrpc": "2.0", **part}).encode() for part in parts)
    return b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies)


INITIALIZE: dict[str, object] = {"id": 1, "method": "initialize", "params": {"capabilities": {}}}
SHUTDOWN: dict[str, object] = {"id": 2, "method": "shutdown"}
EXIT: dict[str, object] = {"method": "exit"}


def run(sent: bytes) -> tuple[int, list[dict[str, Any]]]:
    """Runs a server on fixed input; answers its exit status and what it said."""
    done = subprocess.run(COMMAND, input=sent, capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stderr
    found = []
    rest = done.stdout
    while rest:
        header, _, rest = rest.partition(b"\r\n\r\n")
        size = int(header.split(b"Content-Length: ")[1].split(b"\r\n")[0])
        found.append(json.loads(rest[:size]))
        rest = rest[size:]
    return done.returncode, found


def test_life_in_one_piece() -> None:
    status, said = run(messages(INITIALIZE, SHUTDOWN, EXIT))
    assert status == 0
    assert [message["id"] for message in said] == [1, 2]
    assert said[0]["result"]["serverInfo"]["name"] == "go-asm-lsp"


def test_exit_without_shutdown() -> None:
    assert run(messages(INITIALIZE, EXIT))[0] == 1


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"Content-Length: 10\r\n\r\n", id="half a message"),
        pytest.param(b"hello\r\n\r\n" + messages(INITIALIZE), id="no header"),
        pytest.param(messages(INITIALIZE), id="the client is gone"),
    ],
)
def test_input_that_ends(sent: bytes) -> None:
    run(sent)


def test_what_is_no_message_is_passed_over() -> None:
    broken = b'Content-Length: 7\r\n\r\n{"id": ' + b"Content-Length: 4\r\n\r\nnull"
    done = subprocess.run(
        COMMAND,
        input=messages(INITIALIZE) + broken + messages(SHUTDOWN, EXIT),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0


def test_first_message_that_is_no_initialize() -> None:
    status, said = run(messages({"id": 7, "method": "shutdown"}, INITIALIZE, SHUTDOWN, EXIT))
    assert status == 0
    assert said[0]["error"]["code"] == -32002
    assert [message["id"] for message in said] == [7, 1, 2]


def test_tcp_on_this_machine() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "go_asm_lsp", "--tcp", f"127.0.0.1:{port}"]
    with subprocess.Popen(command) as server:
        deadline = time.monotonic() + 30
        while True:
            try:
                connection = socket.create_connection(("127.0.0.1", port))
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        with connection, connection.makefile("rwb") as stream:
            stream.write(messages(INITIALIZE, SHUTDOWN, EXIT))
            stream.flush()
            answer = stream.read()
    assert b'"serverInfo"' in answer
    assert b'"id": 2' in answer
    assert server.returncode == 0


def test_tcp_is_for_this_machine_only() -> None:
    command = [sys.executable, "-m", "go_asm_lsp", "--tcp", "0.0.0.0:0"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
