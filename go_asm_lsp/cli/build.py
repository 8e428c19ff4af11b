"""A workspace for the builds that a command line asks for."""

from __future__ import annotations

import json
import os

from go_asm_lsp.cli.arguments import BuildOptions, CommandError
from go_asm_lsp.disk import DiskFileSystem, environment_from
from go_asm_lsp.golang.environment import GoEnvironment, GoSettings
from go_asm_lsp.golang.platforms import KNOWN_OS
from go_asm_lsp.workspace import Workspace


def open_workspace(options: BuildOptions, environment: GoEnvironment) -> Workspace:
    """Opens the disk as these options want it seen; raises CommandError."""
    files = DiskFileSystem()
    if options.overlay:
        _lay_over(files, options.overlay)
    return Workspace(files, environment, options.goarches, is_one_system=options.goos is not None)


def environment_of(options: BuildOptions, directory: str) -> GoEnvironment:
    """Answers what Go would say of itself for a folder; raises CommandError."""
    if options.goos and options.goos not in KNOWN_OS:
        raise CommandError(f"no operating system is called {options.goos!r}")
    goroot = absolute(options.goroot) if options.goroot else ""
    goarch = options.goarches[0] if len(options.goarches) == 1 else ""
    settings = GoSettings(goroot, options.goos or "", goarch, options.tags)
    found = environment_from(os.environ, settings, directory)
    if goroot and not found.goroot:
        raise CommandError(f"{options.goroot} is not a Go distribution")
    return found


def absolute(path: str) -> str:
    return os.path.abspath(path).replace(os.sep, "/")


def _lay_over(files: DiskFileSystem, path: str) -> None:
    """Reads the JSON of `go build -overlay`: {"Replace": {path: other path, or ""}}."""
    try:
        with open(path, "rb") as file:
            content = json.loads(file.read())
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise CommandError(f"{path}: not JSON: {error}") from error
    replaced = content.get("Replace", {}) if isinstance(content, dict) else None
    if not isinstance(replaced, dict):
        raise CommandError(f'{path}: no object with the member "Replace"')
    for original, replacement in replaced.items():
        if not isinstance(replacement, str):
            raise CommandError(f"{path}: the replacement of {original} is not a path")
        files.set_overlay(absolute(original), _replacement(files, replacement, path))


def _replacement(files: DiskFileSystem, path: str, overlay: str) -> bytes | None:
    if not path:
        return None
    text = files.read(absolute(path))
    if text is None:
        raise CommandError(f"{overlay}: {path} cannot be read")
    return text
