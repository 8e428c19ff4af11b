"""Reads included files that only define macros, once for all files that include them.

go_asm.h has thousands of definitions and is included by every file of a package.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from go_asm_lsp.preprocess.definition import Defined, Definition, body_tokens, define
from go_asm_lsp.preprocess.model import Macro
from go_asm_lsp.preprocess.source_map import MacroKey
from go_asm_lsp.preprocess.tokens import Token, next_token

_LINE = re.compile(rb"#define[ \t]+([A-Za-z_][A-Za-z0-9_]*)(?=[ \t\r\n])|(//[^\n]*|[ \t\r]*)\n")
# The lines of go_asm.h, nearly all.
_NUMBER_LINE = re.compile(rb"#define ([A-Za-z_][A-Za-z0-9_]*) ([0-9]+)\n")


class Header:
    """The definitions of a file that has nothing else; compared by identity."""

    def __init__(self, path: str, defined: list[Defined]) -> None:
        self.macros: Mapping[bytes, Definition] = {d.definition.name: d.definition for d in defined}
        self.counts: Mapping[bytes, int] = dict.fromkeys(self.macros, 1)
        self._path = path
        self._defined = defined

    @cached_property
    def by_key(self) -> Mapping[MacroKey, Macro]:
        return {d.definition.key: d.macro(self._path, 0) for d in self._defined}


def read_header(path: str, text: bytes) -> Header | None:
    """Reads a header; None when it has other lines than definitions or defines a name twice."""
    defined: list[Defined] = []
    offset = 0
    while offset < len(text):
        number = _NUMBER_LINE.match(text, offset)
        if number is not None:
            start, end = number.span(2)
            token = Token(number[2], None, start, end, -1, True, path)
            defined.append(_defined(path, number, number[2], (token,), start))
            offset = number.end()
            continue
        line = _LINE.match(text, offset)
        if line is None:
            return None
        if line[1] is None:
            offset = line.end()
            continue
        body = _body(path, text, line.end())
        if body is None:
            return None
        start = body[0].start
        tokens = body_tokens(body[:-1], path, path, 0)
        written = text[start : tokens[-1].end] if tokens else b""
        defined.append(_defined(path, line, written, tokens, start))
        offset = body[-1].end
    header = Header(path, defined)
    return header if len(header.macros) == len(defined) else None


def _defined(
    path: str, line: re.Match[bytes], body: bytes, tokens: tuple[Token, ...], start: int
) -> Defined:
    return Defined(define(line[1], None, body, tokens, path), path, line.start(1), start)


def _body(path: str, text: bytes, offset: int) -> list[Token] | None:
    """Reads the tokens of a line, its end included; None when it goes on in the next one."""
    tokens: list[Token] = []
    while True:
        token = next_token(text, offset, path)
        if token is None or token.text == b"\\" or b"\n" in text[offset : token.start]:
            return None
        if token.text != b"\n" and token.text.endswith(b"\n"):
            return None
        tokens.append(token)
        if token.text == b"\n":
            return tokens
        offset = token.end
