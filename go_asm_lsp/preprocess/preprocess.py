"""Expands one .s file: text for the parser in blocks, with the way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import pairwise

from go_asm_lsp.preprocess.expander import Defined, Definition, Expander, IncludeResolver
from go_asm_lsp.preprocess.model import (
    Block,
    Include,
    Macro,
    MacroKey,
    MacroUse,
    Piece,
    Preprocessed,
    PreprocessProblem,
    SourceMap,
)
from go_asm_lsp.preprocess.tokens import function_starts, tokens
from go_asm_lsp.text import Span


class BlockCache:
    """Results of earlier runs, to be passed to the next one."""


def preprocess(
    source: bytes,
    path: str,
    predefined: Mapping[str, str],
    resolve: IncludeResolver,
    cache: BlockCache | None = None,
) -> Preprocessed:
    """Runs the directives and macros of a file as cmd/asm's lexer would."""
    macros = {}
    for name, value in predefined.items():
        body = tuple(tokens(value.encode(), ""))
        macros[name.encode()] = Definition(name.encode(), None, value.encode(), body, "", 0)
    expander = Expander(source, path, macros, resolve)
    start = list(macros.values())
    expander.run()
    expanded = b"".join(expander.out)
    starts = {
        (d.definition.name, d.definition.ordinal): d.body_start
        for d in expander.definitions
        if d.home is None
    }
    predefined_macros = [_macro(Defined(d, "", 0, 0), starts, path) for d in start]
    places = {(d.name, d.ordinal, d.path): m for d, m in zip(start, predefined_macros, strict=True)}
    definitions = []
    for defined in expander.definitions:
        macro = _macro(defined, starts, path)
        definitions.append(macro)
        places[(defined.definition.name, defined.definition.ordinal, defined.definition.path)] = (
            macro
        )
    uses = tuple(
        MacroUse(
            places[(use.definition.name, use.definition.ordinal, use.definition.path)],
            Span(use.name_start, use.name_start + len(use.definition.name)),
            Span(use.name_start, use.call_end),
            expanded[use.start : use.end].decode("utf-8", "surrogateescape"),
        )
        for use in sorted(expander.uses, key=lambda use: use.name_start)
    )
    return Preprocessed(
        blocks=_blocks(expanded, expander.pieces, path, starts),
        definitions=tuple(definitions),
        uses=uses,
        includes=tuple(
            Include(Span(i.start, i.end), i.written, i.resolved) for i in expander.includes
        ),
        inactive=tuple(Span(start, end) for start, end in expander.inactive),
        problems=tuple(
            PreprocessProblem(
                Span(p.start, p.end),
                p.message,
                (p.inner[0], Span(p.inner[1], p.inner[2])) if p.inner else None,
            )
            for p in expander.problems
        ),
    )


def _macro(defined: Defined, starts: Mapping[MacroKey, int], path: str) -> Macro:
    definition = defined.definition
    shift = 0
    where = defined.home
    if isinstance(where, tuple):
        shift = starts.get(where, 0)
    file = where if isinstance(where, str) else path
    name_start = defined.name_start + shift
    body_start = defined.body_start + shift
    parameters = definition.parameters
    return Macro(
        _text(definition.name),
        None if parameters is None else tuple(_text(parameter) for parameter in parameters),
        _text(definition.body),
        file,
        Span(name_start, name_start + len(definition.name)),
        Span(body_start, body_start + len(definition.body)),
    )


def _blocks(
    text: bytes, pieces: list[Piece], path: str, starts: Mapping[MacroKey, int]
) -> tuple[Block, ...]:
    cuts = [0, *function_starts(text), len(text)]
    blocks = []
    keys = [piece.start for piece in pieces]
    for start, end in pairwise(cuts):
        first = max(0, bisect_right(keys, start) - 1)
        last = bisect_right(keys, end - 1) if end > start else first + 1
        own = tuple(_shifted(piece, start) for piece in pieces[first:last])
        blocks.append(Block(text[start:end], SourceMap(own, 0, path, starts)))
    return tuple(blocks)


def _shifted(piece: Piece, start: int) -> Piece:
    cut = max(0, start - piece.start)
    inner = piece.inner_start + cut if piece.home is not None else 0
    source = piece.source_start + cut if piece.is_verbatim else piece.source_start
    return piece._replace(start=max(0, piece.start - start), source_start=source, inner_start=inner)


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
