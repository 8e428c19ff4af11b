"""Whether a use of an argument agrees with the Go prototype, and which uses would.

The rules are asmdecl's: the name must be a component of the frame, the offset that
component's, and the instruction must move as many bytes as it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from go_asm_lsp.arch.model import Arch, Bank, Move
from go_asm_lsp.golang.model import ArgumentFrame, Slot
from go_asm_lsp.semantics.frame_use import OperandUse


class MisfitKind(Enum):
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"
    OFFSET = "offset"
    WIDTH = "width"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A use that does not agree with the frame.

    `slot` is the component of that name (OFFSET, WIDTH) or at that offset (UNNAMED, UNKNOWN).
    """

    kind: MisfitKind
    use: OperandUse
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class Value:
    """What one instruction finds at a slot: the pointer of a string, for one."""

    kind: int | str
    size: int
    type: str


_FIRST_WORD = ("string", "slice", "interface", "empty interface")


def misfit(use: OperandUse, frame: ArgumentFrame, arch: Arch) -> Misfit | None:
    """Answers what is wrong with a use, or None when go vet would accept it."""
    if use.name is None:
        return Misfit(MisfitKind.UNNAMED, use, frame.slot_at(use.offset))
    slot = frame.slot(use.name)
    if slot is None and not frame.is_complete:
        return None
    if slot is None:
        if use.name == "argframe" and use.offset == 0:
            return None
        return Misfit(MisfitKind.UNKNOWN, use, frame.slot_at(use.offset))
    if use.offset != slot.offset:
        return Misfit(MisfitKind.OFFSET, use, slot)
    if not fits_width(use, use.instruction.mnemonic, slot, arch):
        return Misfit(MisfitKind.WIDTH, use, slot)
    return None


def fits_width(use: OperandUse, mnemonic: str, slot: Slot, arch: Arch) -> bool:
    """Tells whether `mnemonic` may stand before this operand when it names `slot`."""
    width = _touched(use, mnemonic, arch)
    value = moved_value(use, mnemonic, slot, arch)
    if width == 0 or width == value.kind:
        return True
    # Two halves of a complex, or a whole small array or struct, may go in one move; of the
    # latter go vet says that N bytes are no N-byte value (https://go.dev/issue/39220).
    is_whole = value.kind in ("complex", "array", "struct")
    return is_whole and width == value.size


def slots_at(offset: int, frame: ArgumentFrame) -> Iterator[Slot]:
    """Lists the components that start at an offset, the innermost first."""
    inner = frame.slot_at(offset)
    if inner is None or inner.offset != offset:
        return
    name = inner.name
    while name:
        slot = frame.slot(name)
        if slot and slot.offset == offset:
            yield slot
        # Only what precedes an underscore can contain it: s_len is part of s.
        name = name.rpartition("_")[0]


def moved_value(use: OperandUse, mnemonic: str, slot: Slot, arch: Arch) -> Value:
    """Answers what an instruction sees in a slot."""
    is_address = use.is_address or mnemonic in _ADDRESS_OF.get(arch.goarch, ())
    if is_address:
        return Value(arch.pointer_size, arch.pointer_size, "address")
    if slot.kind in _FIRST_WORD and slot.inner:
        first = slot.inner[0]
        return Value(first.kind, first.size, first.type)
    return Value(slot.kind, slot.size, slot.type)


_ADDRESS_OF = {"386": ("LEAL",), "amd64": ("LEAQ",)}


def _touched(use: OperandUse, mnemonic: str, arch: Arch) -> int:
    return arch.width(mnemonic, is_destination=not use.is_first)


def matching_move(use: OperandUse, slot: Slot, arch: Arch) -> Move | None:
    """Finds the plain move that should stand in place of a move of the wrong width."""
    instruction = use.instruction
    if instruction.suffixes or not _is_move(instruction.mnemonic, arch):
        return None
    others = [o for o in instruction.operands if o is not use.operand]
    if len(others) != 1:
        return None
    bank = Bank.INTEGER
    if len(others[0].registers) == 1 and others[0].text == others[0].registers[0].name:
        bank = arch.bank(others[0].text)
    elif use.is_first:
        return None
    is_signed = slot.type.removeprefix("half ") in ("int8", "int16", "int32", "rune")
    fitting = [
        move
        for move in arch.moves
        if move.bank is bank and fits_width(use, move.mnemonic, slot, arch) and move.width
    ]
    value = moved_value(use, "", slot, arch)
    exact = [move for move in fitting if move.width == value.size]
    signed = [move for move in exact if move.is_signed in (None, is_signed)]
    return next(iter(signed or exact), None)


def _is_move(mnemonic: str, arch: Arch) -> bool:
    return any(move.mnemonic == mnemonic for move in arch.moves)
