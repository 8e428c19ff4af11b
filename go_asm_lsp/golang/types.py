"""Go types, and how they are spelled in the toolchain's messages.

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
    def is_numeric(self) -> bool:
        return self.is_integer or self.is_float or self.is_complex

    @property
    def is_string(self) -> bool:
        return self.kind in ("string", "untyped string")

    @property
    def is_boolean(self) -> bool:
        return self.kind in ("bool", "untyped bool")


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


def type_string(type_: Type) -> str:
    """Spells a type as go/types does, package paths included."""
    match type_:
        case Unknown(source=source):
            return source
        case Basic(name=name) | TypeParameter(name=name):
            return name
        case Pointer(element=element):
            return "*" + type_string(element.get())
        case Slice(element=element):
            return "[]" + type_string(element.get())
        case Array(length=length, element=element):
            return f"[{'?' if length is None else length}]{type_string(element.get())}"
        case Map(key=key, element=element):
            return f"map[{type_string(key.get())}]{type_string(element.get())}"
        case Channel():
            return _channel_string(type_)
        case Struct(fields=fields):
            return "struct{" + "; ".join(map(_field_string, fields)) + "}"
        case Signature():
            return "func" + _signature_string(type_)
        case Tuple(types=types):
            return "(" + ", ".join(map(type_string, types)) + ")"
        case Interface():
            return _interface_string(type_)
        case Union(terms=terms):
            return " | ".join("~" * has_tilde + type_string(term) for has_tilde, term in terms)
        case Named() | Alias():
            return _named_string(type_)


def _channel_string(channel: Channel) -> str:
    element = channel.element.get()
    text = type_string(element)
    # Without the parentheses `chan (<-chan T)` would read as `chan<- chan T`.
    if channel.direction == "chan" and isinstance(element, Channel):
        text = f"({text})" if element.direction == "<-chan" else text
    return f"{channel.direction} {text}"


def _field_string(field: Field) -> str:
    text = type_string(field.type.get())
    if not field.is_embedded:
        text = f"{field.name} {text}"
    return f"{text} {quote(field.tag)}" if field.tag else text


def _signature_string(signature: Signature) -> str:
    text = _variables_string(signature.parameters, is_variadic=signature.is_variadic)
    results = signature.results
    if not results:
        return text
    if len(results) == 1 and not results[0].name:
        return f"{text} {type_string(results[0].type.get())}"
    return f"{text} {_variables_string(results)}"


def _variables_string(variables: tuple[Variable, ...], *, is_variadic: bool = False) -> str:
    texts = []
    for index, variable in enumerate(variables):
        type_ = variable.type.get()
        text = type_string(type_)
        if is_variadic and index == len(variables) - 1 and isinstance(type_, Slice):
            text = "..." + type_string(type_.element.get())
        texts.append(f"{variable.name} {text}" if variable.name else text)
    return "(" + ", ".join(texts) + ")"


def _interface_string(interface: Interface) -> str:
    texts = []
    # go/types sorts methods, exported ones first.
    ordered = sorted(interface.methods, key=lambda m: (not m.name[:1].isupper(), m.name))
    for method in ordered:
        signature = method.signature.get()
        if isinstance(signature, Signature):
            texts.append(method.name + _signature_string(signature))
    texts += [type_string(embedded.get()) for embedded in interface.embedded]
    return "interface{" + "; ".join(texts) + "}"


def _named_string(named: Named | Alias) -> str:
    text = f"{named.package}.{named.name}" if named.package else named.name
    if named.arguments:
        text += "[" + ", ".join(map(type_string, named.arguments)) + "]"
    return text


def quote(text: bytes) -> str:
    """Writes a string literal as Go's strconv.Quote does."""
    quoted = []
    for char in text.decode("utf-8", "surrogateescape"):
        if char in _ESCAPES:
            quoted.append(_ESCAPES[char])
        elif "\udc80" <= char <= "\udcff":
            quoted.append(f"\\x{ord(char) - 0xDC00:02x}")
        elif char == " " or (char.isprintable() and not char.isspace()):
            quoted.append(char)
        elif char < "\x80":
            quoted.append(f"\\x{ord(char):02x}")
        else:
            quoted.append(f"\\u{ord(char):04x}" if char <= "\uffff" else f"\\U{ord(char):08x}")
    return '"' + "".join(quoted) + '"'


_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}

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
