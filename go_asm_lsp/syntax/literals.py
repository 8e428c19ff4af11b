"""The values of integer, character and string literals, or what is wrong with them.

The assembler splits them off with text/scanner, which is lenient, and reads them with
strconv, which is not; a literal counts as right here when both take it.
"""

from __future__ import annotations

import re

MAX_UNSIGNED = (1 << 64) - 1

_BASES = {"x": (16, "hexadecimal"), "o": (8, "octal"), "b": (2, "binary")}
_UNESCAPED = re.compile(
    r"\\(?:([abfnrtv\\'\"])|([0-7]{3})|x([0-9a-fA-F]{2})"
    r"|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|([^\\])"
)
_ESCAPES = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}


def read_integer(written: str) -> int | str:
    """Answers the unsigned value of an integer literal, or a message for the user."""
    base, name = 10, "decimal"
    digits = written
    if written[0] == "0" and len(written) > 1:
        base, name = 8, "octal"
        digits = written[1:]
        if written[1].lower() in _BASES:
            base, name = _BASES[written[1].lower()]
            digits = written[2:]
    if not digits.strip("_"):
        return f"{name} literal has no digits"
    for digit in digits.replace("_", ""):
        if int(digit, 16) >= base:
            return f"invalid digit '{digit}' in {name} literal"
    if "__" in written or written.endswith("_"):
        return "'_' must separate successive digits"
    significant = digits.replace("_", "").lstrip("0")
    # Python refuses to read decimal numbers of thousands of digits.
    value = int(significant or "0", base) if len(significant) <= 64 else MAX_UNSIGNED + 1
    if value > MAX_UNSIGNED:
        return f"{written[:40]} does not fit in 64 bits"
    return value


def read_character(written: str) -> int | str:
    """Answers the code point of a character literal, or a message for the user."""
    content = written[1:-1]
    match = _UNESCAPED.fullmatch(content)
    if match is None:
        whole = re.fullmatch(f"(?:{_UNESCAPED.pattern})*", content)
        return "a character constant holds exactly one character" if whole else _BAD_ESCAPE
    if match[1] == '"':
        return _BAD_ESCAPE
    value = _code_point(match)
    if value is None:
        return _BAD_ESCAPE
    if value > 0x7F and (match[2] or match[3]):
        # strconv makes one byte of it, which is then no UTF-8.
        return "illegal UTF-8 encoding for character constant"
    return value


def check_string(written: str) -> str | None:
    """Answers what is wrong with a string literal for the user; None when nothing is."""
    content = written[1:-1]
    offset = 0
    while offset < len(content):
        match = _UNESCAPED.match(content, offset)
        if match is None or match[1] == "'" or _code_point(match) is None:
            return _BAD_ESCAPE
        offset = match.end()
    return None


_BAD_ESCAPE = "invalid escape sequence"


def _code_point(match: re.Match[str]) -> int | None:
    escape, octal, byte, short, long, plain = match.groups()
    if plain is not None:
        return ord(plain)
    if escape is not None:
        return _ESCAPES.get(escape, ord(escape))
    if octal is not None:
        value = int(octal, 8)
        return value if value <= 0xFF else None
    if byte is not None:
        return int(byte, 16)
    value = int(short or long, 16)
    if value > 0x10FFFF or 0xD800 <= value <= 0xDFFF:
        return None
    return value
