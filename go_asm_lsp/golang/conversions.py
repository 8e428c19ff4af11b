"""How constants get types: by assignment, by conversion, and by meeting in one operation."""

from __future__ import annotations

from go_asm_lsp.golang import constants
from go_asm_lsp.golang.scope import NOTHING, Operand, Scope
from go_asm_lsp.golang.types import BASICS, UNKNOWN, Basic, Type, unalias, underlying


def convert(scope: Scope, operand: Operand, type_: Type) -> Operand:
    """Converts an operand to a type, as `T(x)` does."""
    below = underlying(type_)
    if operand.mode == "constant" and operand.value is not None and isinstance(below, Basic):
        value = operand.value
        if below.is_string and isinstance(value, int) and not isinstance(value, bool):
            return Operand("constant", type_, constants.rune_string(value))
        return represented(scope, operand, type_)
    return value_of(type_)


def represented(scope: Scope, operand: Operand, type_: Type) -> Operand:
    """Gives an untyped constant a type; nothing if the type cannot hold it."""
    below = underlying(type_)
    if operand.mode != "constant" or operand.value is None:
        return value_of(type_) if operand.mode == "value" else NOTHING
    if not isinstance(below, Basic):
        return value_of(type_)
    value = constants.represent(operand.value, below.kind, scope.word)
    return NOTHING if value is None else Operand("constant", type_, value)


def match_types(scope: Scope, operands: tuple[Operand, ...]) -> tuple[Operand, ...] | None:
    """Brings the constant operands of one operation to one type."""
    typed = [operand.type for operand in operands if not is_untyped(operand.type)]
    if typed:
        type_ = typed[0]
        if not all(is_same_type(type_, other) for other in typed[1:]):
            return None
    else:
        kinds = {operand.type.kind for operand in operands if isinstance(operand.type, Basic)}
        if kinds <= set(_RANKS):
            type_ = BASICS[max(kinds, key=_RANKS.index)]
        elif len(kinds) == 1:
            type_ = BASICS[kinds.pop()]
        else:
            return None
    matched = tuple(represented(scope, operand, type_) for operand in operands)
    return matched if all(operand.mode == "constant" for operand in matched) else None


def assigned(scope: Scope, operand: Operand, type_: Type) -> Operand:
    """Gives a declared constant its declared type, which a typed value must have already."""
    if not is_untyped(operand.type) and not is_same_type(operand.type, type_):
        return NOTHING
    return represented(scope, operand, type_)


def is_same_type(left: Type, right: Type) -> bool:
    """Tells whether two types of constants are identical."""
    left, right = unalias(left), unalias(right)
    if isinstance(left, Basic) and isinstance(right, Basic):
        return left.kind == right.kind
    return left is right


def value_of(type_: Type) -> Operand:
    """Answers a value of a type that is no constant."""
    return NOTHING if type_ is UNKNOWN else Operand("value", type_)


def is_untyped(type_: Type) -> bool:
    return isinstance(type_, Basic) and type_.is_untyped


def default_type(type_: Type) -> Type:
    """Answers the type a variable gets that is declared with an untyped constant."""
    if isinstance(type_, Basic) and type_.is_untyped:
        return _DEFAULTS.get(type_.kind, UNKNOWN)
    return type_


_DEFAULTS = {
    "untyped bool": BASICS["bool"],
    "untyped int": BASICS["int"],
    "untyped rune": BASICS["rune"],
    "untyped float": BASICS["float64"],
    "untyped complex": BASICS["complex128"],
    "untyped string": BASICS["string"],
}
_RANKS = ("untyped int", "untyped rune", "untyped float", "untyped complex")
