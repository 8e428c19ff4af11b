"""The macros that one run defined and used, as consumers see them, made when asked for."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from go_asm_lsp.preprocess.chunk import Chunk
from go_asm_lsp.preprocess.definition import Defined
from go_asm_lsp.preprocess.environment import Scope
from go_asm_lsp.preprocess.header import Header
from go_asm_lsp.preprocess.model import Macro, MacroUse
from go_asm_lsp.preprocess.source_map import MacroKey
from go_asm_lsp.text import Span


class Macros:
    """The MacroTable of a file's chunks, each with its place in the source."""

    def __init__(self, path: str, predefined: Scope, chunks: list[tuple[int, Chunk]]) -> None:
        self._path = path
        self._predefined = predefined
        self._chunks = chunks

    def body_start(self, key: MacroKey) -> int | None:
        return self._bodies.get(key)

    def definitions(self) -> tuple[Macro, ...]:
        return self._definitions

    def uses(self) -> tuple[MacroUse, ...]:
        return self._uses

    def use_at(self, offset: int) -> MacroUse | None:
        index = bisect_right(self._chunks, offset, key=lambda chunk: chunk[0]) - 1
        base, chunk = self._chunks[max(0, index)]
        wanted = offset - base
        for number in range(len(chunk.uses.keys)):
            name_start, name_end = chunk.uses.places[5 * number : 5 * number + 2]
            if name_start <= wanted <= name_end:
                return self._use(base, chunk, number)
        return None

    @cached_property
    def _bodies(self) -> dict[MacroKey, int]:
        return {
            defined.definition.key: base + defined.body_start
            for base, chunk in self._chunks
            for defined in chunk.definitions
            if isinstance(defined, Defined) and defined.home is None
        }

    @cached_property
    def _definitions(self) -> tuple[Macro, ...]:
        return tuple(self._by_key.values())[len(self._predefined.macros) :]

    @cached_property
    def _by_key(self) -> dict[MacroKey, Macro]:
        by_key: dict[MacroKey, Macro] = {
            definition.key: Defined(definition, "", 0, 0).macro("", 0)
            for definition in self._predefined.macros.values()
        }
        for base, chunk in self._chunks:
            for defined in chunk.definitions:
                if isinstance(defined, Header):
                    by_key.update(defined.by_key)
                else:
                    by_key[defined.definition.key] = self._macro(defined, base)
        return by_key

    def _macro(self, defined: Defined, base: int) -> Macro:
        match defined.home:
            case None:
                return defined.macro(self._path, base)
            case str() as path:
                return defined.macro(path, 0)
            case body:
                return defined.macro(self._path, self._bodies.get(body, 0))

    @cached_property
    def _uses(self) -> tuple[MacroUse, ...]:
        return tuple(
            self._use(base, chunk, number)
            for base, chunk in self._chunks
            for number in range(len(chunk.uses.keys))
        )

    def _use(self, base: int, chunk: Chunk, number: int) -> MacroUse:
        places = chunk.uses.places[5 * number : 5 * number + 5]
        name_start, name_end, call_end, start, end = places
        return MacroUse(
            self._by_key[chunk.uses.keys[number]],
            Span(base + name_start, base + name_end),
            Span(base + name_start, base + call_end),
            chunk.expanded[start:end].decode("utf-8", "surrogateescape"),
        )
