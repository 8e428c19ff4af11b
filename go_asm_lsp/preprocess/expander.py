"""Expands the macros of one text token by token, as cmd/asm's lexer does (input.go).

Text of a file between two macro calls is copied as it is. What a call does is in calls.py,
what a directive does in directives.py; cutting the result into blocks is in preprocess.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from go_asm_lsp.preprocess.calls import expand_flat, invoke
from go_asm_lsp.preprocess.directives import directive, line_start
from go_asm_lsp.preprocess.expansion import Expansion, Incomplete
from go_asm_lsp.preprocess.readers import BodyReader, FileReader
from go_asm_lsp.preprocess.tokens import (
    OTHER_WORD,
    PLAIN_WORD,
    RUN,
    Token,
    ends_in_comment,
    is_identifier,
    is_line_start,
    split_word,
)


def run(expansion: Expansion) -> None:
    """Reads a text to its end; raises Incomplete when that is not where a token ends."""
    while True:
        top = expansion.stack[-1]
        if isinstance(top, BodyReader):
            if _read_body(expansion, top):
                expansion.pop()
        elif _read_file(expansion, top):
            if top is expansion.main:
                break
            expansion.pop()
    if not expansion.is_enabled:
        expansion.end_inactive(len(expansion.main.text))


def _read_file(expansion: Expansion, file: FileReader) -> bool:
    """Reads on until the stack is needed (False) or to the file's end (True)."""
    text = file.text
    macros = expansion.macros
    begin = copied = file.position
    for match in RUN.finditer(text, begin):
        kind = match.lastindex
        if kind is None:
            continue
        word = match[kind]
        start = match.start(kind)
        if kind == PLAIN_WORD:
            if word not in macros:
                file.position = match.end()
                continue
        elif kind == OTHER_WORD:
            found = _macro_in(expansion, word)
            if found is None:
                file.position = match.end()
                continue
            start += found[0]
            word = found[1]
        _note_run(expansion, text, begin, file.position, start)
        file.position = begin = start + len(word)
        token = Token(word, word, start, begin, -1, False, file.home)
        if file is expansion.main:
            expansion.owner = (start, file.position)
        if word == b"#":
            line = line_start(text, start) if expansion.is_at_line_start else start
            _copy(expansion, file, copied, line)
            directive(expansion, token, line)
            return False
        _copy(expansion, file, copied, start)
        if not expand_flat(expansion, token):
            invoke(expansion, token)
            return False
        if kind == OTHER_WORD:
            return False
        copied = begin
    _note_run(expansion, text, begin, file.position, len(text))
    if file is expansion.main and not expansion.is_last and ends_in_comment(text[file.position :]):
        raise Incomplete
    _copy(expansion, file, copied, len(text))
    file.position = len(text)
    return True


def _note_run(expansion: Expansion, text: bytes, begin: int, after_word: int, end: int) -> None:
    """Notes what a run of text without macro calls means for what follows."""
    if after_word != begin:
        expansion.is_at_line_start = False
    expansion.is_at_line_start = is_line_start(text[after_word:end], expansion.is_at_line_start)
    # A comment that stands alone counts as a token here, which could only matter to a line
    # with a hundred macros that expand to nothing.
    if expansion.is_enabled and text[begin:end].strip(b" \t\r"):
        expansion.invocations = 0


def _macro_in(expansion: Expansion, word: bytes) -> tuple[int, bytes] | None:
    """Finds the first macro name in a word with bytes outside ASCII."""
    if word in expansion.macros:
        return 0, word
    if is_identifier(word):
        return None
    offset = 0
    for part, is_name in split_word(word):
        if is_name and part in expansion.macros:
            return offset, part
        offset += len(part)
    return None


def _copy(expansion: Expansion, file: FileReader, start: int, end: int) -> None:
    if start < end and expansion.is_enabled:
        expansion.output.copy(file.text, start, end, file.home, expansion.owner)


def _read_body(expansion: Expansion, body: BodyReader) -> bool:
    """Reads on until the stack is needed (False) or to the body's end (True)."""
    macros = expansion.macros
    tokens = body.tokens
    begin = body.position
    for index in range(begin, len(tokens)):
        token = tokens[index]
        if token.name not in macros and token.text != b"#":
            continue
        _put(expansion, tokens, begin, index)
        begin = body.position = index + 1
        if token.text == b"#":
            directive(expansion, token, expansion.main.position)
            return False
        if not expand_flat(expansion, token):
            invoke(expansion, token)
            return False
    _put(expansion, tokens, begin, len(tokens))
    return True


def _put(expansion: Expansion, tokens: Sequence[Token], begin: int, end: int) -> None:
    if begin == end:
        return
    expansion.is_at_line_start = tokens[end - 1].text == b"\n"
    if expansion.is_enabled:
        expansion.invocations = 0
        expansion.output.put(tokens, begin, end, expansion.owner)
