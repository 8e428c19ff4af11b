"""Changes that make a use of an argument agree with the Go prototype.

Every change offered leaves its operand without a finding: where the corrected name has
another width, the instruction is changed with it, and where none fits nothing is offered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice

from go_asm_lsp.arch.model import Arch
from go_asm_lsp.golang.model import ArgumentFrame, Slot
from go_asm_lsp.semantics.argument_fit import fits_width, matching_move, slots_at
from go_asm_lsp.semantics.change import Edit, Fix
from go_asm_lsp.semantics.frame_use import OperandUse, names_result
from go_asm_lsp.text import Span

# Arguments have few components; an array may have a million, of which none is a likely typo.
_MOST_NAMES = 500


def fixes_by_name(use: OperandUse, slot: Slot, arch: Arch) -> tuple[Fix, ...]:
    """Keeps the name and corrects the offset."""
    return _fixes(use, [slot], arch, is_preferred=True)


def fixes_at_offset(
    use: OperandUse, frame: ArgumentFrame, arch: Arch, *, is_preferred: bool = True
) -> tuple[Fix, ...]:
    """Keeps the offset and corrects the name."""
    slots = [slot for slot in slots_at(use.offset, frame) if slot.name != use.name]
    # What is called ret counts as the result; without it the result would not be written.
    slots = [slot for slot in slots if names_result(slot.name) or not names_result(use.name or "")]
    return _fixes(use, slots, arch, is_preferred=is_preferred)


def fixes_of_stack_use(
    use: OperandUse, offset: int, frame: ArgumentFrame, arch: Arch
) -> tuple[Fix, ...]:
    """Names the argument at `offset` in place of `16(SP)`."""
    start = use.span.start + use.is_address
    span = Span(start, start + len(use.addressed.encode()))
    fixes = (_fix(use, slot, arch, span, "(FP)") for slot in slots_at(offset, frame))
    return tuple(fix for fix in fixes if fix)[:1]


def fixes_by_likeness(
    use: OperandUse, frame: ArgumentFrame, arch: Arch, *, is_preferred: bool
) -> tuple[Fix, ...]:
    """Takes the component whose name is most like the written one, at its own offset."""
    names = [slot.name for slot in islice(frame.slots(), _MOST_NAMES)]
    like = get_close_matches(use.name or "", names, n=1, cutoff=0.7)
    slots = [slot for name in like if (slot := frame.slot(name)) and slot.offset != use.offset]
    return _fixes(use, slots, arch, is_preferred=is_preferred)


def fixes_by_width(
    use: OperandUse, slot: Slot, frame: ArgumentFrame, arch: Arch
) -> tuple[Fix, ...]:
    """Changes the instruction, or names another component there that the instruction fits."""
    move = matching_move(use, slot, arch)
    by_move: tuple[Fix, ...] = ()
    if move:
        edit = Edit("", use.mnemonic_span, move.mnemonic)
        by_move = (Fix(f"Use {move.mnemonic}", (edit,)),)
    fitting = [
        other
        for other in slots_at(use.offset, frame)
        if other.name != slot.name and fits_width(use, use.instruction.mnemonic, other, arch)
    ]
    return by_move + _fixes(use, fitting, arch, is_preferred=not by_move)


def _fixes(
    use: OperandUse, slots: Iterable[Slot], arch: Arch, *, is_preferred: bool
) -> tuple[Fix, ...]:
    span = _reference_span(use)
    if span is None:
        return ()
    found = [fix for slot in slots if (fix := _fix(use, slot, arch, span, ""))]
    return tuple(
        replace(fix, is_preferred=is_preferred and index == 0) for index, fix in enumerate(found)
    )


def _fix(use: OperandUse, slot: Slot, arch: Arch, span: Span, base: str) -> Fix | None:
    """Writes a slot's name and offset, then `base`, over a span, and the move that fits it."""
    reference = f"{slot.name}+{slot.offset}"
    edits = [Edit("", span, reference + base)]
    title = f"Use {reference}(FP)"
    if not fits_width(use, use.instruction.mnemonic, slot, arch):
        move = matching_move(use, slot, arch)
        if move is None:
            return None
        edits.insert(0, Edit("", use.mnemonic_span, move.mnemonic))
        title += f" with {move.mnemonic}"
    return Fix(title, tuple(edits))


def _reference_span(use: OperandUse) -> Span | None:
    """Answers what lies before `(FP)`: the name, if there is one, and the offset."""
    offset = use.offset_span
    if offset is None:
        return None
    return Span((use.symbol_span or offset).start, offset.end)
