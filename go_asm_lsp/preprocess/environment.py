"""The macros in force at a place in a file: what was in force before, and what changed.

go_asm.h alone may define thousands of macros, and each stretch of a file has an environment
before and after it. So only the changes are kept; their sum, a scope, is made when needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from go_asm_lsp.preprocess.definition import Definition
from go_asm_lsp.preprocess.header import Header
from go_asm_lsp.preprocess.source_map import Home


class Change(NamedTuple):
    """A name's new definition, or None where it is undefined."""

    name: bytes
    definition: Definition | None


Changes = tuple[Change | Header, ...]


class Flat(NamedTuple):
    """An expansion that takes no arguments and stays in one line."""

    text: bytes
    tokens: int  # how many it has
    home: Home
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scope:
    """The macros in force. `counts` says how often each name was defined so far.

    `flat` remembers expansions, None for a macro whose expansion is not flat.
    """

    macros: dict[bytes, Definition]
    counts: dict[bytes, int]
    flat: dict[bytes, Flat | None] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Environment:
    """Compared by identity: BlockCache keeps one for each content."""

    before: Environment | None
    changes: Changes
    scope: Scope | None = None


def made_scope(environment: Environment) -> Scope:
    """Answers an environment's scope, from that of the nearest one before it that has one."""
    waiting: list[Changes] = []
    place: Environment | None = environment
    while place is not None and place.scope is None:
        waiting.append(place.changes)
        place = place.before
    if place is not None and place.scope is not None:
        if not waiting:
            return place.scope
        macros, counts = dict(place.scope.macros), dict(place.scope.counts)
    else:
        macros, counts = {}, {}
    for changes in reversed(waiting):
        for change in changes:
            _apply(change, macros, counts)
    return Scope(macros, counts)


def _apply(
    change: Change | Header, macros: dict[bytes, Definition], counts: dict[bytes, int]
) -> None:
    if isinstance(change, Header):
        macros.update(change.macros)
        counts.update(change.counts)
    elif change.definition is None:
        macros.pop(change.name, None)
    else:
        macros[change.name] = change.definition
        counts[change.name] = change.definition.ordinal + 1


def differences(one: Scope, other: Scope) -> frozenset[bytes]:
    """Names the macros that are not the same in two scopes, or not defined equally often."""
    names = _different(one.macros, other.macros) | _different(other.macros, one.macros)
    counts = _different(one.counts, other.counts) | _different(other.counts, one.counts)
    return frozenset(names | counts)


def _different(one: Mapping[bytes, object], other: Mapping[bytes, object]) -> set[bytes]:
    get = other.get
    return {name for name, value in one.items() if get(name) is not value and get(name) != value}
