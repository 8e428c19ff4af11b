"""Expands one .s file: text for the parser in blocks, with the way back to the source.

The file is cut at lines that begin with TEXT, and each stretch is expanded only when its
text or what is in force before it has not been seen before.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import replace

from go_asm_lsp.preprocess.cache import INCOMPLETE, BlockCache
from go_asm_lsp.preprocess.chunk import (
    Chunk,
    Condition,
    Fragment,
    IncludeResolver,
    Problem,
    State,
    Uses,
)
from go_asm_lsp.preprocess.definition import Definition
from go_asm_lsp.preprocess.environment import Change, Scope
from go_asm_lsp.preprocess.expander import run
from go_asm_lsp.preprocess.expansion import MAX_EXPANSION, Expansion, Incomplete
from go_asm_lsp.preprocess.fragments import fragments, joined
from go_asm_lsp.preprocess.macros import Macros
from go_asm_lsp.preprocess.model import (
    Block,
    Include,
    Preprocessed,
    PreprocessProblem,
    SourceMap,
)
from go_asm_lsp.preprocess.source_map import BodyPlaces
from go_asm_lsp.preprocess.tokens import Token, late_build_comments
from go_asm_lsp.text import Span

__all__ = ["BlockCache", "preprocess"]

_FUNCTION_LINE = re.compile(rb"\n[ \t]*TEXT\b")


def preprocess(
    source: bytes,
    path: str,
    predefined: Mapping[str, str],
    resolve: IncludeResolver,
    cache: BlockCache | None = None,
) -> Preprocessed:
    """Runs the directives and macros of a file as cmd/asm's lexer would."""
    cache = cache or BlockCache()
    environment = cache.predefined(predefined)
    chunks = list(_chunks(source, State(path, environment), resolve, cache))
    macros = Macros(path, cache.scope(environment), chunks)
    inactive = _inactive(chunks)
    return Preprocessed(
        blocks=_blocks(chunks, path, macros),
        includes=tuple(
            Include(Span(i.start, i.end).shifted(base), i.written, i.resolved)
            for base, chunk in chunks
            for i in chunk.includes
        ),
        inactive=inactive,
        # Like the assembler, which stops at the first problem, look for a missing #endif only
        # where nothing else is wrong: a misspelt directive is often the cause.
        problems=(
            *(tuple(_problems(chunks)) or _unclosed(chunks)),
            *_late_constraints(source, inactive),
        ),
        macros=macros,
    )


# Chunks


def _chunks(
    source: bytes, state: State, resolve: IncludeResolver, cache: BlockCache
) -> Iterator[tuple[int, Chunk]]:
    """Yields the stretches of a file, each with its place in the source."""
    ends = [
        match.start() + 1
        for match in _FUNCTION_LINE.finditer(source)
        if not _is_continued(source, match.start())
    ]
    if not ends or ends[-1] != len(source):
        ends.append(len(source))
    start = index = 0
    expanded = 0
    while index < len(ends):
        chunk = None
        step = 0
        while chunk is None:
            # A stretch that ends inside a definition or comment is read with what follows it,
            # twice as much each time to stay linear.
            last = min(index + step, len(ends) - 1)
            text = source[start : ends[last]]
            chunk = _chunk(text, state, resolve, cache, is_last=last == len(ends) - 1)
            step = 2 * step + 1
        yield start, chunk
        expanded += chunk.tokens
        state = chunk.end
        if expanded > MAX_EXPANSION:
            state = replace(state, is_exhausted=True)
        start = ends[last]
        index = last + 1


def _is_continued(source: bytes, line_end: int) -> bool:
    """Tells whether the text in front of a line end is surely a `\\` that escapes it."""
    start = line_end
    while start and source[start - 1] in b" \t\r":
        start -= 1
    return source[start - 1 : start] == b"\\"


def _chunk(
    text: bytes, state: State, resolve: IncludeResolver, cache: BlockCache, *, is_last: bool
) -> Chunk | None:
    """Expands a stretch; None when it ends inside a directive, call or comment."""
    found = cache.find(text, state, resolve, is_last=is_last)
    if found is not None:
        return found if isinstance(found, Chunk) else None
    scope = cache.scope(state.environment)
    expansion = Expansion(text, state, scope, resolve, cache.header, is_last=is_last)
    try:
        run(expansion)
    except Incomplete:
        cache.keep(text, state, INCOMPLETE, is_last=is_last)
        return None
    chunk = _finished(expansion, state, scope, len(text), cache)
    cache.keep(text, state, chunk, is_last=is_last)
    return chunk


def _finished(
    expansion: Expansion, state: State, scope: Scope, size: int, cache: BlockCache
) -> Chunk:
    changes = tuple(expansion.changes)
    end = State(
        path=state.path,
        environment=cache.changed(
            state.environment, changes, Scope(expansion.macros, expansion.counts)
        ),
        conditions=tuple(expansion.conditions),
        is_at_line_start=expansion.is_at_line_start,
        invocations=expansion.invocations,
        delayed=_elsewhere(expansion.delayed),
        is_exhausted=state.is_exhausted,
    )
    expanded = expansion.output.text()
    return Chunk(
        size=size,
        start=state,
        end=end,
        expanded=expanded,
        fragments=fragments(expanded, expansion.output.pieces()),
        definitions=tuple(expansion.definitions),
        uses=_uses(expansion),
        includes=tuple(expansion.includes),
        problems=tuple(expansion.problems),
        inactive=tuple(expansion.inactive),
        inherited=expansion.inherited,
        opened=tuple(expansion.opened),
        lookups=tuple(expansion.lookups),
        changes=changes,
        mentioned=_mentioned(expansion, scope),
        tokens=expansion.expanded,
    )


def _elsewhere(token: Token | None) -> Token | None:
    """Moves a token of this stretch to where the next stretch does not take it for its own."""
    if token is None or token.home is not None:
        return token
    return token._replace(home="")


def _uses(expansion: Expansion) -> Uses:
    places = array("i")
    uses = sorted(expansion.uses, key=lambda use: use.name_start)
    for use in uses:
        name_end = use.name_start + len(use.definition.name)
        places.extend((use.name_start, name_end, use.call_end, use.start, use.end))
    return Uses(tuple(use.definition.key for use in uses), places)


def _mentioned(expansion: Expansion, before: Scope) -> frozenset[bytes]:
    """Names what the bodies of the macros used mention, those of macros in them included."""
    defined: dict[bytes, list[Definition]] = {}
    for change in expansion.changes:
        if isinstance(change, Change) and change.definition is not None:
            defined.setdefault(change.name, []).append(change.definition)
    names: set[bytes] = set()
    waiting = list(expansion.invoked.values())
    while waiting:
        for name in waiting.pop().words - names:
            names.add(name)
            waiting += defined.get(name, ())
            if name in before.macros:
                waiting.append(before.macros[name])
    return frozenset(names)


# The whole file


def _blocks(chunks: list[tuple[int, Chunk]], path: str, bodies: BodyPlaces) -> tuple[Block, ...]:
    """Puts fragments together, so that each block but the first begins with TEXT."""
    groups: list[list[tuple[int, Fragment]]] = [[]]
    for base, chunk in chunks:
        for fragment in chunk.fragments:
            if fragment.is_function:
                groups.append([(base, fragment)])
            elif fragment.text or not groups[-1]:
                groups[-1].append((base, fragment))
    return tuple(_block(group, path, bodies) for group in groups)


def _block(group: list[tuple[int, Fragment]], path: str, bodies: BodyPlaces) -> Block:
    if len(group) == 1:
        base, fragment = group[0]
        return Block(fragment.text, SourceMap(fragment.pieces, base, path, bodies))
    text, pieces = joined(group)
    return Block(text, SourceMap(pieces, 0, path, bodies))


def _inactive(chunks: list[tuple[int, Chunk]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for base, chunk in chunks:
        for start, end in chunk.inactive:
            if spans and spans[-1].end == base + start:
                spans[-1] = Span(spans[-1].start, base + end)
            else:
                spans.append(Span(base + start, base + end))
    return tuple(spans)


def _problems(chunks: list[tuple[int, Chunk]]) -> Iterator[PreprocessProblem]:
    for base, chunk in chunks:
        for problem in chunk.problems:
            yield _problem(base, problem)


def _unclosed(chunks: list[tuple[int, Chunk]]) -> Iterator[PreprocessProblem]:
    """Yields the #ifdef and #ifndef that are open at the end of the file."""
    opened: list[tuple[int, Condition]] = []
    for base, chunk in chunks:
        del opened[chunk.inherited :]
        opened += ((base, condition) for condition in chunk.opened)
    for base, (start, end, word, inner) in opened:
        yield _problem(base, Problem(start, end, f"unclosed #{word}", inner))


def _late_constraints(source: bytes, inactive: tuple[Span, ...]) -> Iterator[PreprocessProblem]:
    """Yields the //go:build comments that the parser rejects (cmd/asm parse.go, nextToken)."""
    for start, end in late_build_comments(source):
        line = source[source.rfind(b"\n", 0, start) + 1 : start].strip()
        if not line.startswith(b"#") and not any(span.contains(start) for span in inactive):
            yield PreprocessProblem(Span(start, end), "misplaced //go:build comment")


def _problem(base: int, problem: Problem) -> PreprocessProblem:
    inner = problem.inner
    return PreprocessProblem(
        Span(problem.start, problem.end).shifted(base),
        problem.message,
        None if inner is None else (inner[0], Span(inner[1], inner[2])),
    )
