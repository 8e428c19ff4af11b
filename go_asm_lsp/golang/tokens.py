"""The tokens of a stretch of Go source, with the semicolons the language inserts."""

from __future__ import annotations

import re
from typing import NamedTuple

from go_asm_lsp.text import Span


class Token(NamedTuple):
    """A token and its place in bytes.

    `kind` is "name", "int", "float", "imaginary", "char", "string", "end" of the stretch, or
    "wrong"; for keywords and operators the word itself, and ";" also for an inserted semicolon.
    """

    kind: str
    text: str
    start: int
    end: int


def tokenize(source: bytes, span: Span) -> list[Token]:
    """Reads all tokens of `span`; the last one is always of kind "end"."""
    tokens: list[Token] = []
    may_end = False  # whether a line end here becomes a semicolon
    for match in _TOKEN.finditer(source, span.start, span.end):
        kind = match.lastgroup or "wrong"
        if kind == "blank":
            continue
        if kind == "comment":
            if not may_end or b"\n" not in match[0]:
                continue
            kind = "newline"
        if kind == "newline":
            if may_end:
                tokens.append(Token(";", "\n", match.start(), match.end()))
                may_end = False
            continue
        text = match[0].decode("utf-8", "surrogateescape")
        if kind == "number":
            kind = _number_kind(text)
        elif kind == "operator" or (kind == "name" and text in _KEYWORDS):
            kind = text
        may_end = kind in _ENDING
        tokens.append(Token(kind, text, match.start(), match.end()))
    tokens.append(Token("end", "", span.end, span.end))
    return tokens


_TOKEN = re.compile(
    rb"(?P<blank>[ \t\r]+)"
    rb"|(?P<newline>\n)"
    rb"|(?P<comment>//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)"
    rb"|(?P<name>[A-Za-z_\x80-\xff][A-Za-z_0-9\x80-\xff]*)"
    rb"|(?P<number>0[xX][0-9A-Fa-f_]*(?:\.[0-9A-Fa-f_]*)?(?:[pP][+-]?[0-9_]*)?i?"
    rb"|(?:[0-9][0-9_a-dA-DoO]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]*)?i?)"
    rb"|(?P<char>'(?:[^'\\\n]|\\.)[^'\n]*')"
    rb"|(?P<string>\"(?:[^\"\\\n]|\\.)*\"|`[^`]*`)"
    rb"|(?P<operator>\.\.\.|<<=|>>=|&\^=|&\^|<<|>>|<-|&&|\|\||\+\+|--|[=!<>:+\-*/%&|^]="
    rb"|[+\-*/%&|^~!=<>()\[\]{}.,;:])"
    # An unclosed quote takes the rest of its line, an unclosed comment or raw string all.
    rb"|(?P<wrong>[\"'][^\n]*|(?:`|/\*).*|.)",
    re.S,
)
_WORDS = """
    break case chan const continue default defer else fallthrough for func go goto if import
    interface map package range return select struct switch type var
"""
_KEYWORDS = frozenset(_WORDS.split())
_LITERALS = ("int", "float", "imaginary", "char", "string")
_ENDING = frozenset(
    ("name", *_LITERALS, "break", "continue", "fallthrough", "return", "++", "--", ")", "]", "}")
)


def _number_kind(text: str) -> str:
    if text.endswith("i"):
        return "imaginary"
    if text[:2] in ("0x", "0X"):
        return "float" if any(char in ".pP" for char in text) else "int"
    if text[:2] in ("0b", "0B", "0o", "0O"):
        return "int"
    return "float" if any(char in ".eE" for char in text) else "int"
