"""The unit of repeated work: a stretch of source, what was in force before it, what came out.

Offsets are relative to the stretch, so that an edit above it changes nothing here.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from go_asm_lsp.preprocess.definition import Defined, Definition
from go_asm_lsp.preprocess.header import Header
from go_asm_lsp.preprocess.source_map import Home, MacroKey, Pieces
from go_asm_lsp.preprocess.tokens import Token


class IncludeResolver(Protocol):
    def __call__(self, written: str, from_path: str) -> tuple[str, bytes] | None:
        """Answers the path and text of what `#include "written"` in a file means."""


class Flat(NamedTuple):
    """An expansion that takes no arguments and stays in one line."""

    text: bytes
    tokens: int  # how many it has
    home: Home
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Environment:
    """The macros in force at one place; compared by identity, so there is one per content.

    `counts` says how often each name was defined before. `flat` remembers expansions, None
    for a macro whose expansion is not flat.
    """

    macros: dict[bytes, Definition]
    counts: dict[bytes, int]
    flat: dict[bytes, Flat | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """All that the text before a place means for the text after it."""

    path: str
    environment: Environment
    conditions: tuple[bool, ...] = ()
    is_at_line_start: bool = True
    invocations: int = 0  # macro calls since the parser last got a token
    delayed: Token | None = None  # what followed a bare macro name in inactive text
    is_exhausted: bool = False  # no macro may expand any more


class Problem(NamedTuple):
    start: int
    end: int
    message: str
    inner: tuple[str, int, int] | None


class Included(NamedTuple):
    start: int
    end: int
    written: str
    resolved: str | None


class Lookup(NamedTuple):
    """An answer of the resolver that a chunk rests on."""

    written: str
    found: tuple[str, bytes] | None


class Change(NamedTuple):
    """A name's new definition, or None where it is undefined."""

    name: bytes
    definition: Definition | None


Changes = tuple[Change | Header, ...]
# Answers a path's and text's definitions when it has nothing else.
HeaderReader = Callable[[str, bytes], Header | None]


def applied(environment: Environment, changes: Changes) -> Environment:
    """Answers an environment with some changes made."""
    macros = dict(environment.macros)
    counts = dict(environment.counts)
    for change in changes:
        if isinstance(change, Header):
            macros.update(change.macros)
            counts.update(change.counts)
        elif change.definition is None:
            del macros[change.name]
        else:
            macros[change.name] = change.definition
            counts[change.name] = change.definition.ordinal + 1
    return Environment(macros, counts)


class Condition(NamedTuple):
    """The word of an #ifdef or #ifndef."""

    start: int
    end: int
    word: str
    inner: tuple[str, int, int] | None


class Fragment(NamedTuple):
    """Expanded text that belongs to one block; `is_function` when it begins with TEXT."""

    text: bytes
    pieces: Pieces
    is_function: bool


class Uses(NamedTuple):
    """The macro names written in a chunk, in order.

    `places` has five numbers for each: the name's start and end, the call's end, and where
    its expansion starts and ends in the chunk's expanded text.
    """

    keys: tuple[MacroKey, ...]
    places: array[int]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one stretch of source expands to."""

    size: int
    start: State
    end: State
    expanded: bytes
    fragments: tuple[Fragment, ...]
    definitions: tuple[Defined | Header, ...]
    uses: Uses
    includes: tuple[Included, ...]
    problems: tuple[Problem, ...]
    inactive: tuple[tuple[int, int], ...]
    inherited: int  # of the conditions open before, how many still are at the end
    opened: tuple[Condition, ...]  # the conditions still open at the end
    lookups: tuple[Lookup, ...]
    changes: Changes
    mentioned: frozenset[bytes]  # names in the bodies of all macros that took part
    tokens: int  # how many came out of macros
