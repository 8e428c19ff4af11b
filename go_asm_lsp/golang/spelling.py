"""How the toolchain's messages spell types and strings."""

from __future__ import annotations

from go_asm_lsp.golang.types import (
    Alias,
    Array,
    Basic,
    Channel,
    Field,
    Interface,
    Map,
    Named,
    Pointer,
    Signature,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParameter,
    Union,
    Unknown,
    Variable,
)


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


def exact_string(value: bool | bytes | int) -> str:
    """Spells a value as go/constant's ExactString does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return quote(value)
    return str(value)


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
