"""What the lines that begin with `#` do, as in cmd/asm's lexer (input.go)."""

from __future__ import annotations

from go_asm_lsp.preprocess.chunk import Condition, Included, Lookup
from go_asm_lsp.preprocess.define import define_macro
from go_asm_lsp.preprocess.definition import text_of
from go_asm_lsp.preprocess.expansion import Expansion
from go_asm_lsp.preprocess.literal import unquoted
from go_asm_lsp.preprocess.readers import FileReader
from go_asm_lsp.preprocess.tokens import Token, position_after_mark

# Those that count in inactive text too.
_CONDITIONAL = (b"else", b"endif", b"ifdef", b"ifndef", b"line")
# Ours, against headers that include each other twice: cmd/asm has no such limit.
MAX_INCLUDES = 5_000


def line_start(text: bytes, offset: int) -> int:
    """Answers where the blanks before `offset` begin."""
    while offset and text[offset - 1] in b" \t\r":
        offset -= 1
    return offset


def directive(expansion: Expansion, mark: Token, line: int) -> None:
    """Obeys a directive whose `#` has been read; its line begins at `line`."""
    if not expansion.is_at_line_start:
        expansion.report(mark, "'#' must be first item on line")
        return
    was_enabled = expansion.is_enabled
    expansion.is_at_line_start = _obey(expansion, mark)
    expansion.invocations = 0
    if was_enabled and not expansion.is_enabled:
        expansion.inactive_from = expansion.main.position
    elif expansion.is_enabled and not was_enabled:
        expansion.end_inactive(line)
    expansion.deliver_delayed()


def _obey(expansion: Expansion, mark: Token) -> bool:
    """Answers False for a directive that inactive text hides: its line is then read on."""
    word = expansion.next()
    if word is None or word.name is None:
        expansion.reject(mark, word, "expected identifier after '#'")
        return True
    if not expansion.is_enabled and word.text not in _CONDITIONAL:
        return False
    match word.text:
        case b"define":
            name = _macro_name(expansion, word)
            if name is not None:
                define_macro(expansion, name)
        case b"undef":
            _undef(expansion, word)
        case b"ifdef" | b"ifndef":
            _ifdef(expansion, word)
        case b"else":
            _else(expansion, word)
        case b"endif":
            _endif(expansion, word)
        case b"include":
            _include(expansion, word)
        case b"line":
            _line(expansion, word)
        case b"if":
            expansion.reject(word, word, "unexpected token after '#': if")
            # Its #endif is not a second problem.
            _open(expansion, word, is_enabled=expansion.is_enabled)
        case _:
            expansion.reject(word, word, f"unexpected token after '#': {text_of(word.text)}")
    return True


def _macro_name(expansion: Expansion, word: Token) -> Token | None:
    name = expansion.next()
    if name is not None and name.name is not None:
        return name
    expansion.reject(word, name, f"expected identifier after #{text_of(word.text)}")
    return None


def _expect_line_end(expansion: Expansion, word: Token) -> None:
    token = expansion.next()
    if token is None or token.text != b"\n":
        expansion.reject(word, token, f"expected newline after #{text_of(word.text)}")


def _undef(expansion: Expansion, word: Token) -> None:
    name = _macro_name(expansion, word)
    if name is None or name.name is None:
        return
    definition = expansion.macros.get(name.name)
    if definition is None:
        expansion.report(name, f"#undef for undefined macro: {text_of(name.text)}")
    else:
        expansion.note_use(definition, name)
        expansion.change(name.name, None)
    _expect_line_end(expansion, word)


# Conditions


def _ifdef(expansion: Expansion, word: Token) -> None:
    name = _macro_name(expansion, word)
    holds = True
    if name is not None and name.name is not None:
        _expect_line_end(expansion, word)
        definition = expansion.macros.get(name.name)
        holds = (definition is not None) == (word.text == b"ifdef")
        if definition is not None:
            expansion.note_use(definition, name)
    _open(expansion, word, is_enabled=expansion.is_enabled and holds)


def _open(expansion: Expansion, word: Token, *, is_enabled: bool) -> None:
    expansion.conditions.append(is_enabled)
    start, end, inner = expansion.place(word)
    expansion.opened.append(Condition(start, end, text_of(word.text), inner))


def _else(expansion: Expansion, word: Token) -> None:
    _expect_line_end(expansion, word)
    conditions = expansion.conditions
    if not conditions:
        expansion.report(word, "unmatched #else")
    elif len(conditions) == 1 or conditions[-2]:
        conditions[-1] = not conditions[-1]


def _endif(expansion: Expansion, word: Token) -> None:
    _expect_line_end(expansion, word)
    if not expansion.conditions:
        expansion.report(word, "unmatched #endif")
        return
    expansion.conditions.pop()
    if expansion.opened:
        expansion.opened.pop()
    else:
        expansion.inherited -= 1


# Files


def _include(expansion: Expansion, word: Token) -> None:
    token = expansion.next()
    if token is None or not token.text.startswith(b'"'):
        expansion.reject(word, token, "expected string after #include")
        return
    written = unquoted(token.text)
    if written is None:
        expansion.reject(word, token, "the path after #include is not a valid string")
        return
    _expect_line_end(expansion, word)
    found = expansion.resolve(written, expansion.path)
    expansion.lookups.append(Lookup(written, found))
    if token.home is None:
        path = None if found is None else found[0]
        expansion.includes.append(Included(token.start, token.end, written, path))
    if found is None:
        expansion.report(token, f"#include: {written} was not found")
        return
    if len(expansion.lookups) > MAX_INCLUDES:
        expansion.report(token, "too many #include")
        return
    owner = expansion.owner if token.home is not None else (token.start, token.end)
    path, text = found
    header = expansion.headers(path, text)
    if header is not None and expansion.add_header(header):
        return
    file = FileReader(text, path, position_after_mark(text), len(expansion.conditions))
    expansion.push(file, token, owner)


def _line(expansion: Expansion, word: Token) -> None:
    """Checks a #line; it would only change the lines that messages of the assembler name."""
    number = expansion.next()
    if number is None or not number.text[:1].isdigit():
        expansion.reject(word, number, "expected line number after #line")
        return
    if not number.text.isdigit():
        expansion.report(number, "the number after #line is not a decimal integer")
    name = expansion.next()
    if name is None or not name.text.startswith(b'"'):
        expansion.reject(word, name, "expected file name in #line")
        return
    if unquoted(name.text) is None:
        expansion.report(name, "the file name in #line is not a valid string")
    _expect_line_end(expansion, word)
