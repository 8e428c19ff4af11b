"""The tokens of a line the grammar cannot take, and what is wrong with an operand's.

Tokens are the leaves of the broken tree. What each means is decided by its text alone: in
an error tree-sitter may have taken a name for a keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tree_sitter import Node

from go_asm_lsp.syntax.literals import read_integer
from go_asm_lsp.syntax.nodes import SyntaxProblem
from go_asm_lsp.text import Span

_BLANKS = b" \t\r\n"
# An unclosed string or character constant reaches to the end of its line.
_SKIPPED = re.compile(
    rb"[\"'][^\n]*|[A-Za-z0-9_\x80-\xff]+|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+|[^ \t\r\n]"
)
# What a broken line holds beyond this is left unread.
_MOST_TOKENS = 50_000
_LONGEST_QUOTED = 40
_OPERATORS = frozenset(["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "->", "@>"])
_SIGNS = frozenset("+-~")
_CLOSERS = {"(": ")", "[": "]"}
_PUNCTUATION = (
    frozenset(["(", ")", "[", "]", "<", ">", ",", ":", ";", "$", ".", "~", "#"]) | _OPERATORS
)


class Token(NamedTuple):
    start: int
    end: int
    written: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_comment(self) -> bool:
        return self.written.startswith(("//", "/*"))

    @property
    def is_word(self) -> bool:
        return self.written[0].isalpha() or self.written[0] in "_·∕"

    @property
    def is_number(self) -> bool:
        return self.written[0].isdecimal() or (self.written[0] == "." and len(self.written) > 1)

    @property
    def is_literal(self) -> bool:
        """Tells whether this is a whole string or character constant."""
        return self.written[0] in "\"'" and self.written[0] == self.written[1:][-1:]


def leaves(nodes: Iterable[Node], text: bytes) -> Iterator[Token]:
    """Lists the tokens below some nodes in order, comments included."""
    stack = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        if node.child_count and not node.is_extra:
            stack.extend(node.children[::-1])
            continue
        if node.is_error:
            # What tree-sitter skipped, with the blanks before it.
            for match in _SKIPPED.finditer(text[node.start_byte : node.end_byte]):
                yield _token(node.start_byte + match.start(), match[0])
        elif written := text[node.start_byte : node.end_byte].strip(_BLANKS):
            yield _token(node.start_byte, written)


def _token(start: int, written: bytes) -> Token:
    return Token(start, start + len(written), written.decode("utf-8", "replace"))


def split_lines(tokens: Iterable[Token], text: bytes) -> Iterator[list[Token]]:
    """Groups tokens by line, comments left out. A line end in a comment ends no line."""
    line: list[Token] = []
    end = None
    for token in tokens:
        if end is not None and b"\n" in text[end : token.start] and line:
            yield line
            line = []
        end = token.end
        if not token.is_comment and len(line) < _MOST_TOKENS:
            line.append(token)
    if line:
        yield line


def problem_of_operand(tokens: Sequence[Token]) -> SyntaxProblem:
    """Says what first keeps some tokens from being an operand."""
    openers: list[Token] = []
    wants_value = True
    before: Token | None = None
    for index, token in enumerate(tokens):
        message = _problem_of_token(token)
        if before is not None and before.written + token.written == "<>":
            wants_value = False
        if message is None and wants_value:
            message = _unfit_value(token, is_first=index == 0)
        elif message is None:
            message = _unfit_follower(token, before, openers)
        if message is not None:
            return SyntaxProblem(token.span, message)
        if token.written in _CLOSERS:
            openers.append(token)
            wants_value = True
        elif token.written in (")", "]"):
            openers.pop()
            wants_value = False
        else:
            wants_value = not (token.is_word or token.is_number or token.is_literal) and (
                token.written != ">"
            )
        before = token
    if openers:
        opener = openers[-1]
        return SyntaxProblem(opener.span, f"`{opener.written}` is not closed")
    if wants_value and before is not None:
        return SyntaxProblem(before.span, f"a value must follow {describe(before)}")
    return SyntaxProblem(Span(tokens[0].start, tokens[-1].end), "this is not an operand")


def _problem_of_token(token: Token) -> str | None:
    if token.written[0] in "\"'" and not token.is_literal:
        kind = "string" if token.written[0] == '"' else "character constant"
        return f"this {kind} is not closed"
    if token.is_number and token.written.isalnum() and "." not in token.written:
        return _number_problem(token.written)
    if token.is_word or token.is_number or token.is_literal or token.written in _PUNCTUATION:
        return None
    if token.written[0] == "\\":
        return "a `\\` continues a line only inside a #define"
    return f"unexpected {describe(token)}"


def _number_problem(written: str) -> str | None:
    if written[1:2].lower() not in "xob" and not written.isdecimal():
        return None  # a float with an exponent
    value = read_integer(written) if _is_integer(written) else 0
    return value if isinstance(value, str) else None


def _is_integer(written: str) -> bool:
    digits = written[2:] if written[1:2].lower() in ("x", "o", "b") else written
    return all(digit in "0123456789abcdefABCDEF" for digit in digits)


def _unfit_value(token: Token, *, is_first: bool) -> str | None:
    if token.is_word or token.is_number or token.is_literal or token.written in _SIGNS:
        return None
    if token.written in _CLOSERS or (is_first and token.written in ("$", "*")):
        return None
    if token.written == "$":
        return "`$` may only begin an operand"
    return f"expected a value before {describe(token)}"


def _unfit_follower(token: Token, before: Token | None, openers: Sequence[Token]) -> str | None:
    written = token.written
    if written in _OPERATORS or written in ("(", "[", ".", ">"):
        return None
    if written == "<" and before is not None and before.is_word:
        return None
    if written in (")", "]"):
        if openers and _CLOSERS[openers[-1].written] == written:
            return None
        return f"`{written}` closes nothing"
    if written == "," and openers:
        return None
    if written == "#":
        return "`#` must be the first item on its line"
    after = "" if before is None else f" after {describe(before)}"
    return f"expected the end of the operand{after}, found {describe(token)}"


def describe(token: Token) -> str:
    """Names a token in a message; what cannot be seen gets its number."""
    if token.written.isprintable():
        is_long = len(token.written) > _LONGEST_QUOTED
        return f"`{token.written[:_LONGEST_QUOTED]}…`" if is_long else f"`{token.written}`"
    return f"character U+{ord(token.written[0]):04X}"
