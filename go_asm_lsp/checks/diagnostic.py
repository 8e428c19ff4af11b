"""What a check reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from go_asm_lsp.semantics.change import Edit, Fix, Related
from go_asm_lsp.text import Span

__all__ = ["Diagnostic", "Edit", "Finding", "Fix", "Related", "Severity"]


class Severity(Enum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of one function finds, before it is placed in the file.

    `span`, and the edits of path "", are offsets into the function's expanded block.
    """

    code: str
    span: Span
    message: str
    severity: Severity
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding in the analysed file. `message` is the toolchain's own where it has one.

    `goarches` are the architectures it holds for: one from a check, several after merging.
    `message` is then that of the first.
    """

    code: str
    span: Span
    message: str
    severity: Severity
    goarches: tuple[str, ...]
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
