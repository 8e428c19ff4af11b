"""Findings for clients that ask: of one document, and of everything in the opened folders."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING

from lsprotocol import types

from go_asm_lsp.lsp.uris import canonical, is_absolute, path_of

if TYPE_CHECKING:
    from go_asm_lsp.lsp.server import GoAsmServer

FileReport = types.WorkspaceFullDocumentDiagnosticReport | (
    types.WorkspaceUnchangedDocumentDiagnosticReport
)

# Folders that hold no packages of the user's own. Go leaves out `testdata` too, and whatever
# begins with a dot or an underscore.
_LEFT_OUT = frozenset(("testdata", "vendor", "node_modules"))
# What a change may have altered is looked for this much later, together with what follows it.
_PAUSE_SECONDS = 1.0


class Reports:
    """Answers of the two pull requests.

    A result's id is made from its content, so that nothing has to be remembered to tell a
    client that what it has still holds.
    """

    def __init__(self, server: GoAsmServer) -> None:
        self._server = server
        self._changed = asyncio.Event()
        self._has_answered = False

    def changed(self) -> None:
        """Takes note that the findings of some file may be others now."""
        self._changed.set()

    def of_document(self, uri: str, previous: str | None) -> types.DocumentDiagnosticReport:
        """Answers the findings of a document's newest text."""
        path = path_of(uri)
        document = self._server.documents.at(path)
        is_assembly = self._server.is_assembly(document) if document else path.endswith(".s")
        found = self._server.diagnostics(path) if is_assembly else ()
        result = _result_id(found)
        if result == previous:
            return types.RelatedUnchangedDocumentDiagnosticReport(result)
        return types.RelatedFullDocumentDiagnosticReport(found, result_id=result)

    async def of_workspace(
        self, previous: Iterable[types.PreviousResultId]
    ) -> types.WorkspaceDiagnosticReport:
        """Answers the findings of all .s files below the folders.

        Clients ask again as soon as they are answered. While there is nothing new to say the
        request stays open, as the protocol proposes.
        """
        known = {item.uri: item.value for item in previous}
        while True:
            self._changed.clear()
            found = [report async for report in self._files(known)]
            has_news = any(not _is_unchanged(report) for report in found)
            if has_news or not self._has_answered:
                self._has_answered = True
                return types.WorkspaceDiagnosticReport(found)
            await self._changed.wait()
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _files(self, known: dict[str, str]) -> AsyncIterator[FileReport]:
        """Yields a report for each file that has findings, or had some for the client."""
        seen = set()
        for folder in self._server.folders:
            for path in _assembly_files(folder):
                await asyncio.sleep(0)
                if path is not None:
                    uri = self._server.files.uri(path)
                    seen.add(uri)
                    report = self._file(path, uri, known.get(uri))
                    if report is not None:
                        yield report
        for uri in known.keys() - seen:
            yield types.WorkspaceFullDocumentDiagnosticReport(uri, (), result_id=_result_id(()))

    def _file(self, path: str, uri: str, previous: str | None) -> FileReport | None:
        found = self._server.diagnostics(path)
        if self._server.documents.at(path) is None:
            self._server.workspaces.of(path).forget(path)
        result = _result_id(found)
        version = self._server.files.version(path)
        if result == previous:
            return types.WorkspaceUnchangedDocumentDiagnosticReport(uri, result, version=version)
        if not found and previous is None:
            return None
        return types.WorkspaceFullDocumentDiagnosticReport(
            uri, found, version=version, result_id=result
        )


def _assembly_files(folder: str) -> Iterator[str | None]:
    """Yields the .s files below a folder, and None after each folder looked at.

    Symbolic links are not followed, as in Go's own `./...`.
    """
    if not is_absolute(folder):
        return
    for directory, below, names in os.walk(folder):
        below[:] = sorted(n for n in below if n not in _LEFT_OUT and n[0] not in "._")
        for name in sorted(names):
            if name.endswith(".s") and name[0] not in "._":
                yield f"{canonical(directory).rstrip('/')}/{name}"
        yield None


def _result_id(found: tuple[types.Diagnostic, ...]) -> str:
    return blake2b(repr(found).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _is_unchanged(report: FileReport) -> bool:
    return isinstance(report, types.WorkspaceUnchangedDocumentDiagnosticReport)
