"""pygls' protocol, with what this server does otherwise.

Documents and folders are ours and not pygls'. Client capabilities are read by
`client.read_client`, so pygls never decodes them. A message that cannot be understood is
answered, not dropped, and messages at the wrong time get the errors that the specification
names.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

from go_asm_lsp.lsp.client import read_client

if TYPE_CHECKING:
    from go_asm_lsp.lsp.server import GoAsmServer

FRAME_LAYOUT = "goAsm/frameLayout"
SWITCH_SOURCE = "goAsm/switchSource"
ARCHITECTURE = "goAsm/architecture"
INACTIVE_REGIONS = "goAsm/inactiveRegions"

log = logging.getLogger("go_asm_lsp")

Forwarded = Generator[tuple[Any, tuple[Any, ...], None], Any, None]


@attrs.define
class PositionRequest:
    """A custom request about a place."""

    id: int | str
    method: str
    params: types.TextDocumentPositionParams
    jsonrpc: str


@attrs.define
class SwitchSourceParams:
    """What `goAsm/switchSource` asks: the counterparts of a place, or of the whole file."""

    text_document: types.TextDocumentIdentifier
    position: types.Position | None = None


@attrs.define
class SwitchSourceRequest:
    id: int | str
    method: str
    params: SwitchSourceParams
    jsonrpc: str


@attrs.define
class ArchitectureParams:
    """What `goAsm/architecture` asks; `goarch` absent asks only, "auto" goes back."""

    text_document: types.TextDocumentIdentifier
    goarch: str | None = None


@attrs.define
class ArchitectureRequest:
    id: int | str
    method: str
    params: ArchitectureParams
    jsonrpc: str


_CUSTOM_REQUESTS: dict[str, type[Any]] = {
    FRAME_LAYOUT: PositionRequest,
    SWITCH_SOURCE: SwitchSourceRequest,
    ARCHITECTURE: ArchitectureRequest,
}


class Protocol(LanguageServerProtocol):
    """The protocol of one connection."""

    _server: GoAsmServer

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Forwarded:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Forwarded:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Forwarded:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    @lsp_method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(
        self, params: types.DidChangeWorkspaceFoldersParams
    ) -> Forwarded:
        method = types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS
        yield self.fm.features[method], (params,), None

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(
        self, params: types.InitializeParams
    ) -> Generator[Any, Any, types.InitializeResult]:
        result: types.InitializeResult = yield from super().lsp_initialize(params)
        if not self._server.client.pull_diagnostics:
            result.capabilities.diagnostic_provider = None
        return result

    @lsp_method(types.EXIT)
    def lsp_exit(self, *args: Any) -> Generator[Any, Any, None]:
        # pygls swallows the status it exits with; the process asks the server for it.
        self._server.exit_code = 0 if self._shutdown else 1
        yield from super().lsp_exit(*args)

    @lru_cache  # noqa: B019 - as in pygls; there is one protocol in a process
    def get_message_type(self, method: str) -> type[Any] | None:
        return _CUSTOM_REQUESTS.get(method) or super().get_message_type(method)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Decodes one message; a request that cannot be decoded is answered with the error."""
        if "jsonrpc" not in data:
            return data
        if data.get("method") == types.INITIALIZE and self._workspace is None:
            self._server.start(read_client(data.get("params")))
            data = {**data, "params": self._reduced()}
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and isinstance(data.get("id"), int | str):
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def _reduced(self) -> dict[str, Any]:
        """Answers the parameters of `initialize` that pygls itself acts on."""
        encodings = {"positionEncodings": [self._server.client.encoding]}
        return {"processId": None, "rootUri": None, "capabilities": {"general": encodings}}

    def handle_message(self, message: Any) -> None:
        method = getattr(message, "method", "")
        if method:
            log.info("received %s", method)
            log.debug("%s", message)
        refusal = self._refusal(method)
        if refusal is None:
            super().handle_message(message)
        elif hasattr(message, "id"):
            self._send_response(message.id, error=refusal)

    def _refusal(self, method: str) -> types.ResponseError | None:
        """Answers the error for a message that comes too early, too late or twice."""
        if method in ("", types.EXIT):
            return None
        if self._shutdown:
            return types.ResponseError(types.ErrorCodes.InvalidRequest, "the server is shut down")
        if method == types.INITIALIZE and self._workspace is not None:
            return types.ResponseError(types.ErrorCodes.InvalidRequest, "already initialized")
        if method != types.INITIALIZE and self._workspace is None:
            return types.ResponseError(
                types.ErrorCodes.ServerNotInitialized, "the server is not initialized"
            )
        return None

    def _send_response(
        self,
        msg_id: int | str,
        result: Any | None = None,
        error: types.ResponseError | None = None,
    ) -> None:
        if self._server.answered_initialize == msg_id and isinstance(
            result, types.InitializeResult
        ):
            # The reply was sent before pygls was loaded (see startup).
            return
        super()._send_response(msg_id, result, error)
