"""A name before (FP) is no argument or result of the Go prototype.

Arguments are named as in the Go declaration. Parts of a value have a suffix: `s_base` and
`s_len` of a string, also `s_cap` of a slice, `i_type` and `i_data` of an interface, `c_real`
and `c_imag` of a complex number, `p_field` of a struct, `a_0` of an array, `x_lo` and `x_hi`
of a 64-bit number on a 32-bit machine. What has no name in Go is called `arg`, `arg1`, … and
`ret`, `ret1`, …

Bad, for `func sum(values []float64) float64`:

    MOVQ values_size+8(FP), CX

Good:

    MOVQ values_len+8(FP), CX

The name `argframe+0(FP)` stands for the start of the arguments and is always accepted.
"""

from __future__ import annotations

from collections.abc import Iterator

from go_asm_lsp.checks.diagnostic import Finding, Severity
from go_asm_lsp.semantics.argument_fit import MisfitKind
from go_asm_lsp.semantics.facts import FunctionFacts
from go_asm_lsp.semantics.reference_fixes import fixes_at_offset, fixes_by_likeness
from go_asm_lsp.semantics.related import prototype_place, slot_place

CODE = "asmdecl/unknown-variable"


def check(facts: FunctionFacts) -> Iterator[Finding]:
    frame = facts.function.frame
    if frame is None:
        return
    for misfit in facts.misfits_of(MisfitKind.UNKNOWN):
        use, slot = misfit.use, misfit.slot
        message = f"unknown variable {use.name}"
        related = prototype_place(frame.prototype)
        if slot:
            message += f"; offset {use.offset} is {slot.name}+{slot.offset}(FP)"
            related = slot_place(slot)
        fixes = fixes_at_offset(use, frame, facts.arch)
        fixes += fixes_by_likeness(use, frame, facts.arch, is_preferred=not fixes)
        yield Finding(
            CODE,
            use.span,
            facts.message(message),
            Severity.WARNING,
            related=(related,),
            fixes=fixes,
        )
