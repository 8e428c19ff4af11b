"""The workspace that a file belongs to: one for each Go environment that opened files have.

A folder decides about its environment: its go.mod may ask for another Go, and the sources of
a Go distribution are read as that distribution's.
"""

from __future__ import annotations

import os
import posixpath
import time
from collections.abc import Callable

from go_asm_lsp.disk import environment_from
from go_asm_lsp.golang.environment import GoEnvironment, GoSettings
from go_asm_lsp.lsp.config import Config
from go_asm_lsp.lsp.files import OpenFileSystem
from go_asm_lsp.lsp.uris import canonical, is_absolute
from go_asm_lsp.workspace import Workspace

# How long the disk is believed to stay as it is. Not every client tells about changes, and
# none does outside the folders it opened.
_BELIEF_SECONDS = 1.0


class Workspaces:
    """Workspaces by environment; `complain` is told what the user should know of one."""

    def __init__(self, files: OpenFileSystem, complain: Callable[[str], None]) -> None:
        self._files = files
        self._complain = complain
        self._settings = GoSettings()
        self._environments: dict[str, GoEnvironment] = {}
        self._workspaces: dict[GoEnvironment, Workspace] = {}
        self._preferred: dict[str, str] = {}
        self._looked = time.monotonic()

    def configure(self, config: Config) -> None:
        """Takes over settings."""
        self._settings = GoSettings(
            goroot=canonical(os.path.expanduser(config.goroot)),
            goos=config.goos or "auto",
            goarch=config.goarch or "auto",
            tags=config.tags,
        )
        self._environments.clear()
        self._workspaces.clear()

    def of(self, path: str) -> Workspace:
        """Answers the workspace of a file, after a look at the disk if the last is long ago."""
        now = time.monotonic()
        if now - self._looked > _BELIEF_SECONDS:
            self.refresh()
        directory = posixpath.dirname(path) if is_absolute(path) else ""
        environment = self._environments.get(directory)
        if environment is None:
            environment = environment_from(os.environ, self._settings, directory)
            self._environments[directory] = environment
            if self._settings.goroot and not environment.goroot:
                self._complain(f"goAsm.goroot is no Go distribution: {self._settings.goroot}")
        workspace = self._workspaces.get(environment)
        if workspace is None:
            workspace = self._workspaces[environment] = Workspace(self._files, environment)
            for preferring, goarch in self._preferred.items():
                workspace.prefer(preferring, goarch)
        return workspace

    def prefer(self, path: str, goarch: str | None) -> None:
        """Chooses the architecture that a file is shown for; None is its first."""
        self._preferred.pop(path, None)
        if goarch is not None:
            self._preferred[path] = goarch
        for workspace in self._workspaces.values():
            workspace.prefer(path, goarch)

    def changed(self, path: str) -> None:
        """Takes note of an edit, or of a document opened or closed."""
        for workspace in self._workspaces.values():
            workspace.changed(path)

    def refresh(self) -> None:
        """Takes note that any file may have changed."""
        self._looked = time.monotonic()
        self._environments.clear()
        for workspace in self._workspaces.values():
            workspace.refresh()
