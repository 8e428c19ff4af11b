"""Expands the macros of one text token by token, as cmd/asm's lexer does (input.go).

Text of a file between two macro calls is copied as it is. What directives do is in
directives.py; cutting the result into blocks is in preprocess.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from go_asm_lsp.preprocess import directives
from go_asm_lsp.preprocess.chunk import (
    Change,
    Condition,
    Header,
    HeaderReader,
    Included,
    IncludeResolver,
    Lookup,
    Problem,
    State,
)
from go_asm_lsp.preprocess.definition import Defined, Definition, filled_body, text_of
from go_asm_lsp.preprocess.flat import flat_expansion
from go_asm_lsp.preprocess.output import Output, Owner
from go_asm_lsp.preprocess.readers import BodyReader, FileReader, Reader, Use
from go_asm_lsp.preprocess.tokens import (
    OTHER_WORD,
    PLAIN_WORD,
    RUN,
    Token,
    ends_in_comment,
    is_identifier,
    is_line_start,
    normalised,
    position_after_mark,
    split_word,
)

# cmd/asm gives up at these (input.go, Next and Push).
MAX_INVOCATIONS = 100
MAX_DEPTH = 100
# Ours: how many tokens the macros of one file may expand to. Definitions that double each
# other a few dozen times would otherwise never end; the most seen in a real file is 230,000.
MAX_EXPANSION = 1_000_000


class Incomplete(Exception):
    """The text ends inside a directive, a macro call or a comment."""


class Expander:
    """One run over one text. The results are its attributes without an underscore."""

    def __init__(
        self,
        text: bytes,
        state: State,
        resolve: IncludeResolver,
        headers: HeaderReader,
        *,
        is_last: bool,
    ) -> None:
        self.path = state.path
        self.resolve = resolve
        self.headers = headers
        self.output = Output(text)
        self.macros = state.environment.macros
        self.counts = state.environment.counts
        self.conditions = list(state.conditions)
        self.is_at_line_start = state.is_at_line_start
        self.invocations = state.invocations
        self.delayed = state.delayed
        self.expanded = 0  # tokens that came out of macros

        self.definitions: list[Defined | Header] = []
        self.changes: list[Change | Header] = []
        self.uses: list[Use] = []
        self.includes: list[Included] = []
        self.problems: list[Problem] = []
        self.inactive: list[tuple[int, int]] = []
        self.lookups: list[Lookup] = []
        self.opened: list[Condition] = []
        self.inherited = len(self.conditions)  # of them, how many earlier text opened
        self.invoked: set[Definition] = set()

        self.main = FileReader(text, None, position_after_mark(text))
        self.stack: list[Reader] = [self.main]
        self.owner: Owner = (0, 0)
        self._owners: list[Owner] = []  # what `owner` was below each reader but the first
        self.inactive_from = 0
        self._flat = state.environment.flat
        self._is_exhausted = state.is_exhausted
        self._is_last = is_last
        self._used: set[int] = set()

    @property
    def is_enabled(self) -> bool:
        return not self.conditions or self.conditions[-1]

    def run(self) -> None:
        """Reads the text to its end; raises Incomplete when that is not where a token ends."""
        while True:
            top = self.stack[-1]
            if isinstance(top, BodyReader):
                if self._read_body(top):
                    self._pop()
            elif self._read_file(top):
                if top is self.main:
                    break
                self._pop()
        if not self.is_enabled:
            self.end_inactive(len(self.main.text))

    def end_inactive(self, end: int) -> None:
        if end > self.inactive_from:
            self.inactive.append((self.inactive_from, end))

    def next(self) -> Token | None:
        """Takes the next token, whichever reader has it, without expanding it."""
        while (token := self.stack[-1].next()) is None:
            if len(self.stack) == 1:
                if not self._is_last:
                    raise Incomplete
                return None
            self._pop()
        return token

    def push(self, reader: Reader, token: Token, owner: Owner) -> None:
        """Puts a reader above the others, unless they are too many.

        Its text belongs to `owner`, the place of the call or #include.
        """
        if len(self.stack) > MAX_DEPTH:
            self.report(token, "input recursion")
            self._drop(1)
            return
        self.stack.append(reader)
        self._owners.append(self.owner)
        self.owner = owner

    def _drop(self, height: int) -> None:
        """Drops the readers from a height on, and the conditions that they opened."""
        while len(self.stack) > height:
            dropped = self.stack[-1]
            if isinstance(dropped, FileReader):
                del self.opened[max(0, dropped.conditions - self.inherited) :]
                del self.conditions[dropped.conditions :]
            self._pop()
        self.invocations = 0

    def _pop(self) -> None:
        reader = self.stack.pop()
        self.owner = self._owners.pop()
        if isinstance(reader, BodyReader) and reader.use is not None:
            reader.use.end = self.output.size

    def change(self, name: bytes, definition: Definition | None) -> None:
        """Defines or undefines a macro from here on."""
        self._prepare_change()
        self.changes.append(Change(name, definition))
        if definition is None:
            del self.macros[name]
        else:
            self.macros[name] = definition
            self.counts[name] = definition.ordinal + 1

    def add_header(self, header: Header) -> bool:
        """Adds a header's macros, unless a name of them was defined before."""
        if not self.counts.keys().isdisjoint(header.macros):
            return False
        self._prepare_change()
        self.changes.append(header)
        self.definitions.append(header)
        self.macros.update(header.macros)
        self.counts.update(header.counts)
        return True

    def _prepare_change(self) -> None:
        if not self.changes:
            self.macros = dict(self.macros)
            self.counts = dict(self.counts)
        self._flat = {}

    def top_file(self) -> FileReader:
        return next(reader for reader in reversed(self.stack) if isinstance(reader, FileReader))

    def place(self, token: Token) -> tuple[int, int, tuple[str, int, int] | None]:
        """Answers a token's place in the analysed text, that of the call or #include if any.

        The third value is the place in another file that the token was written in.
        """
        if token.home is None:
            return token.start, token.end, None
        inner = (token.home, token.start, token.end) if isinstance(token.home, str) else None
        return *self.owner, inner

    def report(self, token: Token, message: str) -> None:
        start, end, inner = self.place(token)
        self.problems.append(Problem(start, end, message, inner))

    def _abandon(self, token: Token, message: str) -> None:
        """Reports a problem and drops what is left of the call at hand."""
        self.report(token, message)
        self._drop(1 + max(i for i, r in enumerate(self.stack) if isinstance(r, FileReader)))

    def deliver_delayed(self) -> None:
        """Puts out the token that followed a bare macro name."""
        token, self.delayed = self.delayed, None
        if token is not None:
            self.output.put((token,), 0, 1, self.owner)

    def note_use(self, definition: Definition, token: Token) -> Use | None:
        """Notes a macro name that the analysed text itself has, once for each place."""
        self.invoked.add(definition)
        if token.home is not None or token.start in self._used or not self.is_enabled:
            return None
        self._used.add(token.start)
        use = Use(definition, token.start, token.end, self.output.size, self.output.size)
        self.uses.append(use)
        return use

    # Files

    def _read_file(self, file: FileReader) -> bool:
        """Reads on until the stack is needed (False) or to the file's end (True)."""
        text = file.text
        macros = self.macros
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
                found = self._macro_in(word)
                if found is None:
                    file.position = match.end()
                    continue
                start += found[0]
                word = found[1]
            self._note_run(text, begin, file.position, start)
            file.position = begin = start + len(word)
            token = Token(word, word, start, begin, -1, False, file.home)
            if file is self.main:
                self.owner = (start, file.position)
            if word == b"#":
                line = directives.line_start(text, start) if self.is_at_line_start else start
                self._copy(file, copied, line)
                directives.directive(self, token, line)
                return False
            self._copy(file, copied, start)
            if not self._expand_flat(token):
                self._invoke(token)
                return False
            if kind == OTHER_WORD:
                return False
            copied = begin
        self._note_run(text, begin, file.position, len(text))
        if file is self.main and not self._is_last and ends_in_comment(text[file.position :]):
            raise Incomplete
        self._copy(file, copied, len(text))
        file.position = len(text)
        return True

    def _note_run(self, text: bytes, begin: int, after_word: int, end: int) -> None:
        """Notes what a run of text without macro calls means for what follows."""
        if after_word != begin:
            self.is_at_line_start = False
        self.is_at_line_start = is_line_start(text[after_word:end], self.is_at_line_start)
        # A comment that stands alone counts as a token here, which could only matter to a line
        # with a hundred macros that expand to nothing.
        if self.is_enabled and text[begin:end].strip(b" \t\r"):
            self.invocations = 0

    def _macro_in(self, word: bytes) -> tuple[int, bytes] | None:
        """Finds the first macro name in a word with bytes outside ASCII."""
        if word in self.macros:
            return 0, word
        if is_identifier(word):
            return None
        offset = 0
        for part, is_name in split_word(word):
            if is_name and part in self.macros:
                return offset, part
            offset += len(part)
        return None

    def _copy(self, file: FileReader, start: int, end: int) -> None:
        if start < end and self.is_enabled:
            self.output.copy(file.text, start, end, file.home, self.owner)

    # Macros

    def _read_body(self, body: BodyReader) -> bool:
        """Reads on until the stack is needed (False) or to the body's end (True)."""
        macros = self.macros
        tokens = body.tokens
        begin = body.position
        for index in range(begin, len(tokens)):
            token = tokens[index]
            if token.name not in macros and token.text != b"#":
                continue
            self._put(tokens, begin, index)
            begin = body.position = index + 1
            if token.text == b"#":
                directives.directive(self, token, self.main.position)
                return False
            if not self._expand_flat(token):
                self._invoke(token)
                return False
        self._put(tokens, begin, len(tokens))
        return True

    def _put(self, tokens: Sequence[Token], begin: int, end: int) -> None:
        if begin == end:
            return
        self.is_at_line_start = tokens[end - 1].text == b"\n"
        if self.is_enabled:
            self.invocations = 0
            self.output.put(tokens, begin, end, self.owner)

    def _expand_flat(self, token: Token) -> bool:
        """Expands a macro at once when its expansion needs nothing from its surroundings."""
        if not self.is_enabled:
            return False
        name = token.name
        assert name is not None
        if name in self._flat:
            flat = self._flat[name]
        else:
            flat = self._flat[name] = flat_expansion(name, self.macros)
        if flat is None or not self._may_expand(flat.tokens):
            return False
        use = self.note_use(self.macros[name], token)
        owner = self.owner if token.home is not None else (token.start, token.end)
        self.output.put_flat(flat, token.has_space, owner)
        if use is not None:
            use.end = self.output.size
        self.invocations = 0
        self.is_at_line_start = False
        return True

    def _may_expand(self, tokens: int) -> bool:
        self.expanded += tokens
        return not self._is_exhausted and self.expanded <= MAX_EXPANSION

    def _invoke(self, token: Token) -> None:
        assert token.name is not None
        definition = self.macros[token.name]
        self.invocations += 1
        use = self.note_use(definition, token)
        body: Sequence[Token] = definition.tokens
        last = token
        if definition.parameters is not None:
            following = self.next()
            if following is None or following.text != b"(":
                self._keep_bare(token, following)
                return
            found = self._arguments(definition, token)
            if found is None:
                return
            arguments, last = found
            body = filled_body(definition, arguments)
        owner = self._call_place(token, last)
        if use is not None:
            use.call_end = owner[1]
        if body and body[0].has_space != token.has_space:
            body = [body[0]._replace(has_space=token.has_space), *body[1:]]
        if self.invocations >= MAX_INVOCATIONS:
            self._abandon(token, "recursive macro invocation")
        elif not self._may_expand(len(body)):
            self._abandon(token, "the macros of this file expand to too much text")
        else:
            self.push(BodyReader(body, use), token, owner)

    def _call_place(self, name: Token, last: Token) -> Owner:
        """Answers where the user wrote a call, or what it came out of."""
        if last.home is not None:
            return self.owner if name.home is not None else (name.start, name.end)
        # The name may come out of a macro and the arguments be in the text behind its call.
        start = self.owner[0] if name.home is not None else name.start
        return start, max(last.end, start)

    def _keep_bare(self, token: Token, following: Token | None) -> None:
        """Keeps the name of a macro that takes arguments and gets none, and the token after it.

        The assembler never accepts such a name. In inactive text it only moves the token
        after it behind the next directive, and that directive must not come in the next line.
        """
        self.is_at_line_start = False
        self.delayed = following
        if self.is_enabled:
            self.report(token, f"macro {text_of(token.text)} needs its arguments")
            self.invocations = 0
            self.output.put((token,), 0, 1, self.owner)
            self.deliver_delayed()

    def _arguments(
        self, definition: Definition, call: Token
    ) -> tuple[list[list[Token]], Token] | None:
        """Reads a call's arguments and its last token; None with a problem when wrong."""
        arguments: list[list[Token]] = [[]]
        nesting = 0
        while True:
            token = self.next()
            if token is None or token.text == b"\n":
                name = text_of(definition.name)
                self.report(call, f"unterminated arg list invoking macro: {name}")
                if token is not None:
                    self.stack[-1].put_back(token)
                return None
            match token.text:
                case b")" if nesting == 0:
                    break
                case b"," if nesting == 0:
                    arguments.append([])
                    continue
                case b"(":
                    nesting += 1
                case b")":
                    nesting -= 1
            if token.name is not None and not token.name.isascii():
                token = token._replace(name=normalised(token.name))
            arguments[-1].append(token)
        wanted = len(definition.parameters or ())
        if wanted == 0 and arguments == [[]]:
            return [], token
        if len(arguments) == wanted:
            return arguments, token
        self.report(
            call,
            f"wrong arg count for macro {text_of(definition.name)}: "
            f"got {len(arguments)}, want {wanted}",
        )
        return None
