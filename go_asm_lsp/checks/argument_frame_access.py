"""The hardware stack pointer is used to reach beyond the function's own frame.

Above the locals lie the return address and the arguments. Where exactly depends on the
frame the assembler makes, so arguments are addressed through FP, by name.

Bad, in a function declared with a frame of 0 bytes:

    MOVQ 8(SP), AX

Good:

    MOVQ x+0(FP), AX

The check stops at the first instruction that changes the stack pointer. `NOP SP` says so
where the change cannot be seen, and silences it for the rest of the function.
"""

from __future__ import annotations

from collections.abc import Iterator

from go_asm_lsp.checks.diagnostic import Finding, Severity
from go_asm_lsp.semantics.declared_sizes import arguments_start, declared_sizes
from go_asm_lsp.semantics.facts import FunctionFacts
from go_asm_lsp.semantics.reference_fixes import fixes_of_stack_use
from go_asm_lsp.semantics.related import slot_place

CODE = "asmdecl/argument-frame-access"


def check(facts: FunctionFacts) -> Iterator[Finding]:
    frame = facts.function.frame
    declared = declared_sizes(facts.function)
    start = arguments_start(facts.function, facts.arch)
    if start is None or declared.arguments is None:
        return
    for use in facts.use.beyond:
        above = use.offset - start
        written = use.addressed
        slot = frame.slot_at(above) if frame else None
        if slot:
            message = f"{written} should be {slot.name}+{above}(FP)"
        elif above >= declared.arguments:
            message = f"use of {written} points beyond argument frame"
        else:
            message = f"use of {written} to access argument frame"
        yield Finding(
            CODE,
            use.span,
            facts.message(message),
            Severity.WARNING,
            related=(slot_place(slot),) if slot else (),
            fixes=fixes_of_stack_use(use, above, frame, facts.arch) if frame else (),
        )
