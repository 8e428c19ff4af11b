"""What the lines that begin with `#` do, as in cmd/asm's lexer (input.go)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from go_asm_lsp.preprocess.chunk import Condition, Included, Lookup
from go_asm_lsp.preprocess.definition import Defined, body_tokens, define, text_of
from go_asm_lsp.preprocess.readers import FileReader
from go_asm_lsp.preprocess.source_map import Home
from go_asm_lsp.preprocess.tokens import Token, position_after_mark

if TYPE_CHECKING:
    from go_asm_lsp.preprocess.expander import Expander

# Those that count in inactive text too.
_CONDITIONAL = (b"else", b"endif", b"ifdef", b"ifndef", b"line")
_ESCAPE = re.compile(
    r'\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))'
)
# Ours, against headers that include each other twice: cmd/asm has no such limit.
MAX_INCLUDES = 5_000
_SIMPLE_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def line_start(text: bytes, offset: int) -> int:
    """Answers where the blanks before `offset` begin."""
    while offset and text[offset - 1] in b" \t\r":
        offset -= 1
    return offset


def directive(expander: Expander, mark: Token, line: int) -> None:
    """Obeys a directive whose `#` has been read; its line begins at `line`."""
    if not expander.is_at_line_start:
        expander.report(mark, "'#' must be first item on line")
        return
    was_enabled = expander.is_enabled
    expander.is_at_line_start = _obey(expander, mark)
    expander.invocations = 0
    if was_enabled and not expander.is_enabled:
        expander.inactive_from = expander.main.position
    elif expander.is_enabled and not was_enabled:
        expander.end_inactive(line)
    expander.deliver_delayed()


def _obey(expander: Expander, mark: Token) -> bool:
    """Answers False for a directive that inactive text hides: its line is then read on."""
    word = expander.next()
    if word is None or word.name is None:
        _reject(expander, mark, word, "expected identifier after '#'")
        return True
    if not expander.is_enabled and word.text not in _CONDITIONAL:
        return False
    match word.text:
        case b"define":
            _define(expander, word)
        case b"undef":
            _undef(expander, word)
        case b"ifdef" | b"ifndef":
            _ifdef(expander, word)
        case b"else":
            _else(expander, word)
        case b"endif":
            _endif(expander, word)
        case b"include":
            _include(expander, word)
        case b"line":
            _line(expander, word)
        case b"if":
            _reject(expander, word, word, "unexpected token after '#': if")
            # Its #endif is not a second problem.
            _open(expander, word, is_enabled=expander.is_enabled)
        case _:
            _reject(expander, word, word, f"unexpected token after '#': {text_of(word.text)}")
    return True


def _reject(expander: Expander, before: Token, token: Token | None, message: str) -> None:
    """Reports a malformed directive and skips the rest of its line."""
    at = before if token is None or token.text == b"\n" else token
    expander.report(at, message)
    while token is not None and token.text != b"\n":
        token = expander.next()


def _macro_name(expander: Expander, word: Token) -> Token | None:
    name = expander.next()
    if name is not None and name.name is not None:
        return name
    _reject(expander, word, name, f"expected identifier after #{text_of(word.text)}")
    return None


def _expect_line_end(expander: Expander, word: Token) -> None:
    token = expander.next()
    if token is None or token.text != b"\n":
        _reject(expander, word, token, f"expected newline after #{text_of(word.text)}")


# Macros


def _define(expander: Expander, word: Token) -> None:
    name = _macro_name(expander, word)
    if name is None:
        return
    parameters: tuple[bytes, ...] | None = None
    token = expander.next()
    is_empty = token is None
    if token is not None and token.text == b"(" and not token.has_space:
        parameters = _parameters(expander, name)
        if parameters is None:
            return
        token = expander.next()
    body_start = name.end if token is None else token.start
    body: list[Token] = []
    while token is not None and token.text != b"\n":
        if token.text == b"\\":
            escaped = expander.next()
            if escaped is not None and escaped.text not in (b"\n", b"\\"):
                _report_definition(expander, name, token, "can only escape \\ or a line end in")
            token = escaped
        if token is not None:
            body.append(token)
            token = expander.next()
    if token is None and not is_empty:
        _report_definition(expander, name, name, "missing newline in")
    _install(expander, name, parameters, body, body_start)


def _report_definition(expander: Expander, name: Token, at: Token, message: str) -> None:
    expander.report(at, f"{message} definition for macro: {text_of(name.text)}")


def _parameters(expander: Expander, name: Token) -> tuple[bytes, ...] | None:
    parameters: list[bytes] = []
    wants_name = True
    while True:
        match expander.next():
            case Token(text=b")"):
                return tuple(parameters)
            case Token(text=b",") if not wants_name:
                wants_name = True
            case Token(name=bytes() as parameter) as token if wants_name:
                if parameter in parameters:
                    _report_definition(
                        expander, name, token, f"duplicate argument {text_of(parameter)} in"
                    )
                parameters.append(parameter)
                wants_name = False
            case token:
                message = f"bad definition for macro: {text_of(name.text)}"
                _reject(expander, name, token, message)
                return None


def _install(
    expander: Expander,
    name: Token,
    parameters: tuple[bytes, ...] | None,
    body: list[Token],
    body_start: int,
) -> None:
    assert name.name is not None
    if name.name in expander.macros:
        expander.report(name, f"redefinition of macro: {text_of(name.name)}")
    if body and body[0].home != name.home:
        body_start = name.end
    ordinal = expander.counts.get(name.name, 0)
    home: Home = (name.name, ordinal) if name.home is None else name.home
    distance = body_start if name.home is None else 0
    tokens = body_tokens(body, name.home, home, distance)
    text = _written(expander, body, body_start)
    path = name.home if isinstance(name.home, str) else expander.path
    definition = define(name.name, parameters, text, tokens, path, ordinal)
    expander.definitions.append(Defined(definition, name.home, name.start, body_start))
    expander.change(name.name, definition)


def _written(expander: Expander, body: list[Token], start: int) -> bytes:
    """Answers a body's text as written, or its tokens when it came out of a macro."""
    if not body:
        return b""
    file = expander.top_file()
    if all(token.home == file.home for token in body):
        return file.text[start : body[-1].end]
    return b" ".join(token.text for token in body)


def _undef(expander: Expander, word: Token) -> None:
    name = _macro_name(expander, word)
    if name is None or name.name is None:
        return
    definition = expander.macros.get(name.name)
    if definition is None:
        expander.report(name, f"#undef for undefined macro: {text_of(name.text)}")
    else:
        expander.note_use(definition, name)
        expander.change(name.name, None)
    _expect_line_end(expander, word)


# Conditions


def _ifdef(expander: Expander, word: Token) -> None:
    name = _macro_name(expander, word)
    is_defined = False
    if name is not None and name.name is not None:
        _expect_line_end(expander, word)
        definition = expander.macros.get(name.name)
        is_defined = definition is not None
        if definition is not None:
            expander.note_use(definition, name)
    holds = is_defined == (word.text == b"ifdef")
    _open(expander, word, is_enabled=expander.is_enabled and holds)


def _open(expander: Expander, word: Token, *, is_enabled: bool) -> None:
    expander.conditions.append(is_enabled)
    start, end, inner = expander.place(word)
    expander.opened.append(Condition(start, end, text_of(word.text), inner))


def _else(expander: Expander, word: Token) -> None:
    _expect_line_end(expander, word)
    conditions = expander.conditions
    if not conditions:
        expander.report(word, "unmatched #else")
    elif len(conditions) == 1 or conditions[-2]:
        conditions[-1] = not conditions[-1]


def _endif(expander: Expander, word: Token) -> None:
    _expect_line_end(expander, word)
    if not expander.conditions:
        expander.report(word, "unmatched #endif")
        return
    expander.conditions.pop()
    if expander.opened:
        expander.opened.pop()
    else:
        expander.inherited -= 1


# Files


def _include(expander: Expander, word: Token) -> None:
    token = expander.next()
    if token is None or not token.text.startswith(b'"'):
        _reject(expander, word, token, "expected string after #include")
        return
    written = unquoted(token.text)
    if written is None:
        _reject(expander, word, token, "the path after #include is not a valid string")
        return
    _expect_line_end(expander, word)
    found = expander.resolve(written, expander.path)
    expander.lookups.append(Lookup(written, found))
    if token.home is None:
        path = None if found is None else found[0]
        expander.includes.append(Included(token.start, token.end, written, path))
    if found is None:
        expander.report(token, f"#include: {written} was not found")
        return
    if len(expander.lookups) > MAX_INCLUDES:
        expander.report(token, "too many #include")
        return
    owner = expander.owner if token.home is not None else (token.start, token.end)
    path, text = found
    header = expander.headers(path, text)
    if header is not None and expander.add_header(header):
        return
    file = FileReader(text, path, position_after_mark(text), len(expander.conditions))
    expander.push(file, token, owner)


def _line(expander: Expander, word: Token) -> None:
    """Checks a #line; it would only change the lines that messages of the assembler name."""
    number = expander.next()
    if number is None or not number.text[:1].isdigit():
        _reject(expander, word, number, "expected line number after #line")
        return
    if not number.text.isdigit():
        expander.report(number, "the number after #line is not a decimal integer")
    name = expander.next()
    if name is None or not name.text.startswith(b'"'):
        _reject(expander, word, name, "expected file name in #line")
        return
    if unquoted(name.text) is None:
        expander.report(name, "the file name in #line is not a valid string")
    _expect_line_end(expander, word)


def unquoted(literal: bytes) -> str | None:
    """Answers the value of a Go string literal; None when it is malformed."""
    if len(literal) < 2 or not literal.endswith(b'"'):
        return None
    inner = text_of(literal[1:-1])
    if "\\" in _ESCAPE.sub("", inner):
        return None
    try:
        return _ESCAPE.sub(_unescaped, inner)
    except (ValueError, OverflowError):  # a code point that does not exist
        return None


def _unescaped(match: re.Match[str]) -> str:
    simple, *codes = match.groups()
    if simple is not None:
        return _SIMPLE_ESCAPES.get(simple, simple)
    hexadecimal, octal, short, long = codes
    if octal is not None:
        return chr(int(octal, 8))
    return chr(int(hexadecimal or short or long, 16))
