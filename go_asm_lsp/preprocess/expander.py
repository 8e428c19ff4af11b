"""Runs the directives and macros of one text, token by token as cmd/asm's lexer does.

A stack of readers gives tokens: files at the bottom, macro bodies with their arguments
filled in above. Text of a file between two macro calls is copied as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from go_asm_lsp.preprocess.model import MacroKey, Piece
from go_asm_lsp.preprocess.tokens import (
    RUN,
    Token,
    next_token,
    normalised,
    split_word,
    without_comments,
    would_merge,
)

# cmd/asm gives up at these (input.go, Next and Push).
MAX_INVOCATIONS = 100
MAX_DEPTH = 100
# Ours: bytes of macro expansions in one file, against definitions that double themselves.
MAX_EXPANSION = 16 << 20


class IncludeResolver(Protocol):
    def __call__(self, written: str, from_path: str) -> tuple[str, bytes] | None:
        """Answers the path and text of what `#include "written"` in a file means."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A `#define` in force. `ordinal` counts the earlier ones of this name in the run."""

    name: bytes
    parameters: tuple[bytes, ...] | None
    body: bytes
    tokens: tuple[Token, ...]
    path: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Defined:
    """Where a definition was written: offsets in `home`."""

    definition: Definition
    home: str | MacroKey | None
    name_start: int
    body_start: int


@dataclass(slots=True)
class Use:
    """A macro name in the analysed file; `start` and `end` delimit its expansion."""

    definition: Definition
    name_start: int
    call_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    start: int
    end: int
    message: str
    inner: tuple[str, int, int] | None


@dataclass(frozen=True, slots=True)
class Included:
    start: int
    end: int
    written: str
    resolved: str | None


@dataclass(slots=True)
class _File:
    """A file being read. `copied` is how far its text has been put out or dropped."""

    text: bytes
    path: str
    home: str | None  # None for the analysed file
    position: int = 0
    copied: int = 0

    def next(self) -> Token | None:
        token = next_token(self.text, self.position, self.home)
        self.position = len(self.text) if token is None else token.end
        return token


@dataclass(slots=True)
class _Body:
    """A macro's body being read, arguments filled in."""

    tokens: list[Token]
    use: Use | None
    position: int = 0

    def next(self) -> Token | None:
        if self.position == len(self.tokens):
            return None
        self.position += 1
        return self.tokens[self.position - 1]


class Incomplete(Exception):
    """The text ends inside a directive, a call or a comment."""


class Expander:
    """One run over one text. The results are its public attributes."""

    def __init__(
        self,
        text: bytes,
        path: str,
        macros: dict[bytes, Definition],
        resolve: IncludeResolver,
    ) -> None:
        self.out: list[bytes] = []
        self.size = 0
        self.pieces: list[Piece] = []
        self.definitions: list[Defined] = []
        self.uses: list[Use] = []
        self.includes: list[Included] = []
        self.problems: list[Problem] = []
        self.inactive: list[tuple[int, int]] = []
        self.conditions: list[bool] = []
        self.opened: list[Token] = []
        self.macros = macros
        self._counts: dict[bytes, int] = {}
        self._path = path
        self._resolve = resolve
        self._main = _File(text, path, None)
        self._stack: list[_File | _Body] = [self._main]
        self._at_line_start = True
        self._invocations = 0
        self._peeked: Token | None = None
        self._owner: tuple[int, int] | None = None
        self._emitted: Token | None = None  # the last token put out, if nothing came after it
        self._expanded = 0
        self._inactive_from = 0
        self._used: set[int] = set()

    # Reading

    def run(self) -> None:
        if self._main.text.startswith(b"\xef\xbb\xbf"):
            self._main.position = 3
        while True:
            top = self._stack[-1]
            if isinstance(top, _File):
                if self._peeked is not None and self._enabled:
                    self._return_peeked(top)
                self._read_file(top)
                if self._stack[-1] is top and top.position == len(top.text):
                    self._copy(top, len(top.text))
                    if len(self._stack) == 1:
                        break
                    self._pop()
            elif top.position == len(top.tokens):
                self._pop()
            else:
                self._step()
        self._finish()

    @property
    def _enabled(self) -> bool:
        return not self.conditions or self.conditions[-1]

    def _next(self) -> Token | None:
        while True:
            token = self._stack[-1].next()
            if token is not None:
                return token
            if len(self._stack) == 1:
                return None
            self._pop()

    def _pop(self) -> None:
        reader = self._stack.pop()
        if isinstance(reader, _Body):
            if reader.use is not None:
                reader.use.end = self.size
        else:
            self._copy(reader, len(reader.text))
        below = self._stack[-1]
        if isinstance(below, _File):
            below.copied = below.position
            if below is self._main:
                self._owner = None

    def _read_file(self, file: _File) -> None:
        """Reads on until a macro or directive needs the stack, or to the end."""
        text = file.text
        after = file.position
        at_line_start = self._at_line_start
        for match in RUN.finditer(text, file.position):
            kind = match.lastindex
            if kind == 1:
                word = match[1]
                if word not in self.macros:
                    at_line_start = False
                    after = match.end()
                    continue
                start = match.start(1)
            elif kind is None:
                if match.end() == len(text):
                    break
                continue
            elif kind == 2:
                at = self._macro_in_word(match[2])
                if at is None:
                    at_line_start = False
                    after = match.end()
                    continue
                start = match.start(2) + at[0]
                word = at[1]
            else:
                start = match.start(3)
                word = b""
            self._at_line_start = _is_at_line_start(text[after:start], at_line_start)
            if not self._at_line_start or b"\n" in text[after:start]:
                self._returned()
            file.position = start + max(1, len(word))
            self._copy(file, start)
            token = Token(word or b"#", word or None, start, -1, False, file.home)
            if file is self._main:
                self._owner = (start, file.position)
            if word:
                self._invoke(self.macros[word], token)
            else:
                self._hash(token)
            if self._stack[-1] is file:
                file.copied = file.position
                if file is self._main:
                    self._owner = None
            return
        self._at_line_start = _is_at_line_start(text[after:], at_line_start)
        if text[after:].strip():
            self._returned()
        file.position = len(text)

    def _macro_in_word(self, word: bytes) -> tuple[int, bytes] | None:
        if word in self.macros:
            return 0, word
        offset = 0
        for part, is_identifier in split_word(word):
            if is_identifier and part in self.macros:
                return offset, part
            offset += len(part)
        return None

    def _step(self) -> None:
        """Handles one token of a macro body, as one round of Input.Next."""
        if self._peeked is not None and self._enabled:
            return self._return_peeked(None)
        token = self._next()
        if token is None:
            return None
        if token.text == b"#":
            return self._hash(token)
        if token.name is not None and token.name in self.macros:
            return self._invoke(self.macros[token.name], token)
        self._at_line_start = token.text == b"\n"
        if self._enabled:
            self._returned()
            self._put(token)
        return None

    def _returned(self) -> None:
        """Notes that the lexer handed a token to the parser."""
        if self._enabled:
            self._invocations = 0

    def _return_peeked(self, file: _File | None) -> None:
        token, self._peeked = self._peeked, None
        if token is not None:
            self._put(token)

    # Writing

    def _copy(self, file: _File, end: int) -> None:
        """Puts out a file's text up to `end` unless it is inactive."""
        start, file.copied = file.copied, max(file.copied, end)
        if start >= end or not self._enabled:
            return
        text = file.text[start:end]
        if file.home is not None and not without_comments(text).strip():
            return
        if self._emitted is not None:
            emitted, self._emitted = self._emitted, None
            if would_merge(emitted.text[-1], text[0]):
                self._add(b" ")
        if file.home is None:
            self.pieces.append(Piece(self.size, start, end, True, None, 0, 0))
        else:
            owner = self._owner or (0, 0)
            self.pieces.append(Piece(self.size, *owner, False, file.home, start, end))
        self._add(text)

    def _add(self, text: bytes) -> None:
        self.out.append(text)
        self.size += len(text)

    def _put(self, token: Token) -> None:
        """Puts out one token of an expansion."""
        emitted = self._emitted
        text = token.text
        self._expanded += len(text)
        follows = emitted is not None and emitted.home is None and emitted.end == token.after
        if token.home is None and follows:
            self._add(self._main.text[token.after : token.end])
            self._emitted = token
            return
        last = self.out[-1][-1] if self.out else 0x0A
        if token.has_space or would_merge(last, text[0]):
            text = b" " + text if last not in b" \t\n" or text == b"\n" else text
        start = self.size
        owner = self._owner or (0, 0)
        if token.home is None:
            if len(text) > len(token.text):
                self.pieces.append(Piece(start, *owner, False, None, 0, 0))
                start += 1
            self.pieces.append(Piece(start, token.start, token.end, True, None, 0, 0))
        else:
            self._put_body(token, start, owner)
        self._add(text)
        self._emitted = token

    def _put_body(self, token: Token, start: int, owner: tuple[int, int]) -> None:
        home = token.home
        assert not isinstance(home, bytes)
        last = self.pieces[-1] if self.pieces else None
        emitted = self._emitted
        if (
            last is not None
            and emitted is not None
            and emitted.text != b"\n"
            and emitted.home == home
            and last[1:5] == (*owner, False, home)
            and token.start >= last.inner_start
        ):
            self.pieces[-1] = last._replace(inner_end=max(last.inner_end, token.end))
            return
        self.pieces.append(Piece(start, *owner, False, home, token.start, token.end))  # type: ignore[arg-type]

    # Macros

    def _invoke(self, definition: Definition, token: Token) -> None:
        self._invocations += 1
        if self._invocations > MAX_INVOCATIONS:
            self._report(token, "recursive macro invocation")
            self._abandon()
            return
        if self._expanded > MAX_EXPANSION:
            self._report(token, "macro expansion is too large")
            self._abandon()
            return
        body = list(definition.tokens)
        use = self._note_use(definition, token)
        if definition.parameters is not None:
            following = self._next()
            if following is None or following.text != b"(":
                self._invoke_bare(token, following)
                return
            arguments = self._arguments(definition, token)
            if arguments is None:
                return
            body = _substituted(definition, arguments)
        if self._owner is not None and self._stack[-1] is self._main:
            self._owner = (self._owner[0], self._main.position)
        if use is not None:
            use.call_end = max(use.call_end, self._owner[1] if self._owner else 0)
        if body and token.has_space != body[0].has_space:
            body[0] = body[0]._replace(has_space=token.has_space)
        if len(self._stack) > MAX_DEPTH:
            self._report(token, "input recursion")
            self._abandon()
            return
        self._stack.append(_Body(body, use))

    def _note_use(self, definition: Definition, token: Token) -> Use | None:
        if token.home is not None or token.start in self._used:
            return None
        self._used.add(token.start)
        use = Use(definition, token.start, token.end, self.size, self.size)
        self.uses.append(use)
        return use

    def _invoke_bare(self, token: Token, following: Token | None) -> None:
        """A macro with parameters without arguments: the name and the next token stay."""
        self._at_line_start = False
        if self._enabled:
            self._report(token, f"macro {_text(token.text)} is used without its arguments")
            self._returned()
            self._put(token)
        self._peeked = following

    def _arguments(self, definition: Definition, token: Token) -> list[list[Token]] | None:
        arguments: list[list[Token]] = [[]]
        nesting = 0
        after = -1
        while True:
            part = self._next()
            if part is None or part.text == b"\n":
                self._report(
                    token, f"unterminated arg list invoking macro: {_text(definition.name)}"
                )
                if part is not None and isinstance(self._stack[-1], _File):
                    self._stack[-1].position = part.start
                return None
            match part.text:
                case b")" if nesting == 0:
                    break
                case b"," if nesting == 0:
                    arguments.append([])
                    after = -1
                    continue
                case b"(":
                    nesting += 1
                case b")":
                    nesting -= 1
            name = None if part.name is None else normalised(part.name)
            arguments[-1].append(part._replace(after=after, name=name))
            after = part.end
        parameters = definition.parameters or ()
        if not parameters and arguments == [[]]:
            return []
        if len(arguments) != len(parameters):
            self._report(
                token,
                f"wrong arg count for macro {_text(definition.name)}: "
                f"it takes {len(parameters)}, not {len(arguments)}",
            )
            return None
        return arguments

    def _abandon(self) -> None:
        """Drops what is left of the call at hand."""
        while isinstance(self._stack[-1], _Body):
            self._pop()
        self._invocations = 0

    # Directives

    def _hash(self, token: Token) -> None:
        if not self._at_line_start:
            self._report(token, "'#' must be first item on line")
            return
        was_enabled = self._enabled
        line_start = self._line_start(token)
        self._trim_blanks()
        self._at_line_start = self._directive(token)
        self._invocations = 0
        if was_enabled and not self._enabled:
            self._inactive_from = self._main.position
        elif self._enabled and not was_enabled:
            self._inactive(line_start)

    def _line_start(self, token: Token) -> int:
        start = self._main.position
        if token.home is None:
            start = token.start
        return self._main.text.rfind(b"\n", 0, start) + 1

    def _inactive(self, end: int) -> None:
        if end > self._inactive_from:
            self.inactive.append((self._inactive_from, end))

    def _trim_blanks(self) -> None:
        """Takes back the blanks put out before a directive on its line."""
        if not self.out:
            return
        text = self.out[-1]
        kept = text.rstrip(b" \t\r")
        if kept == text or (kept and not kept.endswith(b"\n")):
            return
        if not kept:
            return
        self.out[-1] = kept
        self.size -= len(text) - len(kept)

    def _directive(self, hash_token: Token) -> bool:
        word = self._next()
        if word is None or word.name is None:
            self._reject(word or hash_token, "expected identifier after '#'", word)
            return True
        if not self._enabled and word.text not in (b"else", b"endif", b"ifdef", b"ifndef", b"line"):
            return False
        match word.text:
            case b"define":
                self._define(word)
            case b"undef":
                self._undef(word)
            case b"ifdef":
                self._ifdef(word, wanted=True)
            case b"ifndef":
                self._ifdef(word, wanted=False)
            case b"else":
                self._else(word)
            case b"endif":
                self._endif(word)
            case b"include":
                self._include(word)
            case b"line":
                self._line(word)
            case _:
                self._reject(word, f"unexpected token after '#': {_text(word.text)}", word)
        return True

    def _macro_name(self, word: Token) -> Token | None:
        name = self._next()
        if name is None or name.name is None:
            self._reject(name or word, f"expected identifier after #{_text(word.text)}", name)
            return None
        return name

    def _expect_line_end(self, word: Token) -> None:
        token = self._next()
        if token is None:
            self._report(word, f"expected newline after #{_text(word.text)}")
        elif token.text != b"\n":
            self._reject(token, f"expected newline after #{_text(word.text)}", token)

    def _define(self, word: Token) -> None:
        name = self._macro_name(word)
        if name is None or name.name is None:
            return
        token = self._next()
        parameters: tuple[bytes, ...] | None = None
        if token is not None and token.text == b"(" and not token.has_space:
            listed = self._parameters(name, token)
            if listed is None:
                return
            parameters = listed
            token = self._next()
            if token is None:
                self._report(name, f"missing newline in definition of {_text(name.text)}")
        body_start = name.end if token is None else token.start
        body: list[Token] = []
        while token is not None and token.text != b"\n":
            is_escape = token.text == b"\\"
            if is_escape:
                escaped = self._next()
                if escaped is None or escaped.text not in (b"\n", b"\\"):
                    self._report(token, "only a line end or \\ can follow \\ in a definition")
                if escaped is None:
                    break
                token = escaped
            body.append(token)
            token = self._next()
            if token is None:
                self._report(name, f"missing newline in definition of {_text(name.text)}")
        self._install(name, parameters, body, body_start)

    def _install(
        self,
        name: Token,
        parameters: tuple[bytes, ...] | None,
        body: list[Token],
        body_start: int,
    ) -> None:
        assert name.name is not None
        key = name.name
        if key in self.macros:
            self._report(name, f"redefinition of macro: {_text(key)}")
        ordinal = self._counts.get(key, 0)
        self._counts[key] = ordinal + 1
        home: object = name.home if name.home is not None else (key, ordinal)
        shift = body_start if name.home is None else 0
        tokens: list[Token] = []
        after = -1
        for token in body:
            own = token.home == name.home
            tokens.append(
                token._replace(
                    name=None if token.name is None else normalised(token.name),
                    home=home if own else token.home,
                    start=token.start - shift if own else token.start,
                    has_space=token.has_space,
                    after=after,
                )
            )
            after = tokens[-1].end
        text = self._written(body, body_start)
        path = name.home if isinstance(name.home, str) else self._path
        definition = Definition(key, parameters, text, tuple(tokens), path, ordinal)
        self.macros[key] = definition
        place = name.home
        assert place is None or isinstance(place, (str, tuple))
        self.definitions.append(Defined(definition, place, name.start, body_start))

    def _written(self, body: list[Token], start: int) -> bytes:
        if not body:
            return b""
        top = next(reader for reader in reversed(self._stack) if isinstance(reader, _File))
        if all(token.home == top.home for token in body):
            return top.text[start : body[-1].end]
        return b" ".join(token.text for token in body)

    def _parameters(self, name: Token, opening: Token) -> tuple[bytes, ...] | None:
        parameters: list[bytes] = []
        wants_name = True
        while True:
            token = self._next()
            match token:
                case Token(text=b")"):
                    return tuple(parameters)
                case Token(text=b",") if not wants_name:
                    wants_name = True
                case Token(name=bytes() as parameter) if wants_name:
                    if parameter in parameters:
                        self._report(
                            token,
                            f"duplicate argument {_text(parameter)} in definition for macro: "
                            f"{_text(name.text)}",
                        )
                    else:
                        parameters.append(parameter)
                    wants_name = False
                case _:
                    self._reject(
                        token or opening, f"bad definition for macro: {_text(name.text)}", token
                    )
                    return None

    def _undef(self, word: Token) -> None:
        name = self._macro_name(word)
        if name is None or name.name is None:
            return
        definition = self.macros.get(name.name)
        if definition is None:
            self._report(name, f"#undef for undefined macro: {_text(name.text)}")
        else:
            self._note_test(definition, name)
        self._expect_line_end(word)
        self.macros.pop(name.name, None)

    def _note_test(self, definition: Definition, name: Token) -> None:
        self._note_use(definition, name)

    def _ifdef(self, word: Token, *, wanted: bool) -> None:
        name = self._macro_name(word)
        if name is None or name.name is None:
            self.conditions.append(False)
            self.opened.append(word)
            return
        self._expect_line_end(word)
        definition = self.macros.get(name.name)
        if definition is not None:
            self._note_test(definition, name)
        self.conditions.append(self._enabled and (definition is not None) == wanted)
        self.opened.append(word)

    def _else(self, word: Token) -> None:
        self._expect_line_end(word)
        if not self.conditions:
            self._report(word, "unmatched #else")
        elif len(self.conditions) == 1 or self.conditions[-2]:
            self.conditions[-1] = not self.conditions[-1]

    def _endif(self, word: Token) -> None:
        self._expect_line_end(word)
        if not self.conditions:
            self._report(word, "unmatched #endif")
            return
        self.conditions.pop()
        self.opened.pop()

    def _include(self, word: Token) -> None:
        token = self._next()
        if token is None or not token.text.startswith(b'"'):
            self._reject(token or word, "expected string after #include", token)
            return
        written = _unquoted(token.text)
        self._expect_line_end(word)
        if written is None:
            self._report(token, "the path of an #include is not a valid string")
            return
        found = self._resolve(written, self._path)
        if token.home is None:
            self.includes.append(
                Included(token.start, token.end, written, found[0] if found else None)
            )
        if found is None:
            self._report(token, f"#include: no file {written} found")
            return
        if len(self._stack) > MAX_DEPTH:
            self._report(token, "input recursion")
            return
        if self._owner is not None and token.home is None and len(self._stack) == 1:
            self._owner = (token.start, token.end)
        file = _File(found[1], found[0], found[0])
        if file.text.startswith(b"\xef\xbb\xbf"):
            file.position = file.copied = 3
        self._stack.append(file)

    def _line(self, word: Token) -> None:
        number = self._next()
        if number is None or not number.text.isdigit():
            self._reject(number or word, "expected line number after #line", number)
            return
        name = self._next()
        if name is None or not name.text.startswith(b'"'):
            self._reject(name or word, "expected file name in #line", name)
            return
        if _unquoted(name.text) is None:
            self._report(name, "the file name of a #line is not a valid string")
        self._expect_line_end(word)

    def _reject(self, token: Token, message: str, last: Token | None) -> None:
        """Reports a malformed directive and skips the rest of its line."""
        self._report(token, message)
        while last is not None and last.text != b"\n":
            last = self._next()

    # Problems

    def _report(self, token: Token, message: str) -> None:
        if token.home is None:
            self.problems.append(Problem(token.start, token.end, message, None))
            return
        inner = (token.home, token.start, token.end) if isinstance(token.home, str) else None
        start, end = self._owner or (0, 0)
        self.problems.append(Problem(start, end, message, inner))

    def _finish(self) -> None:
        for token in self.opened:
            self._report(token, f"unclosed #{_text(token.text)}")
        if not self._enabled:
            self._inactive(len(self._main.text))


def _is_at_line_start(run: bytes, before: bool) -> bool:
    """Tells whether only blanks and comments follow the last line end in a run of text."""
    if not run or run.isspace():
        return before or b"\n" in run
    line = without_comments(run).rstrip(b" \t\r")
    return line.endswith(b"\n") or (before and not line)


def _substituted(definition: Definition, arguments: list[list[Token]]) -> list[Token]:
    filled = dict(zip(definition.parameters or (), arguments, strict=True))
    body: list[Token] = []
    for token in definition.tokens:
        argument = filled.get(token.name) if token.name is not None else None
        # cmd/asm leaves a parameter as it is when its argument is empty (input.go, invokeMacro).
        if not argument:
            body.append(token)
            continue
        body.append(argument[0]._replace(has_space=token.has_space, after=-1))
        body.extend(argument[1:])
    return body


def _unquoted(text: bytes) -> str | None:
    if len(text) < 2 or not text.endswith(b'"'):
        return None
    inner = text[1:-1]
    if b"\\" not in inner:
        return inner.decode("utf-8", "surrogateescape")
    return None


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")
