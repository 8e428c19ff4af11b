"""What the checks need to know of one architecture: registers with a role, widths of moves.

Registers and mnemonics as such are not listed here. The frame the assembler makes is in
`arch.frame`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Bank(Enum):
    """The kind of register a move loads or stores."""

    INTEGER = "integer"
    FLOAT = "float"


@dataclass(frozen=True, slots=True)
class Move:
    """An instruction that only moves `width` bytes between memory and a register.

    `is_signed` tells how a narrow load widens; None where the instruction does not widen or
    where one mnemonic serves both.
    """

    mnemonic: str
    width: int
    bank: Bank
    is_signed: bool | None = None


@dataclass(frozen=True, slots=True)
class FramePointer:
    """The register that must hold the caller's frame pointer until it is saved.

    `pair_loads` are the mnemonic prefixes of instructions whose last operand is a pair of
    destinations; `branches` those after which straight-line reading ends.
    """

    register: str
    branches: frozenset[str]
    pair_loads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arch:
    """One GOARCH.

    `stack_register` is the name by which assembly reaches the hardware stack pointer.
    `result_registers` are the first integer and the first floating-point result of
    ABIInternal under all their names; empty where that ABI is not used.
    `result_writers` are mnemonics that write those registers without naming them.
    `moves` are what a quick fix may choose from, the plainest first. `free_integers` and
    `free_floats` are registers that an ABI0 function may use as it likes, in the order in
    which generated code takes them.
    """

    goarch: str
    pointer_size: int
    is_big_endian: bool
    stack_register: str
    has_link_register: bool
    operand_width: Callable[[str, bool], int]
    moves: tuple[Move, ...]
    float_register: re.Pattern[str]
    free_integers: tuple[str, ...]
    free_floats: tuple[str, ...]
    widening_loads: tuple[Move, ...] = ()  # where `moves` leave the upper bits alone
    result_registers: frozenset[str] = frozenset()
    result_writers: frozenset[str] = frozenset()
    frame_pointer: FramePointer | None = None

    def width(self, mnemonic: str, *, is_destination: bool) -> int:
        """Answers how many bytes of a memory operand an instruction touches; 0 if unknown."""
        return self.operand_width(mnemonic, is_destination)

    def bank(self, register: str) -> Bank:
        return Bank.FLOAT if self.float_register.match(register) else Bank.INTEGER
