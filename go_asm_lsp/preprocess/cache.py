"""Results of earlier expansions, found again by the text they came from."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum

from go_asm_lsp.preprocess.chunk import Chunk, IncludeResolver, State
from go_asm_lsp.preprocess.definition import Definition, define
from go_asm_lsp.preprocess.environment import (
    Change,
    Changes,
    Environment,
    Scope,
    differences,
    made_scope,
)
from go_asm_lsp.preprocess.header import Header, read_header
from go_asm_lsp.preprocess.tokens import tokens

# Bytes of text in one of the two generations: several times what large open files have.
_DEFAULT_LIMIT = 8 << 20
_MAX_ENVIRONMENTS = 4096
# How many environments have their macros at hand; the others are made from these.
_MAX_SCOPES = 16
_MAX_HEADERS = 64

_Key = tuple[bytes, bool, State]
_TextKey = tuple[bytes, bool, str]


class _Incomplete(Enum):
    INCOMPLETE = "incomplete"


# The answer for a text that ends inside a directive, a call or a comment.
INCOMPLETE = _Incomplete.INCOMPLETE


class BlockCache:
    """Chunks, environments and headers of earlier runs, of any files and configurations.

    Bounded by two generations: when the younger has `limit` bytes, the older is dropped.
    What is asked for again moves to the younger.
    """

    __slots__ = (
        "_chunks",
        "_differences",
        "_environments",
        "_headers",
        "_holding",
        "_latest",
        "_limit",
        "_older",
        "_size",
    )

    def __init__(self, limit: int = _DEFAULT_LIMIT) -> None:
        self._limit = limit
        self._size = 0
        self._chunks: dict[_Key, Chunk | _Incomplete] = {}
        self._older: dict[_Key, Chunk | _Incomplete] = {}
        self._latest: dict[_TextKey, Chunk] = {}
        self._environments: dict[object, Environment] = {}
        self._holding: deque[Environment] = deque()
        self._differences: dict[tuple[Environment, Environment], frozenset[bytes]] = {}
        self._headers: dict[tuple[str, bytes], Header | None] = {}

    @property
    def size(self) -> int:
        """How many bytes of text the younger generation holds."""
        return self._size

    # Chunks

    def find(
        self, text: bytes, state: State, resolve: IncludeResolver, *, is_last: bool
    ) -> Chunk | _Incomplete | None:
        """Finds what a text after a state expands to, unless an #include now says otherwise."""
        key = (text, is_last, state)
        chunk = self._chunks.get(key)
        if chunk is None:
            chunk = self._older.get(key) or self._moved(text, state, is_last=is_last)
            if chunk is None:
                return None
            self.keep(text, state, chunk, is_last=is_last)
        if isinstance(chunk, _Incomplete):
            return chunk
        for lookup in chunk.lookups:
            if resolve(lookup.written, state.path) != lookup.found:
                return None
        return chunk

    def keep(self, text: bytes, state: State, chunk: Chunk | _Incomplete, *, is_last: bool) -> None:
        if self._size > self._limit:
            self._older = self._chunks
            self._chunks = {}
            self._latest = {}
            self._size = 0
        self._size += len(text)
        self._chunks[text, is_last, state] = chunk
        if isinstance(chunk, Chunk):
            self._size += len(chunk.expanded)
            self._latest[text, is_last, state.path] = chunk

    def _moved(self, text: bytes, state: State, *, is_last: bool) -> Chunk | None:
        """Answers the text's last chunk when only macros changed that it has nothing to do with."""
        chunk = self._latest.get((text, is_last, state.path))
        if chunk is None or chunk.lookups:
            return None
        before = state.environment
        if replace(chunk.start, environment=before) != state:
            return None
        names = self._difference(chunk.start.environment, before)
        if not names.isdisjoint(chunk.mentioned) or any(name in text for name in names):
            return None
        after = self.changed(before, chunk.changes)
        return replace(chunk, start=state, end=replace(chunk.end, environment=after))

    # Environments

    def predefined(self, macros: Mapping[str, str]) -> Environment:
        """Answers the environment in front of a file's first line."""
        key = tuple(macros.items())
        environment = self._environments.get(key)
        if environment is None:
            changes = tuple(
                Change(name.encode(), _predefined(name.encode(), value.encode()))
                for name, value in macros.items()
            )
            environment = Environment(None, changes)
            self._remember(key, environment)
        return environment

    def changed(
        self, before: Environment, changes: Changes, scope: Scope | None = None
    ) -> Environment:
        """Answers the environment after some changes, the same one for the same changes."""
        if not changes:
            return before
        key = (before, changes)
        environment = self._environments.get(key)
        if environment is None:
            environment = Environment(before, changes)
            self._remember(key, environment)
        if environment.scope is None and scope is not None:
            self._hold(environment, scope)
        return environment

    def scope(self, environment: Environment) -> Scope:
        """Answers an environment's macros and holds them for a while."""
        if environment.scope is None:
            self._hold(environment, made_scope(environment))
        assert environment.scope is not None
        return environment.scope

    def _hold(self, environment: Environment, scope: Scope) -> None:
        environment.scope = scope
        self._holding.append(environment)
        if len(self._holding) > _MAX_SCOPES:
            self._holding.popleft().scope = None

    def _remember(self, key: object, environment: Environment) -> None:
        if len(self._environments) >= _MAX_ENVIRONMENTS:
            self._environments.clear()
            self._differences.clear()
        self._environments[key] = environment

    def _difference(self, one: Environment, other: Environment) -> frozenset[bytes]:
        """Names the macros that are not the same in two environments."""
        key = (one, other)
        names = self._differences.get(key)
        if names is None:
            names = differences(self.scope(one), self.scope(other))
            self._differences[key] = names
        return names

    # Headers

    def header(self, path: str, text: bytes) -> Header | None:
        """Answers the definitions of an included file that has nothing else."""
        key = (path, text)
        if key not in self._headers:
            if len(self._headers) >= _MAX_HEADERS:
                self._headers.clear()
            self._headers[key] = read_header(path, text)
        return self._headers[key]


def _predefined(name: bytes, value: bytes) -> Definition:
    return define(name, None, value, tuple(tokens(value, "")), "")
