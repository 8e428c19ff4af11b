"""What go-asm-lsp says of a package, as it is or with some files changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from go_asm_lsp.disk import DiskFileSystem
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.text import LineIndex
from go_asm_lsp.workspace import Workspace
from tests.goroot import GOROOT
from tests.oracle.toolchain import Finding, goos_of

_FAMILIES = ("asmdecl/", "framepointer/")


class Answers:
    """One architecture's workspace over GOROOT, kept from one question to the next."""

    def __init__(self, goarch: str) -> None:
        self.files = DiskFileSystem()
        self.configuration = BuildConfiguration(goos_of(goarch), goarch)
        environment = GoEnvironment(self.configuration, goroot=GOROOT)
        self.workspace = Workspace(self.files, environment, (goarch,))

    def findings(self, directory: str, changed: Mapping[str, bytes]) -> frozenset[Finding]:
        """Checks all assembly of a folder in which some files have another content."""
        with self.changed(directory, changed):
            return self._findings(directory)

    @contextmanager
    def changed(self, directory: str, texts: Mapping[str, bytes]) -> Iterator[None]:
        """Gives some files of a folder another content for a while."""
        for name, text in texts.items():
            self.files.set_overlay(f"{directory}/{name}", text)
            self.workspace.changed(f"{directory}/{name}")
        try:
            yield
        finally:
            for name in texts:
                self.files.remove_overlay(f"{directory}/{name}")
                self.workspace.changed(f"{directory}/{name}")

    def _findings(self, directory: str) -> frozenset[Finding]:
        found = set()
        for path in self.workspace.assembly_files(directory):
            if self.configuration not in self.workspace.configurations(path):
                continue
            lines = LineIndex(self.workspace.source(path) or b"")
            for diagnostic in self.workspace.diagnostics(path):
                if diagnostic.code.startswith(_FAMILIES):
                    line = lines.line_of(diagnostic.span.start) + 1
                    found.add((path.rpartition("/")[2], line, diagnostic.message))
        return frozenset(found)


@cache
def answers(goarch: str) -> Answers:
    return Answers(goarch)
