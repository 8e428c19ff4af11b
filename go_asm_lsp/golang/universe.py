"""The names Go predeclares, and the members of package unsafe."""

from __future__ import annotations

from go_asm_lsp.golang.scope import NOTHING, Operand
from go_asm_lsp.golang.types import ANY, BASICS, COMPARABLE, ERROR

_TYPES = (
    *("bool", "string", "int", "int8", "int16", "int32", "int64", "rune", "byte"),
    *("uint", "uint8", "uint16", "uint32", "uint64", "uintptr"),
    *("float32", "float64", "complex64", "complex128"),
)
_BUILTINS = (
    *("append", "cap", "clear", "close", "complex", "copy", "delete", "imag", "len", "make"),
    *("max", "min", "new", "panic", "print", "println", "real", "recover"),
)
_UNSAFE_BUILTINS = (
    *("Add", "Alignof", "Offsetof", "Sizeof", "Slice", "SliceData", "String", "StringData"),
)

UNIVERSE = {
    **{name: Operand("type", BASICS[name]) for name in _TYPES},
    **{name: Operand("builtin", name=name) for name in _BUILTINS},
    "any": Operand("type", ANY),
    "comparable": Operand("type", COMPARABLE),
    "error": Operand("type", ERROR),
    "true": Operand("constant", BASICS["untyped bool"], value=True),
    "false": Operand("constant", BASICS["untyped bool"], value=False),
    "iota": Operand("constant", BASICS["untyped int"]),
    "nil": Operand("value", BASICS["untyped nil"]),
}


def unsafe_member(name: str) -> Operand:
    """Answers what `unsafe.name` means."""
    if name == "Pointer":
        return Operand("type", BASICS["unsafe.Pointer"])
    if name in _UNSAFE_BUILTINS:
        return Operand("builtin", name=f"unsafe.{name}")
    return NOTHING
