"""Values of the string literals that directives have."""

from __future__ import annotations

import re

from go_asm_lsp.preprocess.definition import text_of

_ESCAPE = re.compile(
    r'\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))'
)
_SIMPLE_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


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
