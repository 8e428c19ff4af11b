"""The argument size of a TEXT line is not that of the Go prototype.

The number after the hyphen in `$frame-args` counts the bytes of all arguments and results,
with the gaps that alignment leaves between them and before the results.

Bad, for `func add(x, y int64) int64`:

    TEXT ·add(SB), NOSPLIT, $0-16

Good:

    TEXT ·add(SB), NOSPLIT, $0-24

A NOSPLIT function may leave the argument size out or write 0; that silences the check.
"""

from __future__ import annotations

from collections.abc import Iterator

from go_asm_lsp.checks.diagnostic import Edit, Finding, Fix, Severity
from go_asm_lsp.semantics.declared_sizes import declared_sizes
from go_asm_lsp.semantics.facts import FunctionFacts
from go_asm_lsp.semantics.function_flags import may_omit_argument_size
from go_asm_lsp.semantics.related import prototype_place
from go_asm_lsp.syntax.nodes import Text
from go_asm_lsp.text import Span

CODE = "asmdecl/wrong-argument-size"


def check(facts: FunctionFacts) -> Iterator[Finding]:
    frame = facts.function.frame
    text = facts.function.text
    if frame is None or not frame.is_complete or text.symbol is None:
        return
    written = declared_sizes(facts.function).arguments
    if written is None or written == frame.size:
        return
    if written == 0 and may_omit_argument_size(facts.function):
        return
    span = text.symbol.span
    if text.frame:
        span = text.frame.arguments_span or text.frame.span
    message = f"wrong argument size {written}; expected $...-{frame.size}"
    yield Finding(
        CODE,
        span,
        facts.message(message),
        Severity.WARNING,
        related=(prototype_place(frame.prototype),),
        fixes=_fixes(text, frame.size),
    )


def _fixes(text: Text, size: int) -> tuple[Fix, ...]:
    if text.frame is None or text.frame.arguments == size:
        return ()
    if text.frame.arguments_span:
        edit = Edit("", text.frame.arguments_span, str(size))
    else:
        end = text.frame.span.end
        edit = Edit("", Span(end, end), f"-{size}")
    return (Fix(f"Set the argument size to {size}", (edit,)),)
