"""One function's stack frame as slots, from the caller's arguments down to the stack pointer.

Joins the frame the assembler makes (`arch.frame`), the Go prototype's components and what
the function itself refers to. Hover, the `frame` command and the frame panel show it.
Slots a function reaches through a stack pointer that it moves itself are left out, because
their place is not known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from go_asm_lsp.arch.frame import RULES, FrameRules, PhysicalFrame, Region, RegionKind
from go_asm_lsp.arch.registry import arch_for
from go_asm_lsp.golang.model import ArgumentFrame, GoPlace
from go_asm_lsp.semantics.frame_components import components
from go_asm_lsp.semantics.frame_references import (
    SlotReference,
    physical_frame_of,
    slot_reference,
    slot_references,
)
from go_asm_lsp.semantics.model import Function
from go_asm_lsp.syntax.nodes import Operand
from go_asm_lsp.text import Span


class Role(Enum):
    ARGUMENT = "argument"
    RESULT = "result"
    LINKAGE = "linkage"  # return address and saved registers
    LOCAL = "local"
    PADDING = "padding"


@dataclass(frozen=True, slots=True)
class FrameSlot:
    """A run of bytes of the frame.

    `name` is "" for bytes nobody names. `operand` is how assembly refers to it. `from_fp` and
    `from_sp` are its offset from the pseudo register FP and from the hardware stack pointer
    after the prologue. `uses` are the function's operands that touch it, in the .s file.
    """

    role: Role
    name: str
    operand: str
    type: str
    size: int
    from_fp: int
    from_sp: int
    meaning: str
    uses: tuple[Span, ...] = ()
    place: GoPlace | None = None


@dataclass(frozen=True, slots=True)
class FrameLayout:
    """`slots` go from high addresses to low and leave no gap.

    `frame` and `arguments` are the sizes the TEXT line declares; `size` is how far the
    prologue moves the stack pointer. `is_inferred` tells that no Go prototype is known, or not
    all of its types, and arguments are guessed from their uses. `stack_pointer` is the
    hardware register.
    """

    function: str
    goarch: str
    abi: str
    frame: int | None
    arguments: int | None
    size: int
    stack_pointer: str
    is_inferred: bool
    slots: tuple[FrameSlot, ...]


class _Identity:
    """A function as the key of a cache: equal to itself only, so that nothing is compared."""

    __slots__ = ("function",)

    def __init__(self, function: Function) -> None:
        self.function = function

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.function is self.function

    def __hash__(self) -> int:
        return id(self.function)


def frame_layout(function: Function, goarch: str, import_path: str = "") -> FrameLayout:
    """Lays out the frame of a function on one architecture.

    Types are spelled as in the package `import_path`.
    """
    return _laid_out(_Identity(function), goarch, import_path)


# A pointer resting on one function asks again and again; functions may have 5,000 lines.
@lru_cache(maxsize=32)
def _laid_out(key: _Identity, goarch: str, import_path: str) -> FrameLayout:
    function = key.function
    physical = physical_frame_of(function, goarch)
    references = tuple(slot_references(function, goarch, physical))
    abi = function.text.symbol.abi if function.text.symbol else None
    sizes = function.text.frame
    arch = arch_for(goarch)
    # Elsewhere ABIInternal passes everything on the stack, as ABI0 does.
    is_internal = abi == "ABIInternal" and arch is not None and bool(arch.result_registers)
    slots: list[FrameSlot] = []
    if is_internal:
        pass  # Its arguments come in registers; the stack holds only room to spill them.
    elif function.frame:
        slots += _argument_slots(function.frame, physical.arguments, import_path)
    is_inferred = not is_internal and not (function.frame and function.frame.is_complete)
    if is_inferred:
        start = slots[-1].from_fp + slots[-1].size if slots else 0
        declared = sizes.arguments if sizes else None
        slots += _inferred_slots(references, physical.arguments, declared, start, RULES[goarch])
    slots.reverse()
    for region in physical.regions:
        if region.kind is RegionKind.LOCALS:
            slots += _local_slots(region, references, physical, RULES[goarch])
        else:
            slots.append(_region_slot(region, physical))
    return FrameLayout(
        function=function.name,
        goarch=goarch,
        abi=abi or "ABI0",
        frame=sizes.frame if sizes else None,
        arguments=sizes.arguments if sizes else None,
        size=physical.size,
        stack_pointer=RULES[goarch].stack_pointer,
        is_inferred=is_inferred,
        slots=tuple(_with_uses(slots, references)),
    )


def slot_of(layout: FrameLayout, function: Function, operand: Operand) -> FrameSlot | None:
    """Finds the slot of a laid out frame that an operand of its function names."""
    wanted = function.origin(operand.span).span
    used = next((slot for slot in layout.slots if wanted in slot.uses), None)
    if used:
        return used
    physical = physical_frame_of(function, layout.goarch)
    reference = slot_reference(function, operand, layout.goarch, physical)
    if reference is None or not (reference.name or reference.is_argument):
        return None
    place = reference.from_sp
    return next((s for s in layout.slots if s.from_sp <= place < s.from_sp + s.size), None)


def _argument_slots(frame: ArgumentFrame, base: int, import_path: str) -> list[FrameSlot]:
    """Lists arguments and results from low addresses to high, gaps included."""
    slots: list[FrameSlot] = []
    end = 0
    for component in components(frame, import_path):
        if not component.is_leaf or component.size == 0:
            continue
        if component.offset > end:
            slots.append(_padding(end, component.offset - end, base))
        role = Role.RESULT if component.parameter.is_result else Role.ARGUMENT
        slots.append(
            FrameSlot(
                role,
                component.name,
                component.operand,
                component.type,
                component.size,
                component.offset,
                component.offset + base,
                component.meaning,
                place=component.parameter.place,
            )
        )
        end = component.offset + component.size
    if frame.is_complete and frame.size > end:
        slots.append(_padding(end, frame.size - end, base))
    return slots


def _padding(offset: int, size: int, base: int) -> FrameSlot:
    meaning = "padding for alignment"
    return FrameSlot(Role.PADDING, "", "", "", size, offset, offset + base, meaning)


def _inferred_slots(
    references: tuple[SlotReference, ...],
    base: int,
    declared: int | None,
    start: int,
    rules: FrameRules,
) -> list[FrameSlot]:
    """Guesses arguments from `name+off(FP)`: each reaches up to the next, none past the end.

    What lies before `start` is known.
    """
    names: dict[int, str] = {}
    for reference in references:
        offset = reference.from_sp - base
        if reference.is_argument and reference.name and offset >= start:
            names.setdefault(offset, reference.name)
    if not names:
        return _unnamed_arguments(start, declared or 0, base)
    last = max(names)
    end = declared if declared and declared > last else last + rules.word
    slots = _unnamed_arguments(start, min(names), base)
    for offset, following in pairwise([*sorted(names), end]):
        name = names[offset]
        is_result = name == "ret" or name.startswith(("ret_", "ret1"))
        role = Role.RESULT if is_result else Role.ARGUMENT
        operand = f"{name}+{offset}(FP)"
        slots.append(
            FrameSlot(role, name, operand, "", following - offset, offset, offset + base, "")
        )
    return slots


def _unnamed_arguments(start: int, end: int, base: int) -> list[FrameSlot]:
    if start >= end:
        return []
    meaning = "arguments, not referred to"
    return [FrameSlot(Role.ARGUMENT, "", "", "", end - start, start, start + base, meaning)]


def _region_slot(region: Region, physical: PhysicalFrame) -> FrameSlot:
    is_padding = region.kind is RegionKind.PADDING
    return FrameSlot(
        Role.PADDING if is_padding else Role.LINKAGE,
        "" if is_padding else region.kind.value,
        "",
        "",
        region.size,
        region.offset - physical.arguments,
        region.offset,
        region.meaning,
    )


def _local_slots(
    region: Region,
    references: tuple[SlotReference, ...],
    physical: PhysicalFrame,
    rules: FrameRules,
) -> list[FrameSlot]:
    """Splits the locals where the function refers to them; high addresses first."""
    end = region.offset + region.size
    names: dict[int, str] = {}
    for reference in references:
        if reference.is_argument or not region.offset <= reference.from_sp < end:
            continue
        if reference.name or reference.from_sp not in names:
            names[reference.from_sp] = reference.name
    starts = sorted({region.offset, *names})
    slots = []
    for start, following in pairwise([*starts, end]):
        name = names.get(start)
        if name:
            operand = f"{name}{start - physical.locals_top:+}(SP)"
        elif name is None:
            operand = ""
        else:
            operand = f"{start}({rules.stack_pointer})"
        meaning = "local variable" if name else "scratch, or argument of a called function"
        slots.append(
            FrameSlot(
                Role.LOCAL,
                name or "",
                operand,
                "",
                following - start,
                start - physical.arguments,
                start,
                region.meaning if name is None else meaning,
            )
        )
    slots.reverse()
    return slots


def _with_uses(
    slots: list[FrameSlot], references: tuple[SlotReference, ...]
) -> Iterator[FrameSlot]:
    uses: dict[int, list[Span]] = {}
    ascending = sorted(range(len(slots)), key=lambda index: slots[index].from_sp)
    starts = [slots[index].from_sp for index in ascending]
    for reference in references:
        position = bisect_right(starts, reference.from_sp) - 1
        if position < 0:
            continue
        index = ascending[position]
        if reference.from_sp < slots[index].from_sp + slots[index].size:
            uses.setdefault(index, []).append(reference.span)
    for index, slot in enumerate(slots):
        spans = tuple(dict.fromkeys(uses.get(index, ())))
        yield replace(slot, uses=spans) if spans else slot
