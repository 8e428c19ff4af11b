"""How an assembly function looks: prototype, ABI, flags, arguments and stack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from go_asm_lsp.features.markup.declaration import assembly_block, flag_items, go_blocks
from go_asm_lsp.features.markup.document import Block, Code, Paragraph, Strong, paragraph
from go_asm_lsp.features.markup.frame import argument_table, register_table, stack_picture
from go_asm_lsp.golang.abiinternal import RegisterFrame
from go_asm_lsp.golang.model import ArgumentFrame, GoDeclaration, Prototype
from go_asm_lsp.semantics.frame_components import components
from go_asm_lsp.semantics.frame_layout import FrameLayout, FrameSlot
from go_asm_lsp.semantics.model import Declaration, Function
from go_asm_lsp.semantics.text_flags import flag_value

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
        blocks += table or (paragraph("No arguments and no results."),)
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
    guessed = "; without a Go declaration the arguments are guessed from their uses"
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
