"""The answer to `goAsm/architecture`, as docs/protocol.md describes it."""

from __future__ import annotations

import posixpath

from go_asm_lsp.golang.model import GOARCHES
from go_asm_lsp.workspace import Workspace

Json = dict[str, object]


def architecture_response(workspace: Workspace, path: str) -> Json:
    """Answers what a file is shown for, and what it may be shown for."""
    model = workspace.model(path)
    if model is None:
        return _answer(None, None, (), "It is not Go assembly.")
    configurations = workspace.configurations(path)
    active = model.configuration
    name = posixpath.basename(path)
    if not configurations:
        return _answer(active.goarch, active.goos, GOARCHES, f"No build takes {name}.")
    built = tuple(sorted(configuration.goarch for configuration in configurations))
    if workspace.names_architectures(path):
        reason = f"{name} is built for {', '.join(built)}."
        return _answer(active.goarch, active.goos, built, reason)
    reason = f"{name} names no architecture, so any may be chosen."
    return _answer(active.goarch, active.goos, GOARCHES, reason)


def _answer(active: str | None, goos: str | None, choices: tuple[str, ...], reason: str) -> Json:
    return {
        "active": active,
        "goos": goos,
        "choices": list(choices),
        "applies": active is not None,
        "reason": reason,
    }
