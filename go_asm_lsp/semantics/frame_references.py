"""Which places of its frame a function's operands name.

`name+off(FP)` and `name-off(SP)` always have a place. The hardware stack pointer is followed
only until the function moves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from go_asm_lsp.arch.frame import RULES, FrameRules, PhysicalFrame, is_call, physical_frame
from go_asm_lsp.semantics.model import Function
from go_asm_lsp.semantics.text_flags import flag_value
from go_asm_lsp.syntax.nodes import Instruction, Operand, OperandKind
from go_asm_lsp.text import Span

_NOFRAME = 512


@dataclass(frozen=True, slots=True)
class SlotReference:
    """An operand that names a place in the frame, and the place from the stack pointer."""

    span: Span
    name: str  # "" for the hardware stack pointer
    operand: str
    from_sp: int
    is_argument: bool


def physical_frame_of(function: Function, goarch: str) -> PhysicalFrame:
    """Answers the frame the assembler makes for a function as it stands."""
    sizes = function.text.frame
    value = flag_value(function.text.flags) or 0
    return physical_frame(
        goarch,
        (sizes.frame if sizes else None) or 0,
        is_no_frame=bool(value & _NOFRAME),
        makes_calls=any(
            is_call(goarch, s.mnemonic, s.operands[0].text if s.operands else "")
            for s in function.statements
            if isinstance(s, Instruction)
        ),
    )


def slot_references(
    function: Function, goarch: str, physical: PhysicalFrame
) -> Iterator[SlotReference]:
    """Lists the operands of a function that name a place in its frame, in source order."""
    rules = RULES[goarch]
    is_stack_known = True
    for statement in function.statements:
        if not isinstance(statement, Instruction):
            continue
        for operand in statement.operands:
            reference = slot_reference(function, operand, goarch, physical)
            if reference and (is_stack_known or reference.name or reference.is_argument):
                yield reference
        is_stack_known = is_stack_known and not moves_stack(statement, rules)


def moves_stack(instruction: Instruction, rules: FrameRules) -> bool:
    """Tells whether an instruction changes the hardware stack pointer inside the function."""
    if instruction.mnemonic.startswith(("PUSH", "POP", "ADJSP")):
        return True
    last = instruction.operands[-1] if instruction.operands else None
    if last is None or last.kind is not OperandKind.REGISTER:
        is_written_back = bool({"W", "P"} & set(instruction.suffixes))
        return is_written_back and any(
            operand.base is not None and operand.base.name in rules.stack_pointers
            for operand in instruction.operands
        )
    return last.text in rules.stack_pointers and not instruction.mnemonic.startswith(("CMP", "TST"))


def slot_reference(
    function: Function, operand: Operand, goarch: str, physical: PhysicalFrame
) -> SlotReference | None:
    """Answers the place in the frame that an operand names, if it names one.

    One by the hardware stack pointer is taken to follow the prologue directly.
    """
    if operand.base is None or operand.offset is None:
        return None
    text = operand.text.removeprefix("$")
    span = function.origin(operand.span).span
    name = operand.symbol.name if operand.symbol else ""
    if operand.base.name == "FP":
        place = physical.arguments + operand.offset
        return SlotReference(span, name, text, place, True)
    if operand.base.name == "SP" and operand.symbol is not None:
        return SlotReference(span, name, text, physical.locals_top + operand.offset, False)
    if operand.base.name in RULES[goarch].stack_pointers and operand.symbol is None:
        return SlotReference(span, "", text, operand.offset, False)
    return None
