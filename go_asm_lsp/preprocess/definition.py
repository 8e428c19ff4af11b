"""A `#define` in force, and its body with arguments filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from go_asm_lsp.preprocess.model import Home, Macro, MacroKey
from go_asm_lsp.preprocess.tokens import Token, normalised
from go_asm_lsp.text import Span


@dataclass(frozen=True, slots=True)
class Definition:
    """One macro. `ordinal` counts the earlier definitions of its name in the same run.

    Equal definitions expand to the same text; where they stand in a file does not matter.
    """

    name: bytes
    parameters: tuple[bytes, ...] | None
    body: bytes
    path: str
    ordinal: int
    tokens: tuple[Token, ...] = field(compare=False, repr=False)
    words: frozenset[bytes] = field(compare=False, repr=False)  # the names its body mentions

    @property
    def key(self) -> MacroKey:
        return self.name, self.ordinal


@dataclass(frozen=True, slots=True)
class Defined:
    """Where a definition was written: offsets in `home`, the analysed text when None."""

    definition: Definition
    home: Home | None
    name_start: int
    body_start: int

    def macro(self, path: str, distance: int) -> Macro:
        """Answers the consumers' view, with offsets moved by `distance`."""
        definition = self.definition
        name_start = self.name_start + distance
        body_start = self.body_start + distance
        return Macro(
            text_of(definition.name),
            None
            if definition.parameters is None
            else tuple(text_of(name) for name in definition.parameters),
            text_of(definition.body),
            path,
            Span(name_start, name_start + len(definition.name)),
            Span(body_start, body_start + len(definition.body)),
        )


def text_of(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def predefine(name: str, value: str, tokens: Sequence[Token]) -> Definition:
    """Makes the definition of `-D name=value`."""
    words = frozenset(token.name for token in tokens if token.name is not None)
    return Definition(name.encode(), None, value.encode(), "", 0, tuple(tokens), words)


def body_tokens(
    body: Sequence[Token], own: Home | None, home: Home, distance: int
) -> tuple[Token, ...]:
    """Answers a body's tokens as a definition keeps them.

    Those written at `own` belong to `home` from now on, `distance` bytes nearer its start.
    """
    tokens: list[Token] = []
    after = -1
    for token in body:
        name = None if token.name is None else normalised(token.name)
        start = token.start - distance if token.home == own else token.start
        place = home if token.home == own else token.home
        tokens.append(Token(token.text, name, start, after, token.has_space, place))
        after = start + len(token.text)
    return tuple(tokens)


def filled_body(definition: Definition, arguments: Sequence[Sequence[Token]]) -> list[Token]:
    """Answers a body with arguments in the place of parameters."""
    by_name = dict(zip(definition.parameters or (), arguments, strict=True))
    body: list[Token] = []
    for token in definition.tokens:
        argument = by_name.get(token.name) if token.name is not None else None
        # An empty argument leaves the parameter's own name (cmd/asm input.go, invokeMacro).
        if not argument:
            body.append(token)
            continue
        body.append(argument[0]._replace(has_space=token.has_space, after=-1))
        body.extend(argument[1:])
    return body
