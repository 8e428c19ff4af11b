"""Go types and expressions as written, before any name is resolved.

Types and expressions share one grammar in Go, so they share these nodes. Function bodies and
statements are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.text import Span


@dataclass(frozen=True, slots=True)
class Bad:
    """Text that is no type and no expression."""


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    start: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text.encode("utf-8", "surrogateescape")))


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, character or string; `kind` is its token's."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Selector:
    operand: Node
    name: Name


@dataclass(frozen=True, slots=True)
class Index:
    """`a[i]`, or an instantiation `T[A, B]`."""

    operand: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Slicing:
    operand: Node


@dataclass(frozen=True, slots=True)
class Assertion:
    """`x.(T)`."""

    operand: Node
    type: Node


@dataclass(frozen=True, slots=True)
class Call:
    function: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Star:
    """`*x`: a pointer type or a dereference."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Composite:
    """`T{…}`; `type` is None for an element whose type is elided."""

    type: Node | None
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Element:
    key: Node | None
    value: Node


@dataclass(frozen=True, slots=True)
class ArrayType:
    """`length` is None for `[...]T`."""

    length: Node | None
    element: Node


@dataclass(frozen=True, slots=True)
class SliceType:
    element: Node


@dataclass(frozen=True, slots=True)
class MapType:
    key: Node
    element: Node


@dataclass(frozen=True, slots=True)
class ChannelType:
    direction: str  # "chan", "chan<-" or "<-chan"
    element: Node


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields of one type; `is_embedded` ones have their type's name."""

    names: tuple[Name, ...]
    type: Node
    tag: Literal | None
    is_embedded: bool = False


@dataclass(frozen=True, slots=True)
class StructType:
    fields: tuple[FieldGroup, ...]


@dataclass(frozen=True, slots=True)
class ParameterGroup:
    """Parameters of one type; without names it is one parameter. `span` is the type's."""

    names: tuple[Name, ...]
    type: Node
    span: Span
    is_variadic: bool = False


@dataclass(frozen=True, slots=True)
class FunctionType:
    parameters: tuple[ParameterGroup, ...]
    results: tuple[ParameterGroup, ...]


@dataclass(frozen=True, slots=True)
class FunctionLiteral:
    type: FunctionType


@dataclass(frozen=True, slots=True)
class Method:
    name: Name
    type: FunctionType


@dataclass(frozen=True, slots=True)
class InterfaceType:
    methods: tuple[Method, ...]
    embedded: tuple[Node, ...]  # each a type, `~T`, or a Binary "|" of those


@dataclass(frozen=True, slots=True)
class TypeParameter:
    name: Name
    constraint: Node


@dataclass(frozen=True, slots=True)
class FunctionSpec:
    """What follows `func` and the receiver, up to the body."""

    name: Name
    type_parameters: tuple[TypeParameter, ...]
    type: FunctionType


@dataclass(frozen=True, slots=True)
class TypeSpec:
    name: Name
    type_parameters: tuple[TypeParameter, ...]
    is_alias: bool
    type: Node


@dataclass(frozen=True, slots=True)
class ValueSpec:
    """A const or var spec. `values` is empty where it has none."""

    names: tuple[Name, ...]
    type: Node | None
    values: tuple[Node, ...]


Node = (
    Bad
    | Name
    | Literal
    | Selector
    | Index
    | Slicing
    | Assertion
    | Call
    | Unary
    | Star
    | Binary
    | Composite
    | ArrayType
    | SliceType
    | MapType
    | ChannelType
    | StructType
    | FunctionType
    | FunctionLiteral
    | InterfaceType
)
