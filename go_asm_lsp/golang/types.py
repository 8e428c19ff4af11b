"""Go types, and what lies below aliases and defined types.

What a pointer, slice, map, channel, function or interface refers to is resolved only when
asked for: no size depends on it. Type checking is left out, a wrong program just has types
that are unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.golang.memo import Deferred, Memo


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """A type that cannot be told; `source` is how it was written, where that is known."""

    source: str = "invalid type"


@dataclass(frozen=True, slots=True, eq=False)
class Basic:
    """A predeclared type. `byte` has the name "byte" and the kind "uint8"."""

    name: str
    kind: str

    @property
    def is_untyped(self) -> bool:
        return self.kind.startswith("untyped ")

    @property
    def is_integer(self) -> bool:
        return self.kind in _INTEGERS

    @property
    def is_unsigned(self) -> bool:
        return self.kind.startswith("uint")

    @property
    def is_float(self) -> bool:
        return self.kind in ("float32", "float64", "untyped float")

    @property
    def is_complex(self) -> bool:
        return self.kind in ("complex64", "complex128", "untyped complex")

    @property
    def is_string(self) -> bool:
        return self.kind in ("string", "untyped string")


@dataclass(frozen=True, slots=True, eq=False)
class Pointer:
    element: Deferred[Type]


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    element: Deferred[Type]


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """`length` is None when it is not known."""

    length: int | None
    element: Deferred[Type]


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    key: Deferred[Type]
    element: Deferred[Type]


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    direction: str  # "chan", "chan<-" or "<-chan"
    element: Deferred[Type]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    name: str
    start: int  # of the name, in the declaring file
    type: Deferred[Type]
    tag: bytes
    is_embedded: bool


@dataclass(frozen=True, slots=True, eq=False)
class Struct:
    fields: tuple[Field, ...]
    path: str  # the file it is written in


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    name: str  # "" when unnamed
    type: Deferred[Type]


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    parameters: tuple[Variable, ...]
    results: tuple[Variable, ...]
    is_variadic: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Tuple:
    """The results of a call with none or several."""

    types: tuple[Type, ...]


@dataclass(frozen=True, slots=True, eq=False)
class InterfaceMethod:
    name: str
    signature: Deferred[Type]


@dataclass(frozen=True, slots=True, eq=False)
class Interface:
    methods: tuple[InterfaceMethod, ...]
    embedded: tuple[Deferred[Type], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Union:
    """The terms of a constraint; a lone `~T` is a union too."""

    terms: tuple[tuple[bool, Type], ...]  # whether there is a tilde, and the type


@dataclass(frozen=True, slots=True, eq=False)
class TypeParameter:
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A defined type, or an instance of a generic one.

    `package` is its import path, "" for predeclared types. `generation` counts how many
    instances were made to make this one, so that infinite expansion ends. Sizes and the like
    are remembered in `memo`, its package's.
    """

    package: str
    name: str
    arguments: tuple[Type, ...]
    declared: Deferred[Type]
    memo: Memo
    generation: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Alias:
    package: str
    name: str
    arguments: tuple[Type, ...]
    actual: Deferred[Type]
    memo: Memo


Type = (
    Unknown
    | Basic
    | Pointer
    | Slice
    | Array
    | Map
    | Channel
    | Struct
    | Signature
    | Tuple
    | Interface
    | Union
    | TypeParameter
    | Named
    | Alias
)

UNKNOWN: Type = Unknown()

_INTEGERS = frozenset(
    (
        *("int", "int8", "int16", "int32", "int64"),
        *("uint", "uint8", "uint16", "uint32", "uint64", "uintptr"),
        *("untyped int", "untyped rune"),
    )
)


def known(value: Type) -> Deferred[Type]:
    """Wraps a type that is known already."""
    return Deferred(lambda: value)


def unalias(type_: Type) -> Type:
    """Follows aliases to the type they stand for."""
    steps = 0
    while isinstance(type_, Alias):
        alias = type_
        type_ = alias.memo.get(("alias", alias), alias.actual.get, UNKNOWN)
        steps += 1
        if steps > _LONGEST_CHAIN:
            return UNKNOWN
    return type_


def underlying(type_: Type) -> Type:
    """Follows aliases and defined types to the type literal or predeclared type below."""
    steps = 0
    while isinstance(type_, Alias | Named):
        if isinstance(type_, Alias):
            type_ = unalias(type_)
        else:
            named = type_
            type_ = named.memo.get(("declared", named), named.declared.get, UNKNOWN)
        steps += 1
        if steps > _LONGEST_CHAIN:
            return UNKNOWN
    return type_


# Definitions that lead to each other in a circle have no end; no program has a longer chain.
_LONGEST_CHAIN = 10_000


def is_empty_interface(interface: Interface) -> bool | None:
    """Tells whether an interface asks nothing of a type; None when that is unknown."""
    is_known = True
    seen: set[int] = set()
    pending = [interface]
    while pending:
        interface = pending.pop()
        if interface.methods:
            return False
        for embedded in interface.embedded:
            inner = unalias(embedded.get())
            # comparable has no methods, yet not every type implements it.
            if inner is COMPARABLE or isinstance(inner, Union):
                return False
            below = underlying(inner)
            if not isinstance(below, Interface):
                is_known = False
            elif id(below) not in seen:
                seen.add(id(below))
                pending.append(below)
    return True if is_known else None


_BASIC_KINDS = (
    *("bool", "string", "int", "int8", "int16", "int32", "int64"),
    *("uint", "uint8", "uint16", "uint32", "uint64", "uintptr"),
    *("float32", "float64", "complex64", "complex128"),
    *("untyped bool", "untyped int", "untyped rune", "untyped float", "untyped complex"),
    *("untyped string", "untyped nil", "unsafe.Pointer"),
)
BASICS = {
    **{kind: Basic(kind, kind) for kind in _BASIC_KINDS},
    "byte": Basic("byte", "uint8"),
    "rune": Basic("rune", "int32"),
}
EMPTY_INTERFACE = Interface((), ())
_UNIVERSE = Memo()
_ERROR = Interface(
    (InterfaceMethod("Error", known(Signature((), (Variable("", known(BASICS["string"])),)))),),
    (),
)
ANY = Alias("", "any", (), known(EMPTY_INTERFACE), _UNIVERSE)
ERROR = Named("", "error", (), known(_ERROR), _UNIVERSE)
COMPARABLE = Named("", "comparable", (), known(EMPTY_INTERFACE), _UNIVERSE)
