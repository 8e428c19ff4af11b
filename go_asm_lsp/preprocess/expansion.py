"""The state of one run over a text: readers, macros and conditions in force, results so far.

How they change with what is read is in expander.py, calls.py and directives.py.
"""

from __future__ import annotations

from go_asm_lsp.preprocess.chunk import (
    Condition,
    HeaderReader,
    Included,
    IncludeResolver,
    Lookup,
    Problem,
    State,
)
from go_asm_lsp.preprocess.definition import Defined, Definition
from go_asm_lsp.preprocess.environment import Change, Scope
from go_asm_lsp.preprocess.header import Header
from go_asm_lsp.preprocess.output import Output, Owner
from go_asm_lsp.preprocess.readers import BodyReader, FileReader, Reader, Use
from go_asm_lsp.preprocess.source_map import MacroKey
from go_asm_lsp.preprocess.tokens import Token, position_after_mark

# cmd/asm gives up at this (input.go, Push).
MAX_DEPTH = 100
# Ours: how many tokens the macros of one file may expand to. Definitions that double each
# other a few dozen times would otherwise never end; the most seen in a real file is 230,000.
MAX_EXPANSION = 1_000_000


class Incomplete(Exception):
    """The text ends inside a directive, a macro call or a comment."""


class Expansion:
    """One run over one text."""

    def __init__(
        self,
        text: bytes,
        state: State,
        scope: Scope,
        resolve: IncludeResolver,
        headers: HeaderReader,
        *,
        is_last: bool,
    ) -> None:
        self.path = state.path
        self.resolve = resolve
        self.headers = headers
        self.output = Output(text)
        self.macros = scope.macros
        self.counts = scope.counts
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
        self.invoked: dict[MacroKey, Definition] = {}

        self.main = FileReader(text, None, position_after_mark(text))
        self.stack: list[Reader] = [self.main]
        self.owner: Owner = (0, 0)
        self._owners: list[Owner] = []  # what `owner` was below each reader but the first
        self.inactive_from = 0
        self.flat = scope.flat
        self.is_exhausted = state.is_exhausted
        self.is_last = is_last
        self._used: set[int] = set()

    @property
    def is_enabled(self) -> bool:
        return not self.conditions or self.conditions[-1]

    def may_expand(self, tokens: int) -> bool:
        """Counts tokens that a macro is about to expand to; False when they are too many."""
        self.expanded += tokens
        return not self.is_exhausted and self.expanded <= MAX_EXPANSION

    def end_inactive(self, end: int) -> None:
        if end > self.inactive_from:
            self.inactive.append((self.inactive_from, end))

    def next(self) -> Token | None:
        """Takes the next token, whichever reader has it, without expanding it."""
        while (token := self.stack[-1].next()) is None:
            if len(self.stack) == 1:
                if not self.is_last:
                    raise Incomplete
                return None
            self.pop()
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
            self.pop()
        self.invocations = 0

    def pop(self) -> None:
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
        self.flat = {}

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

    def reject(self, before: Token, token: Token | None, message: str) -> None:
        """Reports a malformed directive at `token` or `before` and skips the rest of its line."""
        at = before if token is None or token.text == b"\n" else token
        self.report(at, message)
        while token is not None and token.text != b"\n":
            token = self.next()

    def abandon(self, token: Token, message: str) -> None:
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
        self.invoked[definition.key] = definition
        if token.home is not None or token.start in self._used or not self.is_enabled:
            return None
        self._used.add(token.start)
        use = Use(definition, token.start, token.end, self.output.size, self.output.size)
        self.uses.append(use)
        return use
