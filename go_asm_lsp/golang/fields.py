"""Finds a struct's field by name, through embedded structs."""

from __future__ import annotations

from go_asm_lsp.golang.types import Field, Named, Pointer, Struct, Type, unalias, underlying


def find_field(type_: Type, name: str) -> tuple[Field, ...] | None:
    """Answers the fields that lead from a struct, or a pointer to one, to its field `name`.

    All but the last are embedded. None when there is no such field at the shallowest depth
    that has one, or more than one.
    """
    level: list[tuple[Type, tuple[Field, ...]]] = [(_dereferenced(type_), ())]
    seen: set[int] = set()
    while level:
        found: list[tuple[Field, ...]] = []
        following: list[tuple[Type, tuple[Field, ...]]] = []
        for owner, path in level:
            struct = underlying(owner)
            if id(owner) in seen or not isinstance(struct, Struct):
                continue
            seen.add(id(owner))
            for field in struct.fields:
                if field.name == name:
                    found.append((*path, field))
                elif field.is_embedded:
                    following.append((_dereferenced(field.type.get()), (*path, field)))
        if found:
            return found[0] if len(found) == 1 else None
        level = following
    return None


def _dereferenced(type_: Type) -> Type:
    pointer = underlying(type_) if not isinstance(type_, Named) else type_
    return unalias(pointer.element.get()) if isinstance(pointer, Pointer) else unalias(type_)
