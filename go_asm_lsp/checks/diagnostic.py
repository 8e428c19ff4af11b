"""What a check reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from go_asm_lsp.text import Span


class Severity(Enum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    HINT = "hint"


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


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding in the analysed file. `message` is the toolchain's own where it has one.

    `goarches` are the architectures it holds for: one from a check, several after merging.
    """

    code: str
    span: Span
    message: str
    severity: Severity
    goarches: tuple[str, ...]
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
