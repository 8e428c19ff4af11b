"""The unit of repeated work: a stretch of source, what was in force before it, what came out.

Offsets are relative to the stretch, so that an edit above it changes nothing here.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from go_asm_lsp.preprocess.definition import Defined
from go_asm_lsp.preprocess.environment import Changes, Environment
from go_asm_lsp.preprocess.header import Header
from go_asm_lsp.preprocess.source_map import MacroKey, Pieces
from go_asm_lsp.preprocess.tokens import Token


class IncludeResolver(Protocol):
    def __call__(self, written: str, from_path: str) -> tuple[str, bytes] | None:
        """Answers the path and text of what `#include "written"` in a file means."""


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


# Answers a path's and text's definitions when it has nothing else.
HeaderReader = Callable[[str, bytes], Header | None]


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
