"""Telling clients about findings without being asked: what to send, when and to whom.

Edits are coalesced for a moment. A client that asks for diagnostics itself is not told too:
editors would show everything twice. It is told to ask again when another file's edit may
have changed the answer.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from go_asm_lsp.lsp import convert
from go_asm_lsp.lsp.documents import Document
from go_asm_lsp.lsp.protocol import INACTIVE_REGIONS

if TYPE_CHECKING:
    from go_asm_lsp.lsp.server import GoAsmServer

# The first edit starts the wait and later ones do not prolong it, so that somebody who types
# without pause sees findings too.
_WAIT_SECONDS = 0.04


class Publisher:
    """What one client was told last, and what is still to be told."""

    def __init__(self, server: GoAsmServer) -> None:
        self._server = server
        self._waiting: set[str] = set()
        self._will_refresh = False
        # The revision and the findings of each document, as they were sent.
        self._sent: dict[str, tuple[int, tuple[types.Diagnostic, ...]]] = {}

    def changed(self, document: Document, *, at_once: bool = False) -> None:
        """Takes note of a new text: its findings change, and those of files that read it."""
        if self._server.is_assembly(document):
            self._schedule(document.uri, 0 if at_once else _WAIT_SECONDS)
        else:
            # Clients ask about what was edited, not about what that means for other files.
            self.ask_again()
        self.others_changed(document.uri)

    def others_changed(self, except_uri: str = "") -> None:
        """Takes note of a change that any open document may depend on."""
        for other in self._server.documents:
            if other.uri != except_uri and self._server.is_assembly(other):
                self._schedule(other.uri, _WAIT_SECONDS)

    def ask_again(self) -> None:
        """Tells a client that asks for diagnostics to do it now."""
        if self._server.client.pull_diagnostics and not self._will_refresh:
            self._will_refresh = True
            asyncio.get_running_loop().call_later(_WAIT_SECONDS, self._refresh)

    def closed(self, uri: str) -> None:
        """Takes back what was said of a document that is no longer open."""
        self._waiting.discard(uri)
        if self._sent.pop(uri, (0, ()))[1]:
            self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, ()))

    def _refresh(self) -> None:
        self._will_refresh = False
        self._server.workspace_diagnostic_refresh(None)

    def _schedule(self, uri: str, seconds: float) -> None:
        if uri not in self._waiting:
            self._waiting.add(uri)
            asyncio.get_running_loop().call_later(seconds, self._publish, uri)

    def _publish(self, uri: str) -> None:
        document = self._server.documents.get(uri)
        if uri not in self._waiting or document is None:
            return
        self._waiting.discard(uri)
        if self._server.client.inactive_regions:
            self._publish_inactive_regions(document)
        if self._server.client.pull_diagnostics:
            return
        found = self._server.diagnostics(document.path)
        if self._sent.get(uri) == (document.revision, found):
            return
        self._sent[uri] = document.revision, found
        version = document.version if self._server.client.diagnostic_version else None
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, found, version)
        )

    def _publish_inactive_regions(self, document: Document) -> None:
        model = self._server.model(document.path)
        inactive = model.preprocessed.inactive if model else ()
        regions = [convert.to_range(document.index, span) for span in inactive]
        self._server.protocol.notify(
            INACTIVE_REGIONS,
            {"uri": document.uri, "version": document.version, "regions": regions},
        )
