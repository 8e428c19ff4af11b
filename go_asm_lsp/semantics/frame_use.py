"""How one function uses its frame: arguments, results, the stack pointer, returns.

These are the facts under every asmdecl check. They follow go vet in what counts as a use
and where it stops looking, but work from statements, so that comments, inactive code and
macros do not mislead them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from go_asm_lsp.arch.model import Arch
from go_asm_lsp.golang.model import ArgumentFrame
from go_asm_lsp.semantics.function_flags import is_no_frame
from go_asm_lsp.semantics.model import Declaration, Function
from go_asm_lsp.syntax.nodes import Data, Globl, Instruction, Operand, OperandKind

_PLAIN_OFFSET = re.compile(rb"\+?\s*(?:0[xX][0-9a-fA-F]+|[0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class ArgumentUse:
    """An operand `name+off(FP)`, or `off(FP)` when `name` is None."""

    instruction: Instruction
    operand: Operand
    name: str | None
    offset: int
    is_first: bool  # the first operand, which asmdecl takes for the source

    @property
    def is_address(self) -> bool:
        return self.operand.kind is OperandKind.ADDRESS

    @property
    def expression(self) -> str:
        """The reference as messages show it, without blanks."""
        sign = "$" if self.is_address else ""
        return f"{sign}{self.name}+{self.offset}(FP)"


@dataclass(frozen=True, slots=True)
class StackUse:
    """An operand `off(SP)` of the hardware stack pointer while its value is known."""

    instruction: Instruction
    operand: Operand
    offset: int


def addressed(operand: Operand) -> str:
    """Answers the part `8(SP)` or `8(FP)` of an operand, which may have `$` and an index."""
    before, parenthesis, _ = operand.text.removeprefix("$").partition(")")
    return before + parenthesis


def names_result(name: str) -> bool:
    """Tells whether a name is that of the first unnamed result, or of a part of it."""
    return name == "ret" or name.startswith("ret_")


@dataclass(frozen=True, slots=True)
class FrameUse:
    """`arguments`, `stack` and `returns` are in source order.

    `writes_result` tells whether anything in the function refers to the first result, or to
    its register in ABIInternal.
    """

    arguments: tuple[ArgumentUse, ...]
    stack: tuple[StackUse, ...]
    returns: tuple[Instruction, ...]
    writes_result: bool


_NONE = FrameUse((), (), (), False)


def frame_use(function: Function, arch: Arch) -> FrameUse:
    """Reads a function's statements once for everything that touches its frame."""
    if function.declaration in (Declaration.FOREIGN, Declaration.UNKNOWN):
        return _NONE
    arguments: list[ArgumentUse] = []
    stack: list[StackUse] = []
    returns: list[Instruction] = []
    writes_result = False
    is_stack_known = not is_no_frame(function)
    for statement in function.statements:
        if isinstance(statement, Data | Globl):
            # To go vet, data ends the function: its author put it between functions.
            returns.clear()
            break
        if not isinstance(statement, Instruction):
            continue
        if "RET" in statement.mnemonic and not _names_symbol(statement):
            returns.append(statement)
        if _writes_stack_pointer(statement, function, arch):
            is_stack_known = False
            continue
        writes_result = writes_result or _writes_result(statement, function, arch)
        for index, operand in enumerate(statement.operands):
            if operand.is_frame_argument:
                use = _argument_use(statement, operand, is_first=index == 0)
                if use:
                    arguments.append(use)
            elif is_stack_known and _is_stack_slot(operand, arch):
                stack.append(StackUse(statement, operand, operand.offset or 0))
    return FrameUse(tuple(arguments), tuple(stack), tuple(returns), writes_result)


def _names_symbol(instruction: Instruction) -> bool:
    """Tells whether this is `RET f(SB)`, a tail call that leaves the result to another."""
    return any(o.base is not None and o.base.name == "SB" for o in instruction.operands)


def _writes_stack_pointer(instruction: Instruction, function: Function, arch: Arch) -> bool:
    # `NOP SP` is the idiom that makes the assembler and go vet forget what they know of SP.
    operands = instruction.operands if instruction.mnemonic == "NOP" else instruction.operands[1:]
    return any(
        o.kind is OperandKind.REGISTER
        and (o.text == arch.stack_register or _passes_for_stack_pointer(o, function, arch))
        for o in operands
    )


def _passes_for_stack_pointer(operand: Operand, function: Function, arch: Arch) -> bool:
    """Tells whether go vet would take the operand for the stack pointer.

    It looks for `, R1` in the line, and so on ppc64 finds R10 to R19 too, on loong64 R30 and
    R31. What it does not check there the standard library has not got right either.
    """
    start = operand.span.start
    before = function.block.text[max(0, start - 2) : start]
    return (
        operand.text.startswith(arch.stack_register)
        and before in (b", ", b",\t")
        and function.origin(operand.span).inner is None
    )


def _writes_result(instruction: Instruction, function: Function, arch: Arch) -> bool:
    if any(_is_result(operand, function.frame) for operand in instruction.operands):
        return True
    is_internal = function.text.symbol is not None and function.text.symbol.abi == "ABIInternal"
    if arch.goarch != "wasm" and not is_internal:
        return False
    if instruction.mnemonic in arch.result_writers:
        return True
    return any(
        register.name in arch.result_registers
        for operand in instruction.operands
        for register in operand.registers
    )


def _is_result(operand: Operand, frame: ArgumentFrame | None) -> bool:
    if not operand.is_frame_argument or operand.symbol is None:
        return False
    name = operand.symbol.name
    if not names_result(name):
        return False
    if operand.offset_span or frame is None:
        return True
    # `ret(FP)` is offset 0, whatever the name says.
    slot = frame.slot(name)
    return slot is not None and slot.offset == 0


def _argument_use(
    instruction: Instruction, operand: Operand, *, is_first: bool
) -> ArgumentUse | None:
    # Without an offset, or with one to be added up, the author has something else in mind.
    if not _has_plain_offset(operand):
        return None
    name = operand.symbol.name if operand.symbol else None
    return ArgumentUse(instruction, operand, name, operand.offset or 0, is_first)


def _is_stack_slot(operand: Operand, arch: Arch) -> bool:
    return (
        operand.kind in (OperandKind.MEMORY, OperandKind.ADDRESS)
        and operand.symbol is None
        and operand.base is not None
        and operand.base.name == arch.stack_register
        and _has_plain_offset(operand)
    )


def _has_plain_offset(operand: Operand) -> bool:
    """Tells whether an offset is written as one number, not negative."""
    if operand.offset_span is None or operand.offset is None:
        return False
    start = operand.offset_span.start - operand.span.start
    written = operand.text.encode()[
        start : start + operand.offset_span.end - operand.offset_span.start
    ]
    return bool(_PLAIN_OFFSET.match(written))
