"""How a frame looks: the table of arguments and results, and the picture of the stack."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from go_asm_lsp.features.markup.document import (
    Block,
    Box,
    Boxes,
    Code,
    Plain,
    Row,
    Table,
    paragraph,
)
from go_asm_lsp.golang.abiinternal import Passed, RegisterFrame
from go_asm_lsp.golang.model import ArgumentFrame
from go_asm_lsp.semantics.frame_components import Component, components, short_type
from go_asm_lsp.semantics.frame_layout import FrameLayout, FrameSlot, Role

# A table or picture longer than this helps nobody in a pop-up window.
_MOST_ROWS = 40
_WIDEST_NAME = 36
_WIDEST_TYPE = 28

_GROUP_TITLES = {
    Role.RESULT: "results",
    Role.ARGUMENT: "arguments",
    Role.LOCAL: "locals",
}


def summary(layout: FrameLayout) -> str:
    """Says a frame's sizes in one sentence."""
    frame = "?" if layout.frame is None else str(layout.frame)
    arguments = "" if layout.arguments is None else f"-{layout.arguments}"
    text = (
        f"{layout.function} on {layout.goarch}, {layout.abi}: declared ${frame}{arguments}, "
        f"the prologue takes {layout.size} bytes"
    )
    return text + ("; arguments guessed from their uses" if layout.is_inferred else "")


def argument_table(
    frame: ArgumentFrame, import_path: str = "", marked: str = ""
) -> tuple[Block, ...]:
    """Lists arguments and results; the component named `marked` stands out."""
    listed = list(islice(components(frame, import_path), _MOST_ROWS + 1))
    if not listed:
        return ()
    rows = tuple(_component_row(component, marked) for component in listed[:_MOST_ROWS])
    header = ("name", "operand", "offset", "size", "type", "")
    table = Table(header, rows, frozenset({2, 3}))
    if len(listed) > _MOST_ROWS:
        return table, paragraph("… and more components.")
    return (table,)


def register_table(frame: RegisterFrame, import_path: str = "") -> tuple[Block, ...]:
    """Lists where ABIInternal passes arguments and results."""
    rows = tuple(row for passed in frame.passed for row in _passed_rows(passed, import_path))
    return (Table(("name", "in", "size", "type", ""), rows[:_MOST_ROWS], frozenset({2})),)


def _passed_rows(passed: Passed, import_path: str) -> Iterator[Row]:
    whole = passed.parameter
    kind = "result" if whole.is_result else "argument"
    if passed.stack_offset is not None:
        place = f"{passed.stack_offset} from the argument pointer"
        yield _register_row(whole.name, place, "", short_type(whole.type, import_path), kind)
    for part in passed.registers:
        type_ = short_type(part.type, import_path)
        yield _register_row(part.name, part.register, str(part.size), type_, kind)


def _register_row(name: str, place: str, size: str, type_: str, kind: str) -> Row:
    cells = (Code(name), Code(place), Plain(size), Code(_shorten(type_, _WIDEST_TYPE)), Plain(kind))
    return Row(cells)


def _component_row(component: Component, marked: str) -> Row:
    kind = "result" if component.parameter.is_result else "argument"
    return Row(
        (
            Code(component.name),
            Code(component.operand),
            Plain(str(component.offset)),
            Plain(str(component.size)),
            Code(_shorten(component.type, _WIDEST_TYPE)),
            Plain(kind if component.depth == 0 else component.meaning),
        ),
        is_marked=component.name == marked,
    )


def stack_picture(layout: FrameLayout, marked: FrameSlot | None = None) -> Boxes:
    """Draws the stack from the caller's frame down to the hardware stack pointer."""
    groups: list[list[Box]] = []
    kind: Role | None = None
    for slot in _shown(layout, marked):
        # Padding goes with what is around it.
        if not groups or (kind is not None and slot.role not in (kind, Role.PADDING)):
            groups.append([])
            kind = None
        if slot.role is not Role.PADDING:
            kind = slot.role
        groups[-1].append(_box(slot, layout, is_first=not groups[-1], is_marked=slot is marked))
    return Boxes(("FP", layout.stack_pointer), tuple(tuple(group) for group in groups))


def _shown(layout: FrameLayout, marked: FrameSlot | None) -> list[FrameSlot]:
    """Leaves slots out of the middle of a frame that is too long, never the marked one."""
    slots = list(layout.slots)
    if len(slots) <= _MOST_ROWS:
        return slots
    half = _MOST_ROWS // 2
    middle = [slot for slot in slots[half:-half] if slot is marked]
    return slots[:half] + middle + slots[-half:]


def _box(slot: FrameSlot, layout: FrameLayout, *, is_first: bool, is_marked: bool) -> Box:
    size = "1 byte" if slot.size == 1 else f"{slot.size} bytes"
    name = slot.operand or slot.name or slot.role.value
    title = _GROUP_TITLES.get(slot.role, "")
    right = (title if is_first else "") or (slot.meaning if slot.role is Role.LINKAGE else "")
    return Box(
        (
            f"{slot.from_fp:+}" if slot.from_fp else "FP →",
            f"{slot.from_sp:+}" if slot.from_sp else f"{layout.stack_pointer} →",
        ),
        (_shorten(name, _WIDEST_NAME), _shorten(slot.type, _WIDEST_TYPE) or size),
        right,
        is_marked,
    )


def _shorten(text: str, widest: int) -> str:
    return text if len(text) <= widest else text[: widest - 1] + "…"
