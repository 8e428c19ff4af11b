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
from go_asm_lsp.semantics.chunk_use import chunk_use
from go_asm_lsp.semantics.declared_sizes import arguments_start
from go_asm_lsp.semantics.function_flags import is_no_frame
from go_asm_lsp.semantics.model import Declaration, Function
from go_asm_lsp.syntax.nodes import Instruction, Operand, OperandKind
from go_asm_lsp.text import Span

_PLAIN_OFFSET = re.compile(rb"\+?\s*(?:0[xX][0-9a-fA-F]+|[0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class OperandUse:
    """An operand of interest. Spans in it and in the instruction count from `start`."""

    instruction: Instruction
    operand: Operand
    start: int

    @property
    def span(self) -> Span:
        return self.operand.span.shifted(self.start)

    @property
    def mnemonic_span(self) -> Span:
        return self.instruction.mnemonic_span.shifted(self.start)

    @property
    def offset_span(self) -> Span | None:
        return self.operand.offset_span.shifted(self.start) if self.operand.offset_span else None

    @property
    def symbol_span(self) -> Span | None:
        return self.operand.symbol.span.shifted(self.start) if self.operand.symbol else None

    @property
    def offset(self) -> int:
        return self.operand.offset or 0

    @property
    def is_address(self) -> bool:
        return self.operand.kind is OperandKind.ADDRESS

    @property
    def is_first(self) -> bool:
        """Tells whether this is the first operand, which asmdecl takes for the source."""
        return self.operand is self.instruction.operands[0]

    @property
    def addressed(self) -> str:
        """The part `8(SP)` or `8(FP)` of the operand, which may have `$` and an index."""
        before, parenthesis, _ = self.operand.text.removeprefix("$").partition(")")
        return before + parenthesis

    @property
    def name(self) -> str | None:
        """The name in `name+off(FP)`."""
        return self.operand.symbol.name if self.operand.symbol else None

    @property
    def expression(self) -> str:
        """The reference `name+off(FP)` as messages show it, without blanks."""
        sign = "$" if self.is_address else ""
        return f"{sign}{self.name}+{self.offset}(FP)"


@dataclass(frozen=True, slots=True)
class FrameUse:
    """All in source order: `arguments` are uses of FP, `beyond` those operands `off(SP)` that
    reach out of the frame while the stack pointer's value is known, `returns` the mnemonics.

    `writes_result` tells whether anything in the function refers to the first result, or to
    its register in ABIInternal.
    """

    arguments: tuple[OperandUse, ...]
    beyond: tuple[OperandUse, ...]
    returns: tuple[Span, ...]
    writes_result: bool


_NONE = FrameUse((), (), (), False)


def frame_use(function: Function, arch: Arch) -> FrameUse:
    """Reads a function once for everything that touches its frame."""
    if function.declaration in (Declaration.FOREIGN, Declaration.UNKNOWN):
        return _NONE
    found = _Finder(function, arch)
    total = len(function.block.text)
    for chunk in function.statements.chunks:
        use = chunk_use(chunk, arch, total)
        found.writes_result |= use.writes_result and found.has_result_registers
        for statement in use.notable:
            if not isinstance(statement, Instruction):
                # To go vet, data ends the function: its author put it between functions.
                found.returns.clear()
                return found.result()
            found.add(statement, chunk.start)
    return found.result()


class _Finder:
    """Goes through a function's instructions; what counts depends on those before."""

    def __init__(self, function: Function, arch: Arch) -> None:
        self.function = function
        self.arch = arch
        self.arguments: list[OperandUse] = []
        self.beyond: list[OperandUse] = []
        self.returns: list[Span] = []
        self.writes_result = False
        symbol = function.text.symbol
        is_internal = symbol is not None and symbol.abi == "ABIInternal"
        self.has_result_registers = is_internal or arch.goarch == "wasm"
        # From here on up the stack is not the function's; None while that is not known.
        self.limit = None if is_no_frame(function) else arguments_start(function, arch)

    def add(self, instruction: Instruction, start: int) -> None:
        if "RET" in instruction.mnemonic and not _names_symbol(instruction):
            self.returns.append(instruction.mnemonic_span.shifted(start))
        if self._writes_stack_pointer(instruction, start):
            self.limit = None
            return
        for operand in instruction.operands:
            if operand.is_frame_argument:
                self.writes_result |= _is_result(operand, self.function.frame)
                # Without an offset, or with one to be added up, the author means another thing.
                if _has_plain_offset(operand):
                    self.arguments.append(OperandUse(instruction, operand, start))
            elif self.limit is not None and self._is_beyond(operand, self.limit):
                self.beyond.append(OperandUse(instruction, operand, start))

    def result(self) -> FrameUse:
        uses = tuple(self.arguments), tuple(self.beyond), tuple(self.returns)
        return FrameUse(*uses, self.writes_result)

    def _is_beyond(self, operand: Operand, limit: int) -> bool:
        return (
            operand.base is not None
            and operand.base.name == self.arch.stack_register
            and operand.offset is not None
            and operand.offset >= limit
            and operand.symbol is None
            and operand.kind in (OperandKind.MEMORY, OperandKind.ADDRESS)
            and _has_plain_offset(operand)
        )

    def _writes_stack_pointer(self, instruction: Instruction, start: int) -> bool:
        operands = instruction.operands
        # `NOP SP` is the idiom that makes the assembler and go vet forget what they know of SP.
        if instruction.mnemonic != "NOP":
            operands = operands[1:]
        return any(
            o.kind is OperandKind.REGISTER
            and o.text.startswith(self.arch.stack_register)
            and (o.text == self.arch.stack_register or self._passes_for_stack_pointer(o, start))
            for o in operands
        )

    def _passes_for_stack_pointer(self, operand: Operand, start: int) -> bool:
        """Tells whether go vet would take the operand for the stack pointer.

        It looks for `, R1` in the line, and so on ppc64 finds R10 to R19 too, on loong64 R30
        and R31. What it does not check there the standard library has not got right either.
        """
        span = operand.span.shifted(start)
        before = self.function.block.text[max(0, span.start - 2) : span.start]
        return before in (b", ", b",\t") and self.function.origin(span).inner is None


def names_result(name: str) -> bool:
    """Tells whether a name is that of the first unnamed result, or of a part of it."""
    return name == "ret" or name.startswith("ret_")


def _names_symbol(instruction: Instruction) -> bool:
    """Tells whether this is `RET f(SB)`, a tail call that leaves the result to another."""
    return any(o.base is not None and o.base.name == "SB" for o in instruction.operands)


def _is_result(operand: Operand, frame: ArgumentFrame | None) -> bool:
    if operand.symbol is None or not names_result(operand.symbol.name):
        return False
    if operand.offset_span or frame is None:
        return True
    # `ret(FP)` is offset 0, whatever the name says.
    slot = frame.slot(operand.symbol.name)
    return slot is not None and slot.offset == 0


def _has_plain_offset(operand: Operand) -> bool:
    """Tells whether an offset is written as one number, not negative."""
    if operand.offset_span is None or operand.offset is None:
        return False
    place = operand.offset_span.shifted(-operand.span.start)
    return bool(_PLAIN_OFFSET.match(operand.text.encode()[place.start : place.end]))
