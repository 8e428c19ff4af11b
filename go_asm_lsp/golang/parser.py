"""Parses the text of one Go declaration, as source.py cut it out.

Total: text that does not parse yields a spec whose type or values are `Bad`, or None when not
even the name is there. Function bodies are stepped over.
"""

from __future__ import annotations

from go_asm_lsp.golang.nodes import (
    ArrayType,
    Assertion,
    Bad,
    Binary,
    Call,
    ChannelType,
    Composite,
    Element,
    FieldGroup,
    FunctionLiteral,
    FunctionSpec,
    FunctionType,
    Index,
    InterfaceType,
    Literal,
    MapType,
    Method,
    Name,
    Node,
    ParameterGroup,
    Selector,
    SliceType,
    Slicing,
    Star,
    StructType,
    TypeParameter,
    TypeSpec,
    Unary,
    ValueSpec,
)
from go_asm_lsp.golang.tokens import Token, tokenize
from go_asm_lsp.text import Span


def parse_function(source: bytes, span: Span) -> FunctionSpec | None:
    """Parses `name[T any](parameters) results`."""
    try:
        return _Parser(source, span).function_spec()
    except _SyntaxError:
        return None


def parse_type_spec(source: bytes, span: Span) -> TypeSpec | None:
    """Parses `T struct{…}`, `T = U` or `T[P any] []P`."""
    parser = _Parser(source, span)
    try:
        return parser.type_spec()
    except _SyntaxError:
        name = parser.tokens[0]
        if name.kind != "name":
            return None
        return TypeSpec(Name(name.text, name.start), (), False, Bad())


def parse_value_spec(source: bytes, span: Span) -> ValueSpec | None:
    """Parses `a, b T = 1, 2` of a const or var declaration."""
    try:
        return _Parser(source, span).value_spec()
    except _SyntaxError:
        return None


class _SyntaxError(Exception):
    """Stops the parser; never leaves this module."""


# Python's stack is what bounds nesting. Go code nests a few levels; what nests deeper is no
# declaration anyone wrote, and counts as wrong.
_MAX_NESTING = 60

_PRECEDENCE = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 3),
    **dict.fromkeys(("+", "-", "|", "^"), 4),
    **dict.fromkeys(("*", "/", "%", "<<", ">>", "&", "&^"), 5),
}
_LITERALS = ("int", "float", "imaginary", "char", "string")
_TYPE_WORDS = ("[", "struct", "func", "interface", "map", "chan")
_TYPE_STARTS = ("name", "*", "(", "<-", *_TYPE_WORDS)


class _Parser:
    """A position in the tokens of one declaration."""

    __slots__ = ("depth", "index", "tokens")

    def __init__(self, source: bytes, span: Span) -> None:
        self.tokens = tokenize(source, span)
        self.index = 0
        self.depth = 0

    # Declarations

    def function_spec(self) -> FunctionSpec:
        name = self._name()
        parameters: tuple[TypeParameter, ...] = ()
        if self._peek() == "[":
            parameters = self._type_parameters()
        spec = FunctionSpec(name, parameters, self._signature())
        self._finish()
        return spec

    def type_spec(self) -> TypeSpec:
        name = self._name()
        parameters: tuple[TypeParameter, ...] = ()
        if self._peek() == "[" and self._peek(1) == "name" and self._is_type_parameter_list():
            parameters = self._type_parameters()
        is_alias = self._take("=")
        spec = TypeSpec(name, parameters, is_alias, self._type())
        self._finish()
        return spec

    def value_spec(self) -> ValueSpec:
        names = [self._name()]
        while self._take(","):
            names.append(self._name())
        written: Node | None = None
        if self._peek() not in ("=", "end", ";"):
            written = self._type()
        values: list[Node] = []
        if self._take("="):
            values.append(self._expression())
            while self._take(","):
                values.append(self._expression())
        self._finish()
        return ValueSpec(tuple(names), written, tuple(values))

    def _is_type_parameter_list(self) -> bool:
        # `T [N * M]int` and `T [f(x)]int` are arrays; anything else that begins with two
        # operands in a row cannot be a length.
        match self._peek(2):
            case "*" | "(":
                before = self.index
                self.index += 1
                try:
                    self._expression()
                    is_length = self._peek() == "]"
                except _SyntaxError:
                    is_length = False
                self.index = before
                return not is_length
            case following:
                return following in ("name", ",", "~", *_TYPE_WORDS, "<-")

    def _type_parameters(self) -> tuple[TypeParameter, ...]:
        self._expect("[")
        parameters: list[TypeParameter] = []
        while not self._take("]"):
            names = [self._name()]
            while self._take(","):
                names.append(self._name())
            constraint = self._constraint()
            parameters += [TypeParameter(name, constraint) for name in names]
            if self._peek() != "]":
                self._expect(",")
        return tuple(parameters)

    # Types

    def _type(self) -> Node:
        self._descend()
        token = self._next()
        match token.kind:
            case "name":
                node: Node = Name(token.text, token.start)
                if self._take("."):
                    node = Selector(node, self._name())
                if self._peek() == "[" and self._peek(1) != "]":
                    node = Index(node, self._type_arguments())
            case "*":
                node = Star(self._type())
            case "(":
                node = self._type()
                self._expect(")")
            case _:
                node = self._composed_type(token)
        self.depth -= 1
        return node

    def _composed_type(self, token: Token) -> Node:
        match token.kind:
            case "[":
                if self._take("]"):
                    return SliceType(self._type())
                length = None if self._take("...") else self._expression()
                self._expect("]")
                return ArrayType(length, self._type())
            case "struct":
                return self._struct()
            case "interface":
                return self._interface()
            case "func":
                return self._signature()
            case "map":
                self._expect("[")
                key = self._type()
                self._expect("]")
                return MapType(key, self._type())
            case "chan":
                direction = "chan<-" if self._take("<-") else "chan"
                return ChannelType(direction, self._type())
            case "<-":
                self._expect("chan")
                return ChannelType("<-chan", self._type())
        raise _SyntaxError

    def _type_arguments(self) -> tuple[Node, ...]:
        self._expect("[")
        arguments = [self._type()]
        while self._take(","):
            if self._peek() == "]":
                break
            arguments.append(self._type())
        self._expect("]")
        return tuple(arguments)

    def _struct(self) -> StructType:
        self._expect("{")
        fields: list[FieldGroup] = []
        while not self._take("}"):
            fields.append(self._field())
            if self._peek() != "}":
                self._expect(";")
        return StructType(tuple(fields))

    def _field(self) -> FieldGroup:
        if self._peek() == "name" and not self._is_embedded():
            names = [self._name()]
            while self._take(","):
                names.append(self._name())
            return FieldGroup(tuple(names), self._type(), self._tag())
        written = self._type()
        name = _embedded_name(written)
        if name is None:
            raise _SyntaxError
        return FieldGroup((name,), written, self._tag(), is_embedded=True)

    def _is_embedded(self) -> bool:
        if self._peek(1) == "[":
            return not self._is_name_before_bracket()
        return self._peek(1) in (".", ";", "}", "string")

    def _is_name_before_bracket(self) -> bool:
        """Tells `a [5]int` and `a []int` (a name, a type) from `T[int]` (a type)."""
        if self._peek(2) in ("]", "..."):
            return True
        before = self.index
        self.index += 2
        try:
            self._expression()
            is_array = self._take("]") and self._peek() in _TYPE_STARTS
        except _SyntaxError:
            is_array = False
        self.index = before
        return is_array

    def _tag(self) -> Literal | None:
        if self._peek() != "string":
            return None
        return Literal("string", self._next().text)

    def _interface(self) -> InterfaceType:
        self._expect("{")
        methods: list[Method] = []
        embedded: list[Node] = []
        while not self._take("}"):
            if self._peek() == "name" and self._peek(1) == "(":
                name = self._name()
                methods.append(Method(name, self._signature()))
            else:
                embedded.append(self._constraint())
            if self._peek() != "}":
                self._expect(";")
        return InterfaceType(tuple(methods), tuple(embedded))

    def _constraint(self) -> Node:
        node = self._term()
        while self._take("|"):
            node = Binary("|", node, self._term())
        return node

    def _term(self) -> Node:
        if self._take("~"):
            return Unary("~", self._type())
        return self._type()

    def _signature(self) -> FunctionType:
        parameters = self._parameters()
        if self._peek() == "(":
            return FunctionType(parameters, self._parameters())
        if self._peek() in _TYPE_STARTS:
            start = self._here().start
            result = self._type()
            return FunctionType(
                parameters, (ParameterGroup((), result, Span(start, self._last_end())),)
            )
        return FunctionType(parameters, ())

    def _parameters(self) -> tuple[ParameterGroup, ...]:
        self._expect("(")
        # Names before the first type are not told from types until a typed entry follows.
        groups: list[ParameterGroup] = []
        lone: list[Name] = []
        is_named = False
        while not self._take(")"):
            name, group = self._parameter()
            if name and group:
                is_named = True
                names = (*lone, name)
                groups.append(ParameterGroup(names, group.type, group.span, group.is_variadic))
                lone = []
            elif name:
                lone.append(name)
            elif group:
                groups += [ParameterGroup((), each, each.span) for each in lone]
                lone = []
                groups.append(group)
            if self._peek() != ")":
                self._expect(",")
        if is_named and (lone or not all(group.names for group in groups)):
            raise _SyntaxError
        return (*groups, *(ParameterGroup((), each, each.span) for each in lone))

    def _parameter(self) -> tuple[Name | None, ParameterGroup | None]:
        name: Name | None = None
        if self._peek() == "name":
            following = self._peek(1)
            if following in (",", ")"):
                return self._name(), None
            if following == "[":
                if self._is_name_before_bracket():
                    name = self._name()
            elif following != ".":
                name = self._name()
        is_variadic = self._take("...")
        start = self._here().start
        written = self._type()
        group = ParameterGroup((), written, Span(start, self._last_end()), is_variadic)
        return name, group

    # Expressions

    def _expression(self, precedence: int = 1) -> Node:
        left = self._unary()
        while (found := _PRECEDENCE.get(self._peek(), 0)) >= precedence:
            operator = self._next().kind
            left = Binary(operator, left, self._expression(found + 1))
        return left

    def _unary(self) -> Node:
        self._descend()
        kind = self._peek()
        if kind == "*":
            self.index += 1
            node: Node = Star(self._unary())
        elif kind == "<-" and self._peek(1) == "chan":
            node = self._type()
        elif kind in ("+", "-", "!", "^", "&", "<-", "~"):
            self.index += 1
            node = Unary(kind, self._unary())
        else:
            node = self._primary()
        self.depth -= 1
        return node

    def _primary(self) -> Node:
        node = self._operand()
        while True:
            match self._peek():
                case ".":
                    self.index += 1
                    if self._take("("):
                        if not self._take("type"):
                            node = Assertion(node, self._type())
                        self._expect(")")
                    else:
                        node = Selector(node, self._name())
                case "[":
                    node = self._index(node)
                case "(":
                    node = Call(node, self._arguments())
                case "{" if isinstance(
                    node, Name | Selector | Index | ArrayType | SliceType | MapType | StructType
                ):
                    node = Composite(node, self._elements())
                case _:
                    return node

    def _operand(self) -> Node:
        kind = self._peek()
        if kind in _LITERALS:
            return Literal(kind, self._next().text)
        if kind == "name":
            return self._name()
        if kind == "(":
            self.index += 1
            node = self._expression()
            self._expect(")")
            return node
        if kind == "func":
            self.index += 1
            signature = self._signature()
            if self._peek() != "{":
                return signature
            self._skip_body()
            return FunctionLiteral(signature)
        return self._type()

    def _index(self, operand: Node) -> Node:
        self._expect("[")
        arguments: list[Node] = []
        is_slicing = False
        while not self._take("]"):
            if self._take(":"):
                is_slicing = True
                continue
            arguments.append(self._expression())
            if self._peek() not in ("]", ":"):
                self._expect(",")
        return Slicing(operand) if is_slicing else Index(operand, tuple(arguments))

    def _arguments(self) -> tuple[Node, ...]:
        self._expect("(")
        arguments: list[Node] = []
        while not self._take(")"):
            arguments.append(self._expression())
            self._take("...")
            if self._peek() != ")":
                self._expect(",")
        return tuple(arguments)

    def _elements(self) -> tuple[Element, ...]:
        self._expect("{")
        elements: list[Element] = []
        while not self._take("}"):
            value = self._element()
            key: Node | None = None
            if self._take(":"):
                key, value = value, self._element()
            elements.append(Element(key, value))
            if self._peek() != "}":
                self._expect(",")
        return tuple(elements)

    def _element(self) -> Node:
        if self._peek() != "{":
            return self._expression()
        self._descend()
        node = Composite(None, self._elements())
        self.depth -= 1
        return node

    def _skip_body(self) -> None:
        depth = 0
        while True:
            match self._next().kind:
                case "{":
                    depth += 1
                case "}":
                    depth -= 1
                    if not depth:
                        return
                case "end":
                    raise _SyntaxError

    # Tokens

    def _here(self) -> Token:
        return self.tokens[self.index]

    def _last_end(self) -> int:
        return self.tokens[self.index - 1].end

    def _peek(self, ahead: int = 0) -> str:
        index = self.index + ahead
        return self.tokens[index].kind if index < len(self.tokens) else "end"

    def _next(self) -> Token:
        token = self.tokens[self.index]
        if token.kind != "end":
            self.index += 1
        return token

    def _take(self, kind: str) -> bool:
        if self.tokens[self.index].kind != kind:
            return False
        self.index += 1
        return True

    def _expect(self, kind: str) -> None:
        if not self._take(kind):
            raise _SyntaxError

    def _name(self) -> Name:
        token = self.tokens[self.index]
        if token.kind != "name":
            raise _SyntaxError
        self.index += 1
        return Name(token.text, token.start)

    def _descend(self) -> None:
        self.depth += 1
        if self.depth > _MAX_NESTING:
            raise _SyntaxError

    def _finish(self) -> None:
        while self._take(";"):
            pass
        if self._peek() != "end":
            raise _SyntaxError


def _embedded_name(node: Node) -> Name | None:
    match node:
        case Name():
            return node
        case Selector(name=name):
            return name
        case Star(operand=operand) | Index(operand=operand):
            return _embedded_name(operand)
    return None
