"""The values of Go's literals: numbers in every base, characters and strings."""

from __future__ import annotations

import re
from fractions import Fraction

from go_asm_lsp.golang.constants import Complex, Value, bounded, rune_string, trimmed


def parse_literal(kind: str, text: str) -> Value | None:
    """Reads a literal of token kind "int", "float", "imaginary", "char" or "string"."""
    match kind:
        case "string":
            return _parse_string(text)
        case "char":
            return _parse_char(text)
    if len(text) > _MAX_LITERAL:
        return None
    text = text.replace("_", "").lower()
    if kind == "int":
        return bounded(_parse_int(text))
    if kind == "imaginary":
        text = text[:-1]
        # For compatibility a leading zero of an imaginary literal does not mean octal.
        number = Fraction(int(text)) if text.isdigit() else _parse_number(text)
        return None if number is None else Complex(Fraction(0), number)
    return _parse_number(text)


# No one writes longer ones, and they must not cost memory.
_MAX_LITERAL = 2_000
_MAX_EXPONENT = 20_000


def _parse_int(text: str) -> int | None:
    try:
        if len(text) > 1 and text[0] == "0" and text[1].isdigit():
            return int(text, 8)
        return int(text, 0)
    except ValueError:
        return None


def _parse_number(text: str) -> Fraction | None:
    """Reads a real literal of any base, without underscores and in lower case."""
    if text.startswith("0x"):
        match = re.fullmatch(r"0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?[0-9]+))?", text)
        base, exponent_base = 16, 2
    elif text[:2] in ("0b", "0o"):
        whole = _parse_int(text)
        return None if whole is None else Fraction(whole)
    else:
        match = re.fullmatch(r"([0-9]*)\.?([0-9]*)(?:e([+-]?[0-9]+))?", text)
        base = exponent_base = 10
    if match is None or not match[1] + match[2]:
        return None
    exponent = int(match[3] or 0)
    if abs(exponent) > _MAX_EXPONENT:
        return None
    mantissa = Fraction(int(match[1] + match[2], base), base ** len(match[2]))
    return trimmed(mantissa * Fraction(exponent_base) ** exponent)


_ESCAPE = re.compile(
    rb"\\(?:([abfnrtv\\'\"])|([0-7]{3})|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))"
)
_SIMPLE_ESCAPES = {
    b"a": b"\a",
    b"b": b"\b",
    b"f": b"\f",
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"v": b"\v",
    b"\\": b"\\",
    b"'": b"'",
    b'"': b'"',
}


def _unescape(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return _SIMPLE_ESCAPES[match[1]]
    if match[2]:
        return bytes([int(match[2], 8) & 0xFF])
    if match[3]:
        return bytes([int(match[3], 16)])
    return rune_string(int(match[4] or match[5], 16))


def _parse_string(text: str) -> bytes:
    source = text.encode("utf-8", "surrogateescape")
    if source[:1] == b"`":
        return source[1:-1].replace(b"\r", b"")
    return _ESCAPE.sub(_unescape, source[1:-1])


def _parse_char(text: str) -> int | None:
    inner = text[1:-1].encode("utf-8", "surrogateescape")
    match = _ESCAPE.fullmatch(inner)
    if match is None:
        try:
            return ord(inner.decode())
        except (UnicodeDecodeError, TypeError):
            return None
    if match[2] or match[3]:
        return _unescape(match)[0]
    if match[4] or match[5]:
        return int(match[4] or match[5], 16)
    return _unescape(match)[0]
