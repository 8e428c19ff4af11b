"""How an assembly function looks: prototype, ABI, flags, arguments and stack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from go_asm_lsp.arch.frame import RULES
from go_asm_lsp.features.markup.declaration import assembly_block, flag_items, go_blocks
from go_asm_lsp.features.markup.document import Block, Code, Paragraph, Strong, paragraph
from go_asm_lsp.features.markup.frame import argument_table, register_table, stack_picture
from go_asm_lsp.golang.abiinternal import RegisterFrame
from go_asm_lsp.golang.model import ArgumentFrame, GoDeclaration, Prototype
from go_asm_lsp.semantics.frame_components import (
    Component,
    component_at,
    components,
    short_type,
)
from go_asm_lsp.semantics.frame_layout import FrameLayout, FrameSlot, slot_of
from go_asm_lsp.semantics.model import Declaration, Function
from go_asm_lsp.semantics.text_flags import flag_value
from go_asm_lsp.syntax.nodes import Operand

# So many components tell frames apart well enough; a frame may have millions.
_COMPARED = 64


@dataclass(frozen=True, slots=True)
class FunctionView:
    """A function on one architecture, with its laid out frame."""

    function: Function
    layout: FrameLayout
    import_path: str = ""
    registers: RegisterFrame | None = None  # of an ABIInternal function

    @property
    def goarch(self) -> str:
        return self.layout.goarch


def prototype_blocks(
    function: Function, declared: Prototype | GoDeclaration | None, package: str
) -> list[Block]:
    """Shows what Go knows of a function, or why it knows nothing."""
    found = function.prototype or declared
    if found:
        return go_blocks(found)
    name = function.display_name
    is_static = function.text.symbol is not None and function.text.symbol.is_static
    match function.declaration:
        case _ if is_static:
            text = " is known in this file only and has no Go declaration."
        case Declaration.MISSING:
            text = f" is not declared without a body in package {package}."
        case _:
            text = ": no Go declaration found."
    return [assembly_block(f"TEXT ·{name}(SB)"), paragraph(Code(name), text)]


def flags_blocks(function: Function) -> list[Block]:
    value = flag_value(function.text.flags)
    if value is None:
        return [paragraph("Flags ", Code("|".join(function.text.flags)), ": not all are known.")]
    items = flag_items(value)
    if items is None:
        return []
    written = function.written_flags or str(value)
    blocks: list[Block] = [paragraph("Flags ", Code(" ".join(written.split())), ":")]
    return [*blocks, items]


def frame_blocks(
    views: Sequence[FunctionView], marked: FrameSlot | None = None, name: str = ""
) -> list[Block]:
    """Shows arguments for each group of architectures, and the stack on the first."""
    first = views[0]
    blocks: list[Block] = []
    if first.registers:
        blocks += register_table(first.registers, first.import_path)
        return [*blocks, _stack_sentence(views), stack_picture(first.layout, marked)]
    groups = _by_arguments(views)
    for group in groups:
        frame = group[0].function.frame
        if frame is None:
            continue
        if len(groups) > 1:
            blocks.append(paragraph("On ", Strong(goarches(group)), ":"))
        table = argument_table(frame, group[0].import_path, name)
        if frame.is_complete:
            blocks += table or (paragraph("No arguments and no results."),)
        else:
            blocks += (*table, paragraph("The type of what comes next is unknown."))
    blocks.append(_stack_sentence(views))
    blocks.append(stack_picture(first.layout, marked))
    return blocks


def goarches(views: Sequence[FunctionView]) -> str:
    return ", ".join(view.goarch for view in views)


def _by_arguments(views: Sequence[FunctionView]) -> list[list[FunctionView]]:
    """Groups architectures that lay the arguments out alike, in order of appearance."""
    groups: dict[object, list[FunctionView]] = {}
    for view in views:
        groups.setdefault(_shape(view.function.frame), []).append(view)
    return list(groups.values())


def _shape(frame: ArgumentFrame | None) -> object:
    if frame is None:
        return None
    listed = zip(range(_COMPARED), components(frame), strict=False)
    return frame.size, tuple((c.name, c.offset, c.size, c.type) for _, c in listed)


def _stack_sentence(views: Sequence[FunctionView]) -> Paragraph:
    layout = views[0].layout
    where = "The stack"
    if len(views) > 1:
        where = f"The stack on {goarches([v for v in views if _is_alike(v.layout, layout)])}"
    declared = "$?" if layout.frame is None else f"${layout.frame}"
    if layout.arguments is not None:
        declared += f"-{layout.arguments}"
    moved = (
        f"the prologue moves {layout.stack_pointer} by {layout.size} bytes"
        if layout.size
        else "no frame is made"
    )
    guessed = "; what Go does not tell of the arguments is guessed from their uses"
    return paragraph(
        f"{where} ({layout.abi}, ",
        Code(declared),
        f"): {moved}{guessed if layout.is_inferred else ''}.",
    )


def _is_alike(layout: FrameLayout, other: FrameLayout) -> bool:
    """Tells whether two architectures have the same picture."""
    return layout.stack_pointer == other.stack_pointer and _picture(layout) == _picture(other)


def _picture(layout: FrameLayout) -> list[tuple[str, str, int, int, int]]:
    return [(s.operand, s.name, s.size, s.from_fp, s.from_sp) for s in layout.slots]


def slot_blocks(views: Sequence[FunctionView], operand: Operand) -> list[Block]:
    """Shows the place in the frame that an operand names; nothing for other operands."""
    first = views[0]
    function, layout = first.function, first.layout
    register = operand.base.name if operand.base else ""
    if register not in ("FP", "SP", *RULES[layout.goarch].stack_pointers):
        return []
    name = operand.symbol.name if operand.symbol else ""
    slot = slot_of(layout, function, operand)
    frame = function.frame if register == "FP" else None
    component = component_at(frame, name, first.import_path) if frame and name else None
    blocks: list[Block] = [assembly_block(operand.text)]
    if component:
        blocks.append(_component_sentence(component, first.import_path))
        blocks += _elsewhere(views[1:], name, component.offset)
    if slot is None:
        return [*blocks, paragraph("This place is outside the frame, or not known.")]
    if not component:
        blocks.append(paragraph(f"{slot.meaning or slot.role.value}, {_bytes(slot.size)}"))
    at = f"{slot.from_sp}({layout.stack_pointer})"
    blocks.append(paragraph("After the prologue it is at ", Code(at), f" on {layout.goarch}."))
    if frame:
        blocks += argument_table(frame, first.import_path, name)
    return [*blocks, stack_picture(layout, slot)]


def _component_sentence(component: Component, import_path: str) -> Paragraph:
    whole = component.parameter
    declared = Code(f"{whole.name} {short_type(whole.type, import_path)}")
    kind = "result" if whole.is_result else "argument"
    tail = f", {_bytes(component.size)} at "
    if component.depth == 0:
        return paragraph(kind.capitalize(), " ", declared, tail, Code(component.operand), ".")
    meaning = component.meaning[:1].upper() + component.meaning[1:]
    of = (f"{meaning} of {kind} ", declared, ": ", Code(component.type))
    return paragraph(*of, tail, Code(component.operand), ".")


def _elsewhere(views: Sequence[FunctionView], name: str, offset: int) -> list[Block]:
    """Says on which other architectures an argument lies elsewhere."""
    places: dict[int, list[FunctionView]] = {}
    for view in views:
        frame = view.function.frame
        component = component_at(frame, name) if frame else None
        if component and component.offset != offset:
            places.setdefault(component.offset, []).append(view)
    return [
        paragraph("On ", Strong(goarches(group)), ": ", Code(f"{name}+{other}(FP)"))
        for other, group in places.items()
    ]


def _bytes(size: int) -> str:
    return "1 byte" if size == 1 else f"{size} bytes"
