"""What a Go expression means: its constant value where it has one, else its type.

Constants are exact. Of other values only the type counts, as far as sizes, lengths and the
types of package variables need it; methods and inferred type arguments are left out. Whatever
does not type-check is unknown.
"""

from __future__ import annotations

from go_asm_lsp.golang import constants
from go_asm_lsp.golang.builtins import call_builtin
from go_asm_lsp.golang.constants import Value
from go_asm_lsp.golang.conversions import (
    convert,
    default_type,
    is_untyped,
    match_types,
    represented,
    value_of,
)
from go_asm_lsp.golang.fields import find_field
from go_asm_lsp.golang.literals import parse_literal
from go_asm_lsp.golang.nodes import (
    ArrayType,
    Assertion,
    Binary,
    Call,
    Composite,
    FunctionLiteral,
    Index,
    Literal,
    Name,
    Node,
    Selector,
    Slicing,
    Star,
    Unary,
)
from go_asm_lsp.golang.scope import NOTHING, Operand, Scope
from go_asm_lsp.golang.sizes import measure
from go_asm_lsp.golang.type_expressions import resolve_type, signature
from go_asm_lsp.golang.types import (
    BASICS,
    UNKNOWN,
    Array,
    Basic,
    Channel,
    Map,
    Pointer,
    Signature,
    Slice,
    Tuple,
    Type,
    known,
    underlying,
)


def evaluate(scope: Scope, node: Node) -> Operand:
    """Answers what an expression means in a scope."""
    match node:
        case Name(text=text):
            return scope.lookup(text)
        case Literal(kind=kind, text=text):
            value = parse_literal(kind, text)
            return NOTHING if value is None else Operand("constant", _LITERAL_TYPES[kind], value)
        case Selector():
            return _select(scope, node)
        case Index():
            return _index(scope, node)
        case Call():
            return _call(scope, node)
        case Binary():
            return _binary_chain(scope, node)
        case Unary(operator=operator, operand=operand):
            return _unary(scope, operator, evaluate(scope, operand))
        case Star(operand=operand):
            target = evaluate(scope, operand)
            if target.mode == "type":
                return Operand("type", Pointer(known(target.type)))
            pointer = underlying(target.type)
            return value_of(pointer.element.get()) if isinstance(pointer, Pointer) else NOTHING
        case Composite():
            return value_of(_composite_type(scope, node))
        case FunctionLiteral(type=type_):
            return value_of(signature(scope, type_))
        case Assertion(type=type_node):
            return value_of(resolve_type(scope, type_node))
        case Slicing(operand=operand):
            return _slicing(evaluate(scope, operand))
    return Operand("type", resolve_type(scope, node))


_LITERAL_TYPES = {
    "int": BASICS["untyped int"],
    "float": BASICS["untyped float"],
    "imaginary": BASICS["untyped complex"],
    "char": BASICS["untyped rune"],
    "string": BASICS["untyped string"],
}
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


def _select(scope: Scope, node: Selector) -> Operand:
    operand = evaluate(scope, node.operand)
    if operand.package is not None:
        return operand.package.member(node.name.text)
    if operand.mode not in ("value", "constant"):
        return NOTHING
    found = find_field(operand.type, node.name.text)
    return value_of(found[-1].type.get()) if found else NOTHING


def _index(scope: Scope, node: Index) -> Operand:
    operand = evaluate(scope, node.operand)
    if operand.generic is not None:
        arguments = tuple(resolve_type(scope, argument) for argument in node.arguments)
        return Operand("type", operand.generic.instantiate(arguments, scope.generation + 1))
    below = underlying(operand.type)
    if isinstance(below, Pointer):
        below = underlying(below.element.get())
    match below:
        case Array(element=element) | Slice(element=element) | Map(element=element):
            return value_of(element.get())
        case Basic() if below.is_string:
            return value_of(BASICS["byte"])
    return NOTHING


def _slicing(operand: Operand) -> Operand:
    below = underlying(operand.type)
    if isinstance(below, Pointer):
        below = underlying(below.element.get())
    match below:
        case Array(element=element):
            return value_of(Slice(element))
        case Basic() if below.is_string:
            return value_of(default_type(operand.type))
    return value_of(operand.type)


def _call(scope: Scope, node: Call) -> Operand:
    function = evaluate(scope, node.function)
    match function.mode:
        case "builtin":
            return call_builtin(scope, function.name, node.arguments)
        case "type":
            if len(node.arguments) != 1:
                return NOTHING
            return convert(scope, evaluate(scope, node.arguments[0]), function.type)
        case "value":
            below = underlying(function.type)
            if isinstance(below, Signature):
                types = tuple(result.type.get() for result in below.results)
                return value_of(types[0] if len(types) == 1 else Tuple(types))
    return NOTHING


def _composite_type(scope: Scope, node: Composite) -> Type:
    if node.type is None:
        return UNKNOWN
    type_ = resolve_type(scope, node.type)
    if isinstance(node.type, ArrayType) and node.type.length is None and isinstance(type_, Array):
        return Array(_element_count(scope, node), type_.element)
    return type_


def _element_count(scope: Scope, node: Composite) -> int | None:
    """Counts the elements of `[...]T{…}`: one more than the largest index."""
    index = count = 0
    for element in node.elements:
        if element.key is not None:
            key = evaluate(scope, element.key)
            at = constants.to_integer(key.value) if key.value is not None else None
            if at is None:
                return None
            index = at
        index += 1
        count = max(count, index)
    return count


def _unary(scope: Scope, operator: str, operand: Operand) -> Operand:
    if operator == "&":
        return value_of(Pointer(known(operand.type))) if operand.mode == "value" else NOTHING
    below = underlying(operand.type)
    if operator == "<-":
        return value_of(below.element.get()) if isinstance(below, Channel) else NOTHING
    if operand.mode != "constant" or operand.value is None or not isinstance(below, Basic):
        return operand if operand.mode == "value" else NOTHING
    value = _unary_value(operator, operand.value)
    if value is None:
        return NOTHING
    if operator == "^" and below.is_unsigned and isinstance(value, int):
        size = measure(below, scope.word)
        value &= (1 << 8 * size.size) - 1 if size else -1
    return represented(scope, Operand("constant", operand.type, value), operand.type)


def _unary_value(operator: str, value: Value) -> Value | None:
    match operator, value:
        case "!", bool():
            return not value
        case _, bool() | bytes():
            return None
        case "+", _:
            return value
        case "-", _:
            return constants.negate(value)
        case "^", int():
            return ~value
    return None


def _binary_chain(scope: Scope, node: Binary) -> Operand:
    # `a + b + c + …` leans left without end in generated code: walk it without recursion.
    spine = [node]
    while isinstance(spine[-1].left, Binary):
        spine.append(spine[-1].left)
    left = evaluate(scope, spine[-1].left)
    for step in reversed(spine):
        left = _binary(scope, step.operator, left, evaluate(scope, step.right))
    return left


def _binary(scope: Scope, operator: str, left: Operand, right: Operand) -> Operand:
    if operator in ("<<", ">>"):
        return _shift(scope, operator, left, right)
    if left.mode != "constant" or right.mode != "constant":
        return _non_constant(operator, left, right)
    matched = match_types(scope, (left, right))
    if matched is None:
        return NOTHING
    left, right = matched
    below = underlying(left.type)
    if left.value is None or right.value is None or not isinstance(below, Basic):
        return NOTHING
    if operator in _COMPARISONS:
        truth = constants.compare(operator, left.value, right.value)
        return NOTHING if truth is None else Operand("constant", BASICS["untyped bool"], truth)
    value = constants.binary(operator, left.value, right.value)
    if value is None:
        return NOTHING
    return represented(scope, Operand("constant", left.type, value), left.type)


def _non_constant(operator: str, left: Operand, right: Operand) -> Operand:
    if left.mode not in ("constant", "value") or right.mode not in ("constant", "value"):
        return NOTHING
    if operator in _COMPARISONS:
        return value_of(BASICS["bool"])
    return value_of(right.type if left.mode == "constant" and is_untyped(left.type) else left.type)


def _shift(scope: Scope, operator: str, left: Operand, right: Operand) -> Operand:
    if left.mode == "value":
        return left
    if left.mode != "constant" or right.mode != "constant":
        # The type of an untyped constant shifted by a variable depends on its surroundings.
        return NOTHING if is_untyped(left.type) else value_of(left.type)
    if left.value is None or right.value is None:
        return NOTHING
    whole = constants.to_integer(left.value)
    count = constants.to_integer(right.value)
    below = underlying(left.type)
    if whole is None or count is None or not isinstance(below, Basic):
        return NOTHING
    value = constants.shift(operator, whole, count)
    if value is None:
        return NOTHING
    type_ = left.type if below.is_integer else BASICS["untyped int"]
    return represented(scope, Operand("constant", type_, value), type_)
