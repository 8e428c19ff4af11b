"""What in a chunk of statements matters to the checks of frames, found once per text.

Most instructions touch neither the arguments nor the stack pointer. Those that do are picked
out here, so that checking a large function again takes a look at these only.
"""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.arch.model import Arch, FramePointer
from go_asm_lsp.semantics.statements import Chunk
from go_asm_lsp.semantics.text_cache import TextCache
from go_asm_lsp.syntax.nodes import Data, Globl, Instruction, OperandKind


@dataclass(frozen=True, slots=True)
class ChunkUse:
    """Spans count from the chunk's start.

    `notable` are the instructions that refer to the arguments or to the stack, write the stack
    pointer or return, and the data between them. `writes_result` tells of the result
    registers of ABIInternal. `first_frame_pointer` is the first instruction that names the
    frame pointer or branches.
    """

    notable: tuple[Instruction | Data | Globl, ...]
    writes_result: bool
    first_frame_pointer: Instruction | None


_USES: TextCache[ChunkUse] = TextCache(1_000_000)


def chunk_use(chunk: Chunk, arch: Arch, total: int) -> ChunkUse:
    """Picks out what matters; `total` is the size of all that is read with the chunk."""
    key = chunk.text, arch.goarch
    return _USES.get(key, len(chunk.text), lambda: _read(chunk, arch), needed=total)


def _read(chunk: Chunk, arch: Arch) -> ChunkUse:
    notable: list[Instruction | Data | Globl] = []
    writes_result = False
    first_frame_pointer: Instruction | None = None
    for statement in chunk.statements:
        if isinstance(statement, Data | Globl):
            notable.append(statement)
        if not isinstance(statement, Instruction):
            continue
        if _is_notable(statement, arch):
            notable.append(statement)
        if not first_frame_pointer and arch.frame_pointer:
            is_first = _is_of_frame_pointer(statement, arch.frame_pointer)
            first_frame_pointer = statement if is_first else None
        writes_result = writes_result or _writes_result(statement, arch)
    return ChunkUse(tuple(notable), writes_result, first_frame_pointer)


def _is_notable(instruction: Instruction, arch: Arch) -> bool:
    if "RET" in instruction.mnemonic:
        return True
    for operand in instruction.operands:
        if operand.base is not None:
            if operand.base.name in ("FP", arch.stack_register):
                return True
        elif operand.kind is OperandKind.REGISTER and operand.text.startswith(arch.stack_register):
            return True
    return False


def _is_of_frame_pointer(instruction: Instruction, frame_pointer: FramePointer) -> bool:
    return instruction.mnemonic in frame_pointer.branches or any(
        register.name == frame_pointer.register
        for operand in instruction.operands
        for register in operand.registers
    )


def _writes_result(instruction: Instruction, arch: Arch) -> bool:
    if instruction.mnemonic in arch.result_writers:
        return True
    if any(o.text == arch.stack_register for o in instruction.operands[1:]):
        return False  # go vet skips what writes the stack pointer
    return any(
        register.name in arch.result_registers
        for operand in instruction.operands
        for register in operand.registers
    )
