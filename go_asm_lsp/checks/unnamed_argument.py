"""An argument is addressed by offset alone.

A reference to the argument frame needs a name before the offset. The name says what is
meant, so that it can be checked.

Bad:

    MOVQ 8(FP), AX

Good, for `func add(x, y int64) int64`:

    MOVQ y+8(FP), AX
"""

from __future__ import annotations

from collections.abc import Iterator

from go_asm_lsp.checks.diagnostic import Finding, Severity
from go_asm_lsp.semantics.argument_fit import MisfitKind
from go_asm_lsp.semantics.facts import FunctionFacts
from go_asm_lsp.semantics.reference_fixes import fixes_at_offset
from go_asm_lsp.semantics.related import prototype_place, slot_place

CODE = "asmdecl/unnamed-argument"


def check(facts: FunctionFacts) -> Iterator[Finding]:
    frame = facts.function.frame
    if frame is None:
        return
    for misfit in facts.misfits_of(MisfitKind.UNNAMED):
        use, slot = misfit.use, misfit.slot
        message = f"use of unnamed argument {use.addressed}"
        related = prototype_place(frame.prototype)
        if slot:
            message += f"; offset {use.offset} is {slot.name}+{slot.offset}(FP)"
            related = slot_place(slot)
        yield Finding(
            CODE,
            use.span,
            facts.message(message),
            Severity.WARNING,
            related=(related,),
            fixes=fixes_at_offset(use, frame, facts.arch),
        )
