"""Reads a `#define`, as macroDefinition in cmd/asm's lexer does (input.go)."""

from __future__ import annotations

from go_asm_lsp.preprocess.definition import Defined, body_tokens, define, text_of
from go_asm_lsp.preprocess.expansion import Expansion
from go_asm_lsp.preprocess.source_map import Home
from go_asm_lsp.preprocess.tokens import Token


def define_macro(expansion: Expansion, name: Token) -> None:
    """Reads what follows `#define NAME` and installs the macro."""
    parameters: tuple[bytes, ...] | None = None
    token = expansion.next()
    is_empty = token is None
    if token is not None and token.text == b"(" and not token.has_space:
        parameters = _parameters(expansion, name)
        if parameters is None:
            return
        token = expansion.next()
    body_start = name.end if token is None else token.start
    body: list[Token] = []
    while token is not None and token.text != b"\n":
        if token.text == b"\\":
            escaped = expansion.next()
            if escaped is not None and escaped.text not in (b"\n", b"\\"):
                _report_definition(expansion, name, token, "can only escape \\ or a line end in")
            token = escaped
        if token is not None:
            body.append(token)
            token = expansion.next()
    if token is None and not is_empty:
        _report_definition(expansion, name, name, "missing newline in")
    _install(expansion, name, parameters, body, body_start)


def _report_definition(expansion: Expansion, name: Token, at: Token, message: str) -> None:
    expansion.report(at, f"{message} definition for macro: {text_of(name.text)}")


def _parameters(expansion: Expansion, name: Token) -> tuple[bytes, ...] | None:
    parameters: list[bytes] = []
    wants_name = True
    while True:
        match expansion.next():
            case Token(text=b")"):
                return tuple(parameters)
            case Token(text=b",") if not wants_name:
                wants_name = True
            case Token(name=bytes() as parameter) as token if wants_name:
                if parameter in parameters:
                    _report_definition(
                        expansion, name, token, f"duplicate argument {text_of(parameter)} in"
                    )
                parameters.append(parameter)
                wants_name = False
            case token:
                message = f"bad definition for macro: {text_of(name.text)}"
                expansion.reject(name, token, message)
                return None


def _install(
    expansion: Expansion,
    name: Token,
    parameters: tuple[bytes, ...] | None,
    body: list[Token],
    body_start: int,
) -> None:
    assert name.name is not None
    if name.name in expansion.macros:
        expansion.report(name, f"redefinition of macro: {text_of(name.name)}")
    if body and body[0].home != name.home:
        body_start = name.end
    ordinal = expansion.counts.get(name.name, 0)
    home: Home = (name.name, ordinal) if name.home is None else name.home
    distance = body_start if name.home is None else 0
    tokens = body_tokens(body, name.home, home, distance)
    text = _written(expansion, body, body_start)
    path = name.home if isinstance(name.home, str) else expansion.path
    definition = define(name.name, parameters, text, tokens, path, ordinal)
    expansion.definitions.append(Defined(definition, name.home, name.start, body_start))
    expansion.change(name.name, definition)


def _written(expansion: Expansion, body: list[Token], start: int) -> bytes:
    """Answers a body's text as written, or its tokens when it came out of a macro."""
    if not body:
        return b""
    file = expansion.top_file()
    if all(token.home == file.home for token in body):
        return file.text[start : body[-1].end]
    return b" ".join(token.text for token in body)
