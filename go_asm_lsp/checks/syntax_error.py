"""The text is not Go assembly, or its preprocessor lines are wrong.

The assembler stops at such a line: an operand that does not end, a word where a comma is
expected, an `#include` of a file that is not there, an `#ifdef` without `#endif`.

Bad:

    MOVQ x+0(FP AX

Good:

    MOVQ x+0(FP), AX
"""

from __future__ import annotations

from collections.abc import Iterator

from go_asm_lsp.checks.diagnostic import Diagnostic, Severity
from go_asm_lsp.semantics.model import FileModel

CODE = "asm/syntax"


def check(model: FileModel) -> Iterator[Diagnostic]:
    for span, message in model.problems:
        yield Diagnostic(CODE, span, message, Severity.ERROR, (model.configuration.goarch,))
