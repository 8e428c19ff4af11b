"""What an editor can do about findings: the fixes they carry."""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.checks.diagnostic import Diagnostic, Fix
from go_asm_lsp.text import Span
from go_asm_lsp.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CodeAction:
    """A change to offer, and the findings that it makes go away."""

    fix: Fix
    diagnostics: tuple[Diagnostic, ...]


def code_actions(workspace: Workspace, path: str, span: Span) -> tuple[CodeAction, ...]:
    """Lists the fixes of all findings that a selection touches, preferred ones first."""
    offered: dict[Fix, list[Diagnostic]] = {}
    for diagnostic in workspace.diagnostics(path):
        touches = diagnostic.span.start <= span.end and span.start <= diagnostic.span.end
        for fix in diagnostic.fixes if touches else ():
            offered.setdefault(fix, []).append(diagnostic)
    actions = [CodeAction(fix, tuple(diagnostics)) for fix, diagnostics in offered.items()]
    return tuple(sorted(actions, key=lambda action: not action.fix.is_preferred))
