"""Resolves a type as written to the type it means.

Only arrays look at values (their length); that is left to the scope. What types refer to is
deferred, so that a type may mention itself and no package is read that no one asks about.
"""

from __future__ import annotations

from go_asm_lsp.golang.constants import represent
from go_asm_lsp.golang.literals import parse_literal
from go_asm_lsp.golang.memo import Deferred
from go_asm_lsp.golang.nodes import (
    ArrayType,
    Binary,
    ChannelType,
    FunctionType,
    Index,
    InterfaceType,
    MapType,
    Name,
    Node,
    ParameterGroup,
    Selector,
    SliceType,
    Star,
    StructType,
    Unary,
)
from go_asm_lsp.golang.scope import Scope
from go_asm_lsp.golang.types import (
    UNKNOWN,
    Array,
    Channel,
    Field,
    Interface,
    InterfaceMethod,
    Map,
    Pointer,
    Signature,
    Slice,
    Struct,
    Type,
    Union,
    Unknown,
    Variable,
)


def resolve_type(scope: Scope, node: Node) -> Type:
    """Answers the type a node means, `Unknown` when it cannot be told."""
    match node:
        case Name() | Selector() | Index():
            operand = scope.evaluate(node)
            return operand.type if operand.mode == "type" else Unknown(written(node))
        case Star(operand=element):
            return Pointer(deferred_type(scope, element))
        case SliceType(element=element):
            return Slice(deferred_type(scope, element))
        case ArrayType(length=length, element=element):
            count = None if length is None else array_length(scope, length)
            return Array(count, deferred_type(scope, element))
        case MapType(key=key, element=element):
            return Map(deferred_type(scope, key), deferred_type(scope, element))
        case ChannelType(direction=direction, element=element):
            return Channel(direction, deferred_type(scope, element))
        case StructType():
            return _struct(scope, node)
        case FunctionType():
            return signature(scope, node)
        case InterfaceType():
            return Interface(
                tuple(
                    InterfaceMethod(method.name.text, deferred_type(scope, method.type))
                    for method in node.methods
                ),
                tuple(deferred_type(scope, embedded) for embedded in node.embedded),
            )
        case Unary(operator="~") | Binary(operator="|"):
            return Union(tuple(_terms(scope, node)))
    return UNKNOWN


def deferred_type(scope: Scope, node: Node) -> Deferred[Type]:
    return Deferred(lambda: resolve_type(scope, node))


def signature(scope: Scope, node: FunctionType) -> Signature:
    groups = node.parameters
    return Signature(
        _variables(scope, groups),
        _variables(scope, node.results),
        is_variadic=bool(groups) and groups[-1].is_variadic,
    )


def parameter_type(scope: Scope, group: ParameterGroup) -> Type:
    """Answers the type of a group's parameters; a variadic one is a slice."""
    if group.is_variadic:
        return Slice(deferred_type(scope, group.type))
    return resolve_type(scope, group.type)


def array_length(scope: Scope, node: Node) -> int | None:
    operand = scope.evaluate(node)
    if operand.mode != "constant" or operand.value is None:
        return None
    length = represent(operand.value, "int", scope.word)
    return length if isinstance(length, int) and length >= 0 else None


def written(node: Node) -> str:
    """Spells a type name as in the source, for types that cannot be resolved."""
    match node:
        case Name(text=text):
            return text
        case Selector(operand=operand, name=name):
            return f"{written(operand)}.{name.text}"
        case Index(operand=operand, arguments=arguments):
            return f"{written(operand)}[{', '.join(map(written, arguments))}]"
        case Star(operand=operand):
            return "*" + written(operand)
    return "invalid type"


def _struct(scope: Scope, node: StructType) -> Struct:
    fields = []
    for group in node.fields:
        type_ = deferred_type(scope, group.type)
        tag = parse_literal("string", group.tag.text) if group.tag else b""
        fields += [
            Field(
                name=name.text,
                start=name.start,
                type=type_,
                tag=tag if isinstance(tag, bytes) else b"",
                is_embedded=group.is_embedded,
            )
            for name in group.names
        ]
    return Struct(tuple(fields), scope.path)


def _variables(scope: Scope, groups: tuple[ParameterGroup, ...]) -> tuple[Variable, ...]:
    variables = []
    for group in groups:
        type_ = _deferred_parameter(scope, group)
        names = [name.text for name in group.names] or [""]
        variables += [Variable(name, type_) for name in names]
    return tuple(variables)


def _deferred_parameter(scope: Scope, group: ParameterGroup) -> Deferred[Type]:
    return Deferred(lambda: parameter_type(scope, group))


def _terms(scope: Scope, node: Node) -> list[tuple[bool, Type]]:
    terms: list[tuple[bool, Type]] = []
    while isinstance(node, Binary):
        terms.insert(0, _term(scope, node.right))
        node = node.left
    return [_term(scope, node), *terms]


def _term(scope: Scope, node: Node) -> tuple[bool, Type]:
    if isinstance(node, Unary):
        return True, resolve_type(scope, node.operand)
    return False, resolve_type(scope, node)
