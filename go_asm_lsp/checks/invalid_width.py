"""An instruction moves more or fewer bytes than the argument has.

Bad, for `func f(flag bool, n int32)`:

    MOVQ n+4(FP), AX

Good:

    MOVL n+4(FP), AX

Take the parts of strings, slices and interfaces one by one: `s_base+0(FP)`, `s_len+8(FP)`.
On arm64, riscv64 and wasm there is no such check, as in go vet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from go_asm_lsp.checks.diagnostic import Finding, Severity
from go_asm_lsp.golang.model import Slot
from go_asm_lsp.semantics.argument_fit import MisfitKind, moved_value
from go_asm_lsp.semantics.facts import FunctionFacts
from go_asm_lsp.semantics.reference_fixes import fixes_by_width
from go_asm_lsp.semantics.related import slot_place

CODE = "asmdecl/invalid-width"

# The message shows the mnemonic up to its first digit, as asmdecl reads it.
_LETTERS = re.compile(r"[A-Z]+")


def check(facts: FunctionFacts) -> Iterator[Finding]:
    frame = facts.function.frame
    if frame is None:
        return
    for misfit in facts.misfits_of(MisfitKind.WIDTH):
        use, slot = misfit.use, misfit.slot
        letters = _LETTERS.match(use.instruction.mnemonic)
        if slot is None or letters is None:
            continue
        value = moved_value(use, use.instruction.mnemonic, slot, facts.arch)
        message = (
            f"invalid {letters[0]} of {use.expression}; "
            f"{value.type} is {value.size}-byte value{_parts(slot)}"
        )
        yield Finding(
            CODE,
            use.span,
            facts.message(message),
            Severity.WARNING,
            related=(slot_place(slot),),
            fixes=fixes_by_width(use, slot, frame, facts.arch),
        )


def _parts(slot: Slot) -> str:
    """Lists the slot's parts with asmdecl's commas: ` containing s_base+0(FP) and …`."""
    if not slot.inner:
        return ""
    text = " containing"
    for index, part in enumerate(slot.inner):
        comma = "," if index and len(slot.inner) > 2 else ""
        conjunction = "and " if index and index == len(slot.inner) - 1 else ""
        text += f"{comma} {conjunction}{part.name}+{part.offset}(FP)"
    return text
