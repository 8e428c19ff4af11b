"""Expansions that are the same wherever a macro is named: aliases of registers, constants."""

from __future__ import annotations

from collections.abc import Mapping

from go_asm_lsp.preprocess.definition import Definition
from go_asm_lsp.preprocess.environment import Flat
from go_asm_lsp.preprocess.tokens import would_merge

_MAX_NESTING = 20


def flat_expansion(name: bytes, macros: Mapping[bytes, Definition]) -> Flat | None:
    """Answers a macro's expansion when it is not empty, stays in a line and takes no arguments."""
    parts: list[bytes] = []
    if not _collect(macros[name], macros, parts, has_space=False, nesting=0):
        return None
    tokens = macros[name].tokens
    home = tokens[0].home
    if home is None or any(token.home != home for token in tokens):
        return None
    return Flat(b"".join(parts), len(parts), home, tokens[0].start, tokens[-1].end)


def _collect(
    definition: Definition,
    macros: Mapping[bytes, Definition],
    parts: list[bytes],
    *,
    has_space: bool,
    nesting: int,
) -> bool:
    """Appends an expansion's text to `parts`; False when it is not flat."""
    if definition.parameters is not None or not definition.tokens or nesting > _MAX_NESTING:
        return False
    for index, token in enumerate(definition.tokens):
        if token.text in (b"\n", b"#"):
            return False
        needs_space = token.has_space if index else has_space
        inner = macros.get(token.name) if token.name is not None else None
        if inner is not None:
            if not _collect(inner, macros, parts, has_space=needs_space, nesting=nesting + 1):
                return False
            continue
        if parts and (needs_space or would_merge(parts[-1], token.text)):
            parts.append(b" ")
        parts.append(token.text)
        if len(parts) > 200:
            return False
    return True
