"""Tokens of an assembly text as the preprocessor sees them: words, line ends and the rest.

Follows text/scanner as cmd/asm sets it up. Operators and numbers are only told apart as
far as expansion needs it; what they mean is the parser's question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from go_asm_lsp.preprocess.source_map import Home

# The scanner takes the line end of an unterminated string or character into the literal.
_STRING = rb'"[^"\\\n]*(?:\\[^\n]?[^"\\\n]*)*["\n]?'
_CHARACTER = rb"'[^'\\\n]*(?:\\[^\n]?[^'\\\n]*)*['\n]?"
_BLOCK_COMMENT = rb"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?"
_NUMBER = (
    rb"(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?"
    rb"|(?:0[bBoO][0-9_]*|[0-9][0-9_]*)(?:\.[0-9_]*)?"
    rb"|\.[0-9][0-9_]*)(?:[eEpP][+-]?[0-9_]*)?"
)
# `//go:build` is a token of its own in cmd/asm (go/build/constraint.IsGoBuild).
_BUILD_COMMENT = rb"//go:build(?![^\s])[^\n]*"
# Any byte above 0x7f is taken into a word here; `split_word` decides exactly.
_WORD = rb"[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*"

# Blanks and comments, then one token. Groups: 1 word, 2 any other token.
TOKEN = re.compile(
    rb"(?:[ \t\r]+|//(?!go:build(?![^\s]))[^\n]*|" + _BLOCK_COMMENT + rb")*"
    rb"(?:(" + _WORD + rb")|("
    rb"<<|>>|->|@>|" + _BUILD_COMMENT + rb"|" + _STRING + rb"|" + _CHARACTER + rb"|"
    rb"" + _NUMBER + rb"|[\x00-\xff]))?"
)

# A run without words or `#`, then one of them or, in a very long run, nothing.
# Groups: PLAIN_WORD, OTHER_WORD with bytes outside ASCII, 3 `#`.
PLAIN_WORD = 1
OTHER_WORD = 2
RUN = re.compile(
    rb"(?:[^A-Za-z_\x80-\xff#\"'/0-9.]+|" + _NUMBER + rb"|//[^\n]*|" + _BLOCK_COMMENT + rb"|"
    rb"" + _STRING + rb"|" + _CHARACTER + rb"|[/.]){0,999}"
    rb"(?:([A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_\x80-\xff]))|(" + _WORD + rb")|(\#))?"
)

_COMMENT_OR_LITERAL = re.compile(
    rb"//[^\n]*|" + _BLOCK_COMMENT + rb"|(" + _STRING + rb"|" + _CHARACTER + rb")"
)
_TEXT = re.compile(
    rb"(" + _BLOCK_COMMENT + rb")|//[^\n]*|" + _STRING + rb"|" + _CHARACTER + rb"|"
    rb"(?<![A-Za-z0-9_\x80-\xff])(TEXT)(?![A-Za-z0-9_\x80-\xff])"
)
_HEADER = re.compile(rb"(?:[ \t\r\n]+|//[^\n]*|" + _BLOCK_COMMENT + rb")*")
_DIRECTIVES = re.compile(rb"(?:[ \t]*#(?:[^\n]*\\[ \t\r]*\n)*[^\n]*\n)*")
_IS_BUILD_COMMENT = re.compile(_BUILD_COMMENT)
_LEADING_TEXT = re.compile(rb"[ \t]*TEXT(?![A-Za-z0-9_\x80-\xff])")


class Token(NamedTuple):
    """One token and where it was written.

    `name` is what macro names are compared with; only identifiers have one. `home` is None
    for text of the analysed file outside definitions. `after` is the end of the token that
    stands before it in the same text, -1 for the first of an argument or body.
    """

    text: bytes
    name: bytes | None
    start: int
    end: int
    after: int
    has_space: bool  # blanks or a comment before it
    home: Home | None = None


def is_identifier_character(char: str, *, is_first: bool) -> bool:
    if char.isalpha() or char in "_·∕":
        return True
    return char.isdecimal() and not is_first


def is_identifier(word: bytes) -> bool:
    """Tells at once that a word is one identifier; False when `split_word` must look."""
    return normalised(word).isascii()


def split_word(word: bytes) -> list[tuple[bytes, bool]]:
    """Splits a run of letters, digits and other non-ASCII bytes into identifiers and the rest."""
    parts: list[tuple[bytes, bool]] = []
    current = ""
    for char in word.decode("utf-8", "surrogateescape"):
        if is_identifier_character(char, is_first=not current):
            current += char
            continue
        if current:
            parts.append((_encode(current), True))
            current = ""
        parts.append((_encode(char), False))
    if current:
        parts.append((_encode(current), True))
    return parts


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def next_token(text: bytes, offset: int, home: Home | None = None) -> Token | None:
    """Reads the token after `offset`; None at the end of the text."""
    match = TOKEN.match(text, offset)
    if match is None or match.lastindex is None:
        return None
    start = match.start(match.lastindex)
    found = match[match.lastindex]
    name = None
    if match.lastindex == 1:
        name = found
        if not found.isascii():
            found, is_identifier = split_word(found)[0]
            name = found if is_identifier else None
    return Token(found, name, start, start + len(found), offset, start > offset, home)


def tokens(text: bytes, home: Home | None = None) -> Iterator[Token]:
    """Reads all tokens of a text."""
    offset = 0
    while (token := next_token(text, offset, home)) is not None:
        yield token
        offset = token.end


def position_after_mark(text: bytes) -> int:
    """Answers where a file's text begins, a byte order mark left out."""
    return 3 if text.startswith(b"\xef\xbb\xbf") else 0


def is_only_comments(text: bytes) -> bool:
    """Tells whether nothing but comments, blanks and line ends is in a text."""
    return not _without_comments(text).strip()


def is_line_start(run: bytes, before: bool) -> bool:
    """Tells whether the place after a run of text is the start of a line, blanks aside.

    `before` says it of the place in front of the run.
    """
    if not run:
        return before
    if b"/" in run or b'"' in run or b"'" in run:
        run = _without_comments(run)
    line = run.rstrip(b" \t\r")
    return line.endswith(b"\n") or (before and not line)


def ends_in_comment(run: bytes) -> bool:
    """Tells whether a text's last token is a block comment without an end."""
    if b"/*" not in run:
        return False
    last = b""
    for match in _COMMENT_OR_LITERAL.finditer(run):
        last = match[0]
        end = match.end()
    unclosed = last.startswith(b"/*") and (len(last) < 4 or not last.endswith(b"*/"))
    return unclosed and end == len(run)


def _without_comments(text: bytes) -> bytes:
    return _COMMENT_OR_LITERAL.sub(lambda match: b"x" if match.lastindex else b" ", text)


def normalised(name: bytes) -> bytes:
    """Answers a name as cmd/asm keeps it in bodies and arguments, `·` and `∕` replaced."""
    if name.isascii():
        return name
    return name.replace(b"\xc2\xb7", b".").replace(b"\xe2\x88\x95", b"/")


_WORD_BYTES = frozenset(
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_" + bytes(range(128, 256))
)
_DIGITS = frozenset(b"0123456789")
_OPERATORS = frozenset((b"->", b"<<", b">>", b"@>", b"//", b"/*"))
_NUMBER_AT_END = re.compile(rb"(?<![A-Za-z0-9_\x80-\xff])[0-9][A-Za-z0-9_]*\Z")


def would_merge(before: bytes, after: bytes) -> bool:
    """Tells whether two texts need a blank between them to keep their tokens apart."""
    last = before[-1]
    first = after[0]
    if last in _WORD_BYTES:
        if first == 0x2E:  # a dot goes into a number, but not into a name
            return _NUMBER_AT_END.search(before[-99:]) is not None
        return first in _WORD_BYTES
    return (last == 0x2E and first in _DIGITS) or bytes((last, first)) in _OPERATORS


def late_build_comments(source: bytes) -> Iterator[tuple[int, int]]:
    """Finds the `//go:build` comments of a file that come after something else than comments.

    One right behind directives that begin the file is left out: cmd/asm has an error for it
    too, but drops it as a second one on line 0 (parse.go, errorf).
    """
    begin = position_after_mark(source)
    header = _HEADER.match(source, begin)
    start = header.end() if header is not None else 0
    if source.find(b"//go:build", start) < 0:
        return
    directives = _DIRECTIVES.match(source, begin)
    for match in _COMMENT_OR_LITERAL.finditer(source, start):
        if _IS_BUILD_COMMENT.match(match[0]) is None:
            continue
        if directives is None or source[directives.end() : match.start()].strip():
            yield match.span()


def function_starts(text: bytes) -> list[int]:
    """Finds where statements that begin with TEXT start, blanks before them included."""
    leading = _LEADING_TEXT.match(text)
    if leading is not None and text.find(b"TEXT", leading.end()) < 0:
        return [0]
    starts: list[int] = []
    comments: list[tuple[int, int]] = []
    for match in _TEXT.finditer(text):
        if match.lastindex == 1:
            comments.append(match.span())
        elif match.lastindex == 2:
            start = _statement_start(text, match.start(), comments)
            if start is not None:
                starts.append(start)
    return starts


def _statement_start(text: bytes, offset: int, comments: list[tuple[int, int]]) -> int | None:
    end = offset
    index = len(comments)
    while True:
        while end and text[end - 1] in b" \t\r":
            end -= 1
        if not index or comments[index - 1][1] != end:
            break
        index -= 1
        end = comments[index][0]
    if end and text[end - 1] not in b"\n;:":
        return None
    return end if end == 0 or text[end - 1] == 0x0A else offset
