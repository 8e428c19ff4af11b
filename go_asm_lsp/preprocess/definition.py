"""A `#define` in force, and its body with arguments filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from go_asm_lsp.preprocess.model import Macro
from go_asm_lsp.preprocess.source_map import Home, MacroKey
from go_asm_lsp.preprocess.tokens import Token, normalised
from go_asm_lsp.text import Span

# The home of text whose place is not kept: it went through a macro that defines a macro.
NOWHERE = ""


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
    # Where parameters stand in `tokens`, and which.
    slots: tuple[tuple[int, int], ...] = field(compare=False, repr=False)
    key: MacroKey = field(compare=False, repr=False)


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


def define(
    name: bytes,
    parameters: tuple[bytes, ...] | None,
    body: bytes,
    tokens: tuple[Token, ...],
    path: str,
    ordinal: int = 0,
) -> Definition:
    """Makes a definition from its parts."""
    words = frozenset(token.name for token in tokens if token.name is not None)
    slots = tuple(
        (index, parameters.index(token.name))
        for index, token in enumerate(tokens)
        if parameters and token.name in parameters
    )
    return Definition(name, parameters, body, path, ordinal, tokens, words, slots, (name, ordinal))


def body_tokens(
    body: Sequence[Token], own: Home | None, home: Home, distance: int
) -> tuple[Token, ...]:
    """Answers a body's tokens as a definition keeps them.

    Those written at `own` belong to `home` from now on, `distance` bytes nearer its start.
    """
    tokens: list[Token] = []
    for token in body:
        name = None if token.name is None else normalised(token.name)
        # Line ends are put out as they are, and lines begin without blanks.
        follows_line = bool(tokens) and tokens[-1].text == b"\n"
        has_space = token.has_space and not follows_line and token.text != b"\n"
        is_own = token.home == own
        moved = distance if is_own else 0
        place = home if is_own else token.home or NOWHERE
        after = tokens[-1].end if tokens and tokens[-1].home == place else -1
        start, end = token.start - moved, token.end - moved
        tokens.append(Token(token.text, name, start, end, after, has_space, place))
    return tuple(tokens)


def filled_body(definition: Definition, arguments: Sequence[Sequence[Token]]) -> list[Token]:
    """Answers a body with arguments in the place of parameters."""
    body: list[Token] = []
    done = 0
    for index, parameter in definition.slots:
        argument = arguments[parameter]
        # An empty argument leaves the parameter's own name (cmd/asm input.go, invokeMacro).
        if not argument:
            continue
        body += definition.tokens[done:index]
        body.append(argument[0]._replace(has_space=definition.tokens[index].has_space, after=-1))
        body += argument[1:]
        done = index + 1
    body += definition.tokens[done:]
    return body
