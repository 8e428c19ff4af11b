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
    declared = (sizes.frame if sizes else None) or 0
    value = flag_value(function.text.flags) or 0
    return physical_frame(
        goarch,
        declared,
        is_no_frame=bool(value & _NOFRAME),
        # Only a function without locals has its frame decided by its calls.
        makes_calls=declared == 0 and _makes_calls(function, goarch),
    )


def _makes_calls(function: Function, goarch: str) -> bool:
    calls = RULES[goarch].calls
    return any(
        is_call(goarch, s.mnemonic, s.operands[0].text if s.operands else "")
        for s in function.statements
        if isinstance(s, Instruction) and s.mnemonic in calls
    )


def slot_references(
    function: Function, goarch: str, physical: PhysicalFrame
) -> Iterator[SlotReference]:
    """Lists the operands of a function that name a place in its frame, in source order."""
    found: list[tuple[int, SlotReference]] = []
    for index, statement in enumerate(function.statements):
        if isinstance(statement, Instruction):
            for operand in statement.operands:
                if operand.base is None:
                    continue
                reference = slot_reference(function, operand, goarch, physical)
                if reference:
                    found.append((index, reference))
    last = len(function.statements)
    if any(_needs_stack(reference) for _, reference in found):
        last = _first_move(function, RULES[goarch])
    for index, reference in found:
        if index <= last or not _needs_stack(reference):
            yield reference


def _needs_stack(reference: SlotReference) -> bool:
    """Tells whether the place is known only while the stack pointer stands still."""
    return not reference.name and not reference.is_argument


def _first_move(function: Function, rules: FrameRules) -> int:
    """Answers the index of the first statement that moves the stack pointer."""
    for index, statement in enumerate(function.statements):
        if isinstance(statement, Instruction) and moves_stack(statement, rules):
            return index
    return len(function.statements)


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
    register, symbol = operand.base.name, operand.symbol
    is_argument = register == "FP"
    if is_argument:
        place = physical.arguments + operand.offset
    elif register == "SP" and symbol is not None:
        place = physical.locals_top + operand.offset
    elif register in RULES[goarch].stack_pointers and symbol is None:
        place = operand.offset
    else:
        return None
    span = function.origin(operand.span).span
    name = symbol.name if symbol else ""
    return SlotReference(span, name, operand.text.removeprefix("$"), place, is_argument)
