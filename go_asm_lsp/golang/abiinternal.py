"""Which registers ABIInternal passes a function's arguments and results in.

The rules are the ABI document's (cmd/compile/abi-internal.md); the register sequences are those
the compiler allots per architecture. Methods are left out: assembly cannot name them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from go_asm_lsp.golang.model import Parameter, Prototype
from go_asm_lsp.golang.package import GoPackage
from go_asm_lsp.golang.sizes import Measure, measure, round_up
from go_asm_lsp.golang.spelling import type_string
from go_asm_lsp.golang.types import (
    Alias,
    Array,
    Basic,
    Channel,
    Interface,
    Map,
    Named,
    Pointer,
    Signature,
    Slice,
    Struct,
    Type,
    is_empty_interface,
    unalias,
    underlying,
)


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """A component held in one register. `name` is asmdecl's, `offset` that in its parameter."""

    name: str
    register: str
    type: str
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Passed:
    """How one parameter or result is passed: in registers, or on the stack.

    Offsets are from the argument pointer. `stack_offset` is None in registers; `spill_offset`
    is where a function may spill an argument from registers, and None for all others.
    """

    parameter: Parameter
    registers: tuple[RegisterPart, ...]
    stack_offset: int | None
    spill_offset: int | None


@dataclass(frozen=True, slots=True)
class RegisterFrame:
    """A function's arguments and results under ABIInternal. `size` includes the spill area."""

    prototype: Prototype
    passed: tuple[Passed, ...]
    size: int


def register_frame(package: GoPackage, name: str) -> RegisterFrame | None:
    """Answers how ABIInternal passes a function's parameters, with or without a body.

    None without such a function, where a type is unknown, and on architectures that pass
    everything on the stack, where ABIInternal is ABI0.
    """
    sequences = _REGISTERS.get(package.configuration.goarch)
    prototype = package.prototype(name) or package.function(name)
    if sequences is None or prototype is None:
        return None
    try:
        groups = package.parameter_types(name)
        if groups is None:
            return None
        return _assign(prototype, groups, sequences, package.word)
    except RecursionError:
        return None


_Sequences = tuple[tuple[str, ...], tuple[str, ...]]  # integer, floating point


def _numbered(letter: str, *numbers: int) -> tuple[str, ...]:
    return tuple(f"{letter}{number}" for number in numbers)


_RISCV = (*range(10, 18), 8, 9, *range(18, 24))
_PPC64: _Sequences = (
    _numbered("R", *range(3, 11), *range(14, 18)),
    _numbered("F", *range(1, 13)),
)
_REGISTERS: dict[str, _Sequences] = {
    "amd64": (
        ("AX", "BX", "CX", "DI", "SI", "R8", "R9", "R10", "R11"),
        _numbered("X", *range(15)),
    ),
    "arm64": (_numbered("R", *range(16)), _numbered("F", *range(16))),
    "loong64": (_numbered("R", *range(4, 20)), _numbered("F", *range(16))),
    "ppc64": _PPC64,
    "ppc64le": _PPC64,
    "riscv64": (_numbered("X", *_RISCV), _numbered("F", *_RISCV)),
    "s390x": (_numbered("R", *range(2, 10)), _numbered("F", *range(16))),
}


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A base value of a composite."""

    suffix: str
    type: str
    offset: int
    size: int
    is_float: bool


def _assign(
    prototype: Prototype,
    groups: tuple[tuple[bool, int, Type], ...],
    sequences: _Sequences,
    word: int,
) -> RegisterFrame | None:
    passed: list[Passed] = []
    stack = spill = 0
    free = [list(sequence) for sequence in sequences]
    was_result = False
    for is_result, count, type_ in groups:
        size = measure(type_, word)
        if size is None:
            return None
        if is_result and not was_result:
            was_result = True
            stack = round_up(stack, word)
            free = [list(sequence) for sequence in sequences]
        leaves = _leaves_that_fit(type_, size, word)
        for _ in range(count):
            parameter = prototype.parameters[len(passed)]
            registers = _take(parameter.name, leaves, free)
            if registers is None:
                stack = round_up(stack, size.align)
                passed.append(Passed(parameter, (), stack, None))
                stack += size.size
            elif is_result:
                passed.append(Passed(parameter, registers, None, None))
            else:
                spill = round_up(spill, size.align)
                passed.append(Passed(parameter, registers, None, spill))
                spill += size.size
    # The spill area follows what is passed on the stack, results included.
    start = round_up(stack, word)
    moved = tuple(
        each
        if each.spill_offset is None
        else Passed(each.parameter, each.registers, None, start + each.spill_offset)
        for each in passed
    )
    return RegisterFrame(prototype, moved, start + round_up(spill, word))


def _take(
    name: str, leaves: tuple[_Leaf, ...] | None, free: list[list[str]]
) -> tuple[RegisterPart, ...] | None:
    """Takes registers for all of a value's leaves, or none at all."""
    if leaves is None:
        return None
    floats = sum(leaf.is_float for leaf in leaves)
    if len(leaves) - floats > len(free[0]) or floats > len(free[1]):
        return None
    return tuple(
        RegisterPart(
            name=name + leaf.suffix,
            register=free[leaf.is_float].pop(0),
            type=leaf.type,
            offset=leaf.offset,
            size=leaf.size,
        )
        for leaf in leaves
    )


def _leaves_that_fit(type_: Type, size: Measure, word: int) -> tuple[_Leaf, ...] | None:
    # Values of no size count as passed on the stack.
    if not size.size or _register_count(type_, word) > _MAX_LEAVES:
        return None
    return tuple(_leaves(type_, "", 0, word))


# More than any architecture has registers for, and what stands for "not in registers".
_MAX_LEAVES = 64
_NEVER = _MAX_LEAVES + 1


def _register_count(type_: Type, word: int) -> int:
    """Counts the registers a value takes, `_NEVER` when it is always on the stack."""
    if isinstance(type_, Named | Alias):
        named = type_
        return named.memo.get(
            ("registers", named, word), lambda: _register_count(_below(named), word), _NEVER
        )
    match type_:
        case Basic() if type_.is_complex or type_.is_string:
            return 2
        case Interface():
            return 2
        case Slice():
            return 3
        case Array(length=length, element=element):
            if length is None or length > 1:
                return _NEVER
            return length * _register_count(element.get(), word)
        case Struct(fields=fields):
            total = 0
            for field in fields:
                total += _register_count(field.type.get(), word)
                if total > _MAX_LEAVES:
                    return _NEVER
            return total
        case Basic() | Pointer() | Channel() | Map() | Signature():
            return 1
    return _NEVER


def _below(type_: Named | Alias) -> Type:
    return unalias(type_) if isinstance(type_, Alias) else underlying(type_)


def _leaves(type_: Type, suffix: str, offset: int, word: int) -> Iterator[_Leaf]:
    below = underlying(type_)
    size = measure(type_, word)
    # What has no size holds no value, however it is nested.
    if size is None or not size.size:
        return
    match below:
        case Basic() if below.is_complex:
            half = size.size // 2
            for part, at in (("_real", 0), ("_imag", half)):
                yield _Leaf(suffix + part, f"float{half * 8}", offset + at, half, True)
        case Basic(kind="string"):
            yield from _words(suffix, offset, word, _STRING_PARTS)
        case Slice():
            yield from _words(suffix, offset, word, _SLICE_PARTS)
        case Interface():
            first = "_type" if is_empty_interface(below) else "_itable"
            parts = ((first, "unsafe.Pointer"), ("_data", "unsafe.Pointer"))
            yield from _words(suffix, offset, word, parts)
        case Basic() | Pointer() | Channel() | Map() | Signature():
            is_float = isinstance(below, Basic) and below.is_float
            yield _Leaf(suffix, type_string(type_), offset, size.size, is_float)
        case Array(element=element):
            yield from _leaves(element.get(), f"{suffix}_0", offset, word)
        case Struct(fields=fields):
            for field, at in zip(fields, size.offsets, strict=True):
                yield from _leaves(field.type.get(), f"{suffix}_{field.name}", offset + at, word)


_STRING_PARTS = (("_base", "*byte"), ("_len", "int"))
_SLICE_PARTS = (*_STRING_PARTS, ("_cap", "int"))


def _words(
    suffix: str, offset: int, word: int, parts: tuple[tuple[str, str], ...]
) -> Iterator[_Leaf]:
    for index, (part, type_) in enumerate(parts):
        yield _Leaf(suffix + part, type_, offset + index * word, word, False)
