"""The fourteen architectures by GOARCH name.

Roles of registers are those of the Go ABI documents and of cmd/asm's register names.
"""

from __future__ import annotations

import re
from dataclasses import replace

from go_asm_lsp.arch.model import Arch, Bank, FramePointer, Move
from go_asm_lsp.arch.widths import (
    amd64_width,
    arm_width,
    i386_width,
    mips_width,
    ppc64_width,
    s390x_width,
    unknown_width,
)


def arch_for(goarch: str) -> Arch | None:
    """Finds the architecture of that name."""
    return _ARCHES.get(goarch)


def _integer(mnemonic: str, width: int, is_signed: bool | None = None) -> Move:
    return Move(mnemonic, width, Bank.INTEGER, is_signed)


def _float(mnemonic: str, width: int) -> Move:
    return Move(mnemonic, width, Bank.FLOAT)


def _widening(mnemonic: str, width: int, unsigned: str) -> tuple[Move, Move]:
    return _integer(mnemonic + unsigned, width, False), _integer(mnemonic, width, True)


_X86_FLOATS = (_float("MOVSS", 4), _float("MOVSD", 8))
_I386_MOVES = (_integer("MOVB", 1), _integer("MOVW", 2), _integer("MOVL", 4), *_X86_FLOATS)
_I386_WIDENING = (
    _integer("MOVBLZX", 1, False),
    _integer("MOVBLSX", 1, True),
    _integer("MOVWLZX", 2, False),
    _integer("MOVWLSX", 2, True),
)
_AMD64_WIDENING = (
    *_I386_WIDENING,
    _integer("MOVLQZX", 4, False),
    _integer("MOVLQSX", 4, True),
    *(_integer("MOVBQZX", 1, False), _integer("MOVBQSX", 1, True)),
    *(_integer("MOVWQZX", 2, False), _integer("MOVWQSX", 2, True)),
)
_AMD64_MOVES = (*_I386_MOVES[:3], _integer("MOVQ", 8), *_X86_FLOATS)

_NARROW_U = (*_widening("MOVB", 1, "U"), *_widening("MOVH", 2, "U"))
_NARROW_Z = (*_widening("MOVB", 1, "Z"), *_widening("MOVH", 2, "Z"))
_FD = (_float("MOVF", 4), _float("MOVD", 8))
_FMOV = (_float("FMOVS", 4), _float("FMOVD", 8))

_ARM_MOVES = (*_NARROW_U, _integer("MOVW", 4), *_FD)
_ARM64_MOVES = (*_NARROW_U, *_widening("MOVW", 4, "U"), _integer("MOVD", 8), *_FMOV)
_MIPS64_MOVES = (*_NARROW_U, *_widening("MOVW", 4, "U"), _integer("MOVV", 8), *_FD)
_PPC64_MOVES = (*_NARROW_Z, *_widening("MOVW", 4, "Z"), _integer("MOVD", 8), *_FMOV)
_RISCV64_MOVES = (*_NARROW_U, *_widening("MOVW", 4, "U"), _integer("MOV", 8), *_FD)


def _numbered(prefix: str, first: int, last: int, step: int = 1) -> tuple[str, ...]:
    return tuple(f"{prefix}{number}" for number in range(first, last + 1, step))


_X_REGISTER = re.compile(r"X\d+$")
_F_REGISTER = re.compile(r"F\d+$")

_I386 = Arch(
    goarch="386",
    pointer_size=4,
    is_big_endian=False,
    stack_register="SP",
    has_link_register=False,
    operand_width=i386_width,
    moves=_I386_MOVES,
    widening_loads=_I386_WIDENING,
    float_register=_X_REGISTER,
    free_integers=("AX", "BX", "CX", "DX", "SI", "DI"),
    free_floats=_numbered("X", 0, 7),
)
_AMD64 = Arch(
    goarch="amd64",
    pointer_size=8,
    is_big_endian=False,
    stack_register="SP",
    has_link_register=False,
    operand_width=amd64_width,
    moves=_AMD64_MOVES,
    widening_loads=_AMD64_WIDENING,
    float_register=_X_REGISTER,
    free_integers=("AX", "BX", "CX", "DX", "SI", "DI", *_numbered("R", 8, 13)),
    free_floats=_numbered("X", 0, 14),
    result_registers=frozenset({"AX", "AL", "AH", "X0", "Y0", "Z0"}),
    result_writers=frozenset({"SYSCALL"}),
    frame_pointer=FramePointer("BP", frozenset({"JMP", "RET"})),
)
_ARM = Arch(
    goarch="arm",
    pointer_size=4,
    is_big_endian=False,
    stack_register="R13",
    has_link_register=True,
    operand_width=arm_width,
    moves=_ARM_MOVES,
    float_register=_F_REGISTER,
    free_integers=_numbered("R", 0, 8),
    free_floats=_numbered("F", 0, 14),
)
_ARM64 = Arch(
    goarch="arm64",
    pointer_size=8,
    is_big_endian=False,
    stack_register="RSP",
    has_link_register=True,
    operand_width=unknown_width,
    moves=_ARM64_MOVES,
    float_register=_F_REGISTER,
    free_integers=_numbered("R", 0, 15),
    free_floats=_numbered("F", 0, 15),
    result_registers=frozenset({"R0", "F0", "V0"}),
    result_writers=frozenset({"SVC"}),
    frame_pointer=FramePointer(
        "R29", frozenset({"B", "JMP", "RET"}), pair_loads=("LDP", "LDAXP", "LDXP", "CASP")
    ),
)
_LOONG64 = Arch(
    goarch="loong64",
    pointer_size=8,
    is_big_endian=False,
    stack_register="R3",
    has_link_register=True,
    operand_width=mips_width,
    moves=_MIPS64_MOVES,
    float_register=_F_REGISTER,
    free_integers=_numbered("R", 4, 19),
    free_floats=_numbered("F", 0, 15),
    result_registers=frozenset({"R4", "F0", "V0", "X0"}),
    result_writers=frozenset({"SYSCALL"}),
)
_MIPS = Arch(
    goarch="mips",
    pointer_size=4,
    is_big_endian=True,
    stack_register="R29",
    has_link_register=True,
    operand_width=mips_width,
    moves=_ARM_MOVES,
    float_register=_F_REGISTER,
    free_integers=_numbered("R", 1, 16),
    free_floats=_numbered("F", 0, 22, 2),
)
_MIPS64 = replace(_MIPS, goarch="mips64", pointer_size=8, moves=_MIPS64_MOVES)
_PPC64 = Arch(
    goarch="ppc64",
    pointer_size=8,
    is_big_endian=True,
    stack_register="R1",
    has_link_register=True,
    operand_width=ppc64_width,
    moves=_PPC64_MOVES,
    float_register=_F_REGISTER,
    free_integers=_numbered("R", 3, 10),
    free_floats=_numbered("F", 1, 13),
    result_registers=frozenset({"R3", "F1"}),
    result_writers=frozenset({"SYSCALL"}),
)
_RISCV64 = Arch(
    goarch="riscv64",
    pointer_size=8,
    is_big_endian=False,
    stack_register="SP",
    has_link_register=True,
    operand_width=unknown_width,
    moves=_RISCV64_MOVES,
    float_register=re.compile(r"F(\d+|[ATS]\d+)$"),
    free_integers=(*_numbered("X", 10, 17), *_numbered("X", 5, 9)),
    free_floats=_numbered("F", 10, 17),
    result_registers=frozenset({"X10", "A0", "F10", "FA0"}),
    result_writers=frozenset({"ECALL"}),
)
_S390X = Arch(
    goarch="s390x",
    pointer_size=8,
    is_big_endian=True,
    stack_register="R15",
    has_link_register=True,
    operand_width=s390x_width,
    moves=_PPC64_MOVES,
    float_register=_F_REGISTER,
    free_integers=_numbered("R", 1, 9),
    free_floats=_numbered("F", 0, 15),
)
_WASM = Arch(
    goarch="wasm",
    pointer_size=8,
    is_big_endian=False,
    stack_register="SP",
    has_link_register=False,
    operand_width=unknown_width,
    moves=tuple(_integer(*move) for move in (("MOVB", 1), ("MOVH", 2), ("MOVW", 4), ("MOVD", 8))),
    float_register=_F_REGISTER,
    free_integers=_numbered("R", 0, 15),
    free_floats=_numbered("F", 0, 15),
    result_writers=frozenset({"CallImport"}),
)

_ARCHES = {
    arch.goarch: arch
    for arch in (
        _I386,
        _AMD64,
        _ARM,
        _ARM64,
        _LOONG64,
        _MIPS,
        replace(_MIPS, goarch="mipsle", is_big_endian=False),
        _MIPS64,
        replace(_MIPS64, goarch="mips64le", is_big_endian=False),
        _PPC64,
        replace(_PPC64, goarch="ppc64le", is_big_endian=False),
        _RISCV64,
        _S390X,
        _WASM,
    )
}
