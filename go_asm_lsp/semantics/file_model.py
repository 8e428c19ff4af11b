"""Puts a preprocessed file, its parsed blocks and the Go side together into one model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from go_asm_lsp.golang.model import ArgumentFrame, BuildConfiguration, GoPlace, Prototype
from go_asm_lsp.preprocess.model import Block, Preprocessed
from go_asm_lsp.semantics.model import Declaration, FileModel, Function
from go_asm_lsp.semantics.statements import Chunk, Statements, read_chunks
from go_asm_lsp.syntax.nodes import ParsedText, SymbolName, Text
from go_asm_lsp.text import Span


class Declarations(Protocol):
    """What the Go package of the same configuration declares without a body."""

    def prototype(self, name: str) -> Prototype | None: ...

    def frame(self, name: str) -> ArgumentFrame | None: ...


_EMPTY = ParsedText((), ())


def build_model(
    path: str,
    source: bytes,
    configuration: BuildConfiguration,
    import_path: str,
    preprocessed: Preprocessed,
    declarations: Declarations | None,
    find_prototype_place: Callable[[], GoPlace | None] | None = None,
) -> FileModel:
    """Builds one file's facts; `declarations` is None where there is no Go package.

    `find_prototype_place` answers where a missing prototype may be written; it is asked only
    when one is missing.
    """
    prelude = _EMPTY
    functions: list[Function] = []
    problems = [(problem.span, problem.message) for problem in preprocessed.problems]
    total = sum(len(block.text) for block in preprocessed.blocks)
    for block in preprocessed.blocks:
        chunks = read_chunks(block.text, total)
        for chunk in chunks:
            for problem in chunk.problems:
                span = block.source_map.origin(problem.span.shifted(chunk.start)).span
                problems.append((span, problem.message))
        text = chunks[0].statements[0] if chunks[0].statements else None
        if isinstance(text, Text):
            function = _function(text, chunks, block, source, import_path, declarations)
            if function.declaration is Declaration.MISSING and find_prototype_place:
                function = replace(function, prototype_place=find_prototype_place())
            functions.append(function)
        elif block is preprocessed.blocks[0]:
            prelude = ParsedText(tuple(Statements(chunks)), ())
    return FileModel(
        path=path,
        source=source,
        configuration=configuration,
        import_path=import_path,
        preprocessed=preprocessed,
        prelude=prelude,
        functions=tuple(functions),
        problems=tuple(sorted(problems)),
    )


def _function(
    text: Text,
    chunks: tuple[Chunk, ...],
    block: Block,
    source: bytes,
    import_path: str,
    declarations: Declarations | None,
) -> Function:
    first = replace(chunks[0], statements=chunks[0].statements[1:])
    declaration, prototype = _declaration(text.symbol, import_path, declarations)
    frame = declarations.frame(prototype.name) if declarations and prototype else None
    return Function(
        text=text,
        statements=Statements((first, *chunks[1:])),
        block=block,
        frame=frame,
        prototype=prototype,
        declaration=declaration,
        written_flags=_written_flags(text, block, source),
    )


def _declaration(
    symbol: SymbolName | None, import_path: str, declarations: Declarations | None
) -> tuple[Declaration, Prototype | None]:
    """Decides what a TEXT line's name means on the Go side, as asmdecl does."""
    if declarations is None or symbol is None:
        return Declaration.UNKNOWN, None
    if symbol.package is None or symbol.package not in ("", import_path):
        return Declaration.FOREIGN, None
    if symbol.is_static:
        return Declaration.LOCAL, None
    prototype = declarations.prototype(symbol.name)
    return (Declaration.DECLARED if prototype else Declaration.MISSING), prototype


def _written_flags(text: Text, block: Block, source: bytes) -> str:
    if text.flags_span is None:
        return ""
    span: Span = block.source_map.origin(text.flags_span).span
    return source[span.start : span.end].decode("utf-8", "surrogateescape")
