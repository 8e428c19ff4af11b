"""Sizes, alignments and field offsets as the gc compiler lays types out.

The rules are those of go/types' gc sizes, which vet uses; all answers are in bytes and None
when a type, or the total, is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    unalias,
    underlying,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A type's size and alignment; `offsets` are a struct's fields'."""

    size: int
    align: int
    offsets: tuple[int, ...] = ()


def word_size(goarch: str) -> int:
    """Answers the size of a pointer, and of int, on an architecture."""
    return 4 if goarch in ("386", "arm", "mips", "mipsle") else 8


def measure(type_: Type, word: int) -> Measure | None:
    """Measures a type for an architecture with pointers of `word` bytes."""
    if isinstance(type_, Named | Alias):
        named = type_
        found: Measure | None = named.memo.get(
            ("measure", named, word), lambda: _measure_named(named, word), None
        )
        return found
    match type_:
        case Basic(kind=kind):
            return _basic(kind, word)
        case Pointer() | Map() | Channel() | Signature():
            return Measure(word, word)
        case Interface():
            return Measure(2 * word, word)
        case Slice():
            return Measure(3 * word, word)
        case Array(length=length, element=element):
            inner = measure(element.get(), word)
            if inner is None or length is None or length * inner.size > _MAX_SIZE:
                return None
            return Measure(length * inner.size, inner.align)
        case Struct():
            return _struct(type_, word)
    return None


_MAX_SIZE = (1 << 63) - 1
_FIXED = {
    "bool": 1,
    "int8": 1,
    "uint8": 1,
    "int16": 2,
    "uint16": 2,
    "int32": 4,
    "uint32": 4,
    "float32": 4,
    "int64": 8,
    "uint64": 8,
    "float64": 8,
}
# These have 64-bit alignment on every architecture, which their packages signal with an empty
# struct type of this name.
_ALIGNING_PACKAGES = ("sync/atomic", "internal/runtime/atomic")


def _measure_named(named: Named | Alias, word: int) -> Measure | None:
    if isinstance(named, Alias):
        return measure(unalias(named), word)
    if named.name == "align64" and named.package in _ALIGNING_PACKAGES:
        return Measure(0, 8)
    return measure(underlying(named), word)


def _basic(kind: str, word: int) -> Measure | None:
    # gc's maximum alignment is the word size, so 8-byte values have 4 on 32-bit machines.
    match kind:
        case "int" | "uint" | "uintptr" | "unsafe.Pointer":
            return Measure(word, word)
        case "string":
            return Measure(2 * word, word)
        case "complex64":
            return Measure(8, 4)
        case "complex128":
            return Measure(16, word)
    size = _FIXED.get(kind)
    return None if size is None else Measure(size, min(size, word))


def _struct(struct: Struct, word: int) -> Measure | None:
    end = 0
    align = 1
    offsets = []
    last = 0
    for field in struct.fields:
        inner = measure(field.type.get(), word)
        if inner is None:
            return None
        offset = round_up(end, inner.align)
        offsets.append(offset)
        end = offset + inner.size
        align = max(align, inner.align)
        last = inner.size
    # A trailing field of no size would have an address past the struct, so gc pads it.
    if offsets and offsets[-1] > 0 and last == 0:
        end += 1
    size = round_up(end, align)
    return None if size > _MAX_SIZE else Measure(size, align, tuple(offsets))


def round_up(offset: int, align: int) -> int:
    return (offset + align - 1) // align * align
