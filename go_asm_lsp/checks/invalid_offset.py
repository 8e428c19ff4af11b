"""A named argument is not at the written offset.

In `name+offset(FP)` the offset decides what is read; the name is there so that it can be
checked. The two disagree, so one of them is wrong.

Bad, for `func add(x, y int64) int64`:

    MOVQ y+16(FP), AX

Good:

    MOVQ y+8(FP), AX
"""

from __future__ import annotations

from collections.abc import Iterator

from go_asm_lsp.checks.diagnostic import Finding, Severity
from go_asm_lsp.golang.model import Slot
from go_asm_lsp.semantics.argument_fit import MisfitKind
from go_asm_lsp.semantics.facts import FunctionFacts
from go_asm_lsp.semantics.reference_fixes import fixes_at_offset, fixes_by_name
from go_asm_lsp.semantics.related import slot_place

CODE = "asmdecl/invalid-offset"


def check(facts: FunctionFacts) -> Iterator[Finding]:
    frame = facts.function.frame
    if frame is None:
        return
    for misfit in facts.misfits_of(MisfitKind.OFFSET):
        use, slot = misfit.use, misfit.slot
        if slot is None:
            continue
        message = f"invalid offset {use.expression}; expected {_expected(slot)}"
        fixes = fixes_by_name(use, slot, facts.arch)
        fixes += fixes_at_offset(use, frame, facts.arch, is_preferred=not fixes)
        yield Finding(
            CODE,
            use.span,
            facts.message(message),
            Severity.WARNING,
            related=(slot_place(slot),),
            fixes=fixes,
        )


def _expected(slot: Slot) -> str:
    """Lists the slot and its parts with asmdecl's commas: `s+0(FP), s_base+0(FP), or …`."""
    text = f"{slot.name}+{slot.offset}(FP)"
    for index, part in enumerate(slot.inner):
        comma = "," if len(slot.inner) > 1 else ""
        conjunction = "or " if index == len(slot.inner) - 1 else ""
        text += f"{comma} {conjunction}{part.name}+{part.offset}(FP)"
    return text
