"""The ABI0 argument frame of a body-less Go function, component by component.

The components, their names and order are those of vet's asmdecl analyzer.
"""

from __future__ import annotations

from go_asm_lsp.golang.model import ArgumentFrame, FrameEntry, Layout, Part
from go_asm_lsp.golang.package import GoPackage
from go_asm_lsp.golang.sizes import measure, round_up
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
    underlying,
)

_BIG_ENDIAN = frozenset(("mips", "mips64", "ppc64", "s390x"))


def argument_frame(package: GoPackage, name: str) -> ArgumentFrame | None:
    """Answers the frame of a body-less function, None when the package declares none.

    When the type of a parameter is unknown the frame ends before it and is not complete.
    """
    prototype = package.prototype(name)
    if prototype is None:
        return None
    try:
        groups = package.parameter_types(name)
        if groups is None:
            return ArgumentFrame(prototype, 0, (), is_complete=False)
        entries: list[FrameEntry] = []
        offset = 0
        was_result = False
        is_big_endian = package.configuration.goarch in _BIG_ENDIAN
        for is_result, count, type_ in groups:
            layout = type_layout(type_, package.word, is_big_endian=is_big_endian)
            if layout is None:
                return ArgumentFrame(prototype, offset, tuple(entries), is_complete=False)
            # Results begin at the alignment of int64, which for gc is that of a word.
            if is_result and not was_result:
                offset = round_up(offset, package.word)
                was_result = True
            # Only the first name of a group is aligned; sizes are multiples of alignments.
            offset = round_up(offset, layout.align)
            for _ in range(count):
                parameter = prototype.parameters[len(entries)]
                entries.append(FrameEntry(parameter, offset, layout))
                offset += layout.size
        return ArgumentFrame(prototype, offset, tuple(entries))
    except RecursionError:
        return ArgumentFrame(prototype, 0, (), is_complete=False)


def type_layout(type_: Type, word: int, *, is_big_endian: bool) -> Layout | None:
    """Takes a type apart as asmdecl does; None when a part of it is unknown."""
    if not isinstance(type_, Named | Alias):
        return _layout(type_, word, is_big_endian)
    named = type_
    key = ("layout", named, word, is_big_endian)
    layout: Layout | None = named.memo.get(key, lambda: _layout(named, word, is_big_endian), None)
    return layout


def _layout(type_: Type, word: int, is_big_endian: bool) -> Layout | None:
    size = measure(type_, word)
    below = underlying(type_)
    if size is None:
        return None
    spelled = type_string(type_)

    def made(kind: int | str, *parts: Part) -> Layout:
        return Layout(kind, spelled, size.size, size.align, parts)

    def part(suffix: str, offset: int, text: str, width: int = word) -> Part:
        return Part(suffix, offset, Layout(width, text, width, width))

    match below:
        case Basic(kind="string"):
            return made("string", part("_base", 0, "string base"), part("_len", word, "string len"))
        case Basic(kind="complex64" | "complex128"):
            half, bits = size.size // 2, size.size * 8
            return made(
                "complex",
                part("_real", 0, f"real(complex{bits})", half),
                part("_imag", half, f"imag(complex{bits})", half),
            )
        case Basic() | Pointer() | Channel() | Map() | Signature():
            if size.size != 8 or word != 4:
                return made(size.size)
            first, second = ("_hi", "_lo") if is_big_endian else ("_lo", "_hi")
            half_text = f"half {spelled}"
            return made(8, part(first, 0, half_text), part(second, 4, half_text))
        case Slice():
            return made(
                "slice",
                part("_base", 0, "slice base"),
                part("_len", word, "slice len"),
                part("_cap", 2 * word, "slice cap"),
            )
        case Interface():
            is_empty = is_empty_interface(below)
            if is_empty is None:
                return None
            kind, first = ("empty interface", "type") if is_empty else ("interface", "itable")
            return made(
                kind,
                part(f"_{first}", 0, f"interface {first}"),
                part("_data", word, "interface data"),
            )
        case Array():
            element = type_layout(below.element.get(), word, is_big_endian=is_big_endian)
            if element is None or below.length is None:
                return None
            return Layout(
                "array", spelled, size.size, size.align, element=element, count=below.length
            )
        case Struct():
            parts = []
            for field, offset in zip(below.fields, size.offsets, strict=True):
                inner = type_layout(field.type.get(), word, is_big_endian=is_big_endian)
                if inner is None:
                    return None
                parts.append(Part(f"_{field.name}", offset, inner))
            return made("struct", *parts)
    return None
