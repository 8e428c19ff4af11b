"""The server of one connection: its client, settings, open documents and workspace."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from go_asm_lsp import __version__
from go_asm_lsp.checks.diagnostic import Diagnostic
from go_asm_lsp.disk import DiskFileSystem
from go_asm_lsp.lsp import convert
from go_asm_lsp.lsp.capabilities import NAME
from go_asm_lsp.lsp.client import Client
from go_asm_lsp.lsp.config import Config, read_config
from go_asm_lsp.lsp.documents import Document, Documents
from go_asm_lsp.lsp.files import OpenFileSystem
from go_asm_lsp.lsp.handlers import HANDLERS
from go_asm_lsp.lsp.protocol import Protocol
from go_asm_lsp.lsp.publisher import Publisher
from go_asm_lsp.lsp.reports import Reports
from go_asm_lsp.lsp.uris import is_absolute, path_of
from go_asm_lsp.lsp.workspaces import Workspaces
from go_asm_lsp.semantics.model import FileModel
from go_asm_lsp.text import LineIndex
from go_asm_lsp.workspace import LARGEST

log = logging.getLogger("go_asm_lsp")

_ASSEMBLY_LANGUAGES = frozenset(("go.asm", "goasm", "go.s", "asm", "go-asm", "go-asm-mode"))


@dataclass(frozen=True, slots=True)
class Place:
    """A byte in a file, with the file's lines."""

    path: str
    offset: int
    index: LineIndex


class GoAsmServer(LanguageServer):
    """Answers one client.

    `answered_initialize` is the id of an `initialize` request that was answered before.
    """

    protocol: Protocol

    def __init__(self, answered_initialize: int | str | None = None) -> None:
        self.answered_initialize = answered_initialize
        self.exit_code = 0
        super().__init__(
            NAME, __version__, protocol_cls=Protocol, converter_factory=default_converter
        )
        for handler in HANDLERS:
            self.feature(handler.method, handler.options)(handler.function)
        self.publisher = Publisher(self)
        self.reports = Reports(self)
        self.start(Client())

    def start(self, client: Client) -> None:
        """Begins to serve a client."""
        disk = DiskFileSystem()
        self.client = client
        self.documents = Documents(disk, client.encoding)
        self.files = OpenFileSystem(self.documents, disk)
        self.folders = tuple(path_of(uri) for uri in client.folders)
        self.config = Config()
        self._complaints: set[str] = set()
        self.workspaces = Workspaces(self.files, self._complain)

    def configure(self, settings: object) -> None:
        """Takes over settings; what they change is in effect at once."""
        read = read_config(settings, self.config)
        for problem in read.problems:
            self._complain(problem)
        if read.config != self.config:
            self.config = read.config
            self.workspaces.configure(read.config)
            logging.getLogger("go_asm_lsp").setLevel(_LOG_LEVELS[self.config.trace])
            self.publisher.others_changed()
            self.publisher.ask_again()

    def place(self, document: types.TextDocumentIdentifier, position: types.Position) -> Place:
        """Answers where a question points to."""
        path = path_of(document.uri)
        index = self.files.index(path)
        return Place(path, convert.offset_of(index, position), index)

    def choose_goarch(self, path: str, goarch: str | None) -> None:
        """Takes over the architecture that a file is to be shown for; None is the first."""
        self.workspaces.prefer(path, goarch)
        self.publisher.others_changed()
        self.publisher.ask_again()

    def change_folders(self, event: types.WorkspaceFoldersChangeEvent) -> None:
        """Takes note that the client opened or left folders."""
        removed = {path_of(folder.uri) for folder in event.removed}
        kept = [path for path in self.folders if path not in removed]
        added = [path_of(folder.uri) for folder in event.added]
        self.folders = tuple(dict.fromkeys([*kept, *added]))
        self.reports.changed()

    def text_changed(self, path: str) -> None:
        """Takes note of an edit, or of a document opened or closed."""
        self.reports.changed()
        self.workspaces.changed(path)

    def disk_changed(self) -> None:
        """Takes note that files changed on disk."""
        self.reports.changed()
        self.workspaces.refresh()
        self.publisher.others_changed()
        self.publisher.ask_again()

    def is_assembly(self, document: Document) -> bool:
        """Tells a .s file by its name; only what has no file is believed to be what it says."""
        if document.path.endswith(".s"):
            return True
        return not is_absolute(document.path) and document.language in _ASSEMBLY_LANGUAGES

    def model(self, path: str) -> FileModel | None:
        """Answers a file's model for the architecture chosen for it, else for its first."""
        return self.workspaces.of(path).model(path)

    def diagnostics(self, path: str) -> tuple[types.Diagnostic, ...]:
        """Answers what is wrong in a file, at the levels that the settings say."""
        workspace = self.workspaces.of(path)
        if workspace.is_too_large(path):
            self._complain(f"{path} is not analysed: it has more than {LARGEST >> 20} MB")
        return self.shown(path, workspace.diagnostics(path))

    def shown(self, path: str, diagnostics: Iterable[Diagnostic]) -> tuple[types.Diagnostic, ...]:
        """Answers findings as the client gets them, without those that are off."""
        found = []
        for diagnostic in diagnostics:
            severity = self.config.severity(diagnostic.code, diagnostic.severity)
            if severity is not None:
                found.append(
                    convert.to_diagnostic(diagnostic, severity, path, self.files, self.client)
                )
        return tuple(found)

    def _complain(self, message: str) -> None:
        """Writes to the client's log, once for each message."""
        if message not in self._complaints:
            self._complaints.add(message)
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, message))

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Logs a failure. pygls has answered it if it was a request; nothing pops up."""
        details = error.data if isinstance(error, JsonRpcException) else None
        trace = details.get("traceback", ()) if isinstance(details, dict) else ()
        log.error("%s: %s\n%s", source.__name__, error, "".join(trace))


_LOG_LEVELS = {"off": logging.WARNING, "messages": logging.INFO, "verbose": logging.DEBUG}
