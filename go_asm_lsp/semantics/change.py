"""Edits that a finding or a command proposes, and places that explain one."""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.text import Span


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding: the Go parameter, the other definition."""

    path: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces a span of one file's bytes."""

    path: str
    span: Span
    new_text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that makes the finding go away."""

    title: str
    edits: tuple[Edit, ...]
    is_preferred: bool = True
