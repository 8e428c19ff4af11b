"""What Go's predeclared functions and those of package unsafe answer.

Only what may be constant, or has a type that a declaration can rest on.
"""

from __future__ import annotations

from go_asm_lsp.golang import constants
from go_asm_lsp.golang.conversions import (
    default_type,
    is_same_type,
    is_untyped,
    match_types,
    represented,
    value_of,
)
from go_asm_lsp.golang.fields import find_field
from go_asm_lsp.golang.nodes import (
    Assertion,
    Binary,
    Call,
    Composite,
    Index,
    Node,
    Selector,
    Slicing,
    Star,
    Unary,
)
from go_asm_lsp.golang.scope import NOTHING, Operand, Scope, integer_constant
from go_asm_lsp.golang.sizes import measure
from go_asm_lsp.golang.types import (
    BASICS,
    Array,
    Basic,
    Field,
    Pointer,
    Slice,
    Type,
    known,
    underlying,
)


def call_builtin(scope: Scope, name: str, arguments: tuple[Node, ...]) -> Operand:
    """Evaluates a call of a predeclared function; those of unsafe are named "unsafe.Sizeof"."""
    if not arguments:
        return NOTHING
    match name:
        case "unsafe.Offsetof":
            return _offset(scope, arguments[0])
        case "len" | "cap":
            return _length(scope, arguments[0], is_len=name == "len")
        case "new":
            operand = scope.evaluate(arguments[0])
            return value_of(Pointer(known(default_type(operand.type))))
        case "make":
            return value_of(scope.evaluate(arguments[0]).type)
    operands = tuple(scope.evaluate(argument) for argument in arguments)
    if any(operand.mode not in ("constant", "value") for operand in operands):
        return NOTHING
    match name:
        case "unsafe.Sizeof" | "unsafe.Alignof":
            size = measure(default_type(operands[0].type), scope.word)
            if size is None:
                return NOTHING
            return integer_constant(size.size if name == "unsafe.Sizeof" else size.align, "uintptr")
        case "min" | "max":
            return _extreme(scope, name, operands)
        case "real" | "imag":
            return _part(scope, name, operands[0])
        case "complex":
            return _complex(scope, operands)
        case "copy":
            return value_of(BASICS["int"])
        case "append":
            return value_of(operands[0].type)
    return _unsafe_value(name, operands[0])


_FLOAT_OF = {
    "complex64": BASICS["float32"],
    "complex128": BASICS["float64"],
    "untyped complex": BASICS["untyped float"],
}
_COMPLEX_OF = {
    "float32": BASICS["complex64"],
    "float64": BASICS["complex128"],
    "untyped float": BASICS["untyped complex"],
}


def _offset(scope: Scope, node: Node) -> Operand:
    if not isinstance(node, Selector):
        return NOTHING
    owner = scope.evaluate(node.operand)
    if owner.mode != "value":
        return NOTHING
    path = find_field(owner.type, node.name.text)
    if path is None:
        return NOTHING
    below = underlying(owner.type)
    type_: Type = below.element.get() if isinstance(below, Pointer) else owner.type
    offset = 0
    for field in path:
        at = _field_offset(scope, type_, field)
        if at is None:
            return NOTHING
        offset += at
        type_ = field.type.get()
    return integer_constant(offset, "uintptr")


def _field_offset(scope: Scope, type_: Type, field: Field) -> int | None:
    struct = underlying(type_)
    size = measure(type_, scope.word)
    # An embedded pointer on the way is an error in Go, and no struct here.
    if size is None or not hasattr(struct, "fields"):
        return None
    return size.offsets[struct.fields.index(field)]


def _length(scope: Scope, node: Node, *, is_len: bool) -> Operand:
    operand = scope.evaluate(node)
    below = underlying(operand.type)
    if isinstance(below, Basic) and below.is_string:
        if operand.mode == "constant" and isinstance(operand.value, bytes) and is_len:
            return integer_constant(len(operand.value), "int")
        return value_of(BASICS["int"])
    if operand.mode != "value":
        return NOTHING
    if isinstance(below, Pointer):
        below = underlying(below.element.get())
    if isinstance(below, Array) and not _calls_or_receives(scope, node):
        return NOTHING if below.length is None else integer_constant(below.length, "int")
    return value_of(BASICS["int"])


def _calls_or_receives(scope: Scope, node: Node) -> bool:
    """Tells whether evaluating an array needs a call or a receive, so its length is no constant."""
    match node:
        case Call(function=function, arguments=arguments):
            if scope.evaluate(function).mode == "type":
                return _calls_or_receives(scope, arguments[0]) if arguments else False
            return scope.evaluate(node).mode != "constant"
        case Unary(operator=operator, operand=operand):
            return operator == "<-" or _calls_or_receives(scope, operand)
        case Binary(left=left, right=right):
            return _calls_or_receives(scope, left) or _calls_or_receives(scope, right)
        case Index(operand=operand, arguments=arguments):
            return any(_calls_or_receives(scope, part) for part in (operand, *arguments))
        case (
            Selector(operand=operand)
            | Star(operand=operand)
            | Slicing(operand=operand)
            | Assertion(operand=operand)
        ):
            return _calls_or_receives(scope, operand)
        case Composite(elements=elements):
            return any(_calls_or_receives(scope, element.value) for element in elements)
    return False


def _extreme(scope: Scope, name: str, operands: tuple[Operand, ...]) -> Operand:
    if any(operand.mode == "value" for operand in operands):
        typed = [operand.type for operand in operands if not is_untyped(operand.type)]
        return value_of(typed[0]) if typed else NOTHING
    matched = match_types(scope, operands)
    if matched is None:
        return NOTHING
    best = matched[0]
    for operand in matched[1:]:
        if operand.value is None or best.value is None:
            return NOTHING
        is_better = constants.compare("<" if name == "min" else ">", operand.value, best.value)
        if is_better is None:
            return NOTHING
        best = operand if is_better else best
    return best


def _part(scope: Scope, name: str, operand: Operand) -> Operand:
    below = underlying(operand.type)
    if not isinstance(below, Basic):
        return NOTHING
    kind = below.kind if below.is_complex else "untyped complex"
    type_ = _FLOAT_OF[kind]
    if operand.mode != "constant" or operand.value is None:
        return value_of(type_)
    part = constants.real_part if name == "real" else constants.imaginary_part
    value = part(operand.value)
    return NOTHING if value is None else Operand("constant", type_, value)


def _complex(scope: Scope, operands: tuple[Operand, ...]) -> Operand:
    if len(operands) != 2:
        return NOTHING
    typed = [operand.type for operand in operands if not is_untyped(operand.type)]
    type_ = typed[0] if typed else BASICS["untyped float"]
    if not all(is_same_type(type_, other) for other in typed[1:]):
        return NOTHING
    below = underlying(type_)
    if not isinstance(below, Basic) or below.kind not in _COMPLEX_OF:
        return NOTHING
    result = _COMPLEX_OF[below.kind]
    real, imaginary = (represented(scope, operand, type_) for operand in operands)
    if real.mode == imaginary.mode == "constant":
        if real.value is None or imaginary.value is None:
            return NOTHING
        parts = (constants.real_part(real.value), constants.real_part(imaginary.value))
        if parts[0] is None or parts[1] is None:
            return NOTHING
        return Operand("constant", result, constants.Complex(parts[0], parts[1]))
    return value_of(result)


def _unsafe_value(name: str, operand: Operand) -> Operand:
    below = underlying(operand.type)
    match name:
        case "unsafe.Add":
            return value_of(BASICS["unsafe.Pointer"])
        case "unsafe.String":
            return value_of(BASICS["string"])
        case "unsafe.StringData":
            return value_of(Pointer(known(BASICS["byte"])))
        case "unsafe.Slice" if isinstance(below, Pointer):
            return value_of(Slice(below.element))
        case "unsafe.SliceData" if isinstance(below, Slice):
            return value_of(Pointer(below.element))
    return NOTHING
