"""The components of a prototype's arguments and results, with what each of them is.

asmdecl names them (`b_base`, `b_len`); this adds the words for people and keeps their number
bounded, since one array may have millions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from go_asm_lsp.golang.model import ArgumentFrame, FrameEntry, Layout, Parameter, Part

# Types nested deeper than this, or with more leaves, are shown whole.
_DEEPEST = 8
_MOST_LEAVES = 16

_MEANINGS = {
    ("string", "_base"): "pointer to the string's bytes",
    ("string", "_len"): "length of the string in bytes",
    ("slice", "_base"): "pointer to the slice's first element",
    ("slice", "_len"): "length of the slice",
    ("slice", "_cap"): "capacity of the slice",
    ("interface", "_itable"): "interface table: dynamic type and methods",
    ("interface", "_data"): "data word of the interface",
    ("empty interface", "_type"): "dynamic type of the interface",
    ("empty interface", "_data"): "data word of the interface",
    ("complex", "_real"): "real part",
    ("complex", "_imag"): "imaginary part",
}
# The path before a type's name, in the spelling of types.Type.String(). Import paths may hold
# dots, but not the last one before a name.
_QUALIFIER = re.compile(r"(?<![\w.~+/-])((?:[\w.~+-]+/)*[\w~+-]+(?:\.[\w~+-]+)*)\.(?=[^\W\d]\w*)")
_HALVES = {"_lo": "low half", "_hi": "high half"}


@dataclass(frozen=True, slots=True)
class Component:
    """A parameter, a result, or a part of one. `offset` is from FP.

    `is_leaf` tells that nothing inside is listed. `meaning` is "" for a whole parameter.
    """

    name: str
    type: str
    offset: int
    size: int
    depth: int
    meaning: str
    is_leaf: bool
    parameter: Parameter

    @property
    def operand(self) -> str:
        return f"{self.name}+{self.offset}(FP)"


def components(frame: ArgumentFrame, import_path: str = "") -> Iterator[Component]:
    """Lists each parameter and, after it, its parts down to what is worth showing.

    Types are spelled as in the package `import_path`.
    """
    for entry in frame.entries:
        for component in _walk(entry, entry.layout, entry.parameter.name, entry.offset, 0, ""):
            yield replace(component, type=short_type(component.type, import_path))


def component_at(frame: ArgumentFrame, name: str, import_path: str = "") -> Component | None:
    """Finds a component by asmdecl name, deeper than `components` may go."""
    slot = frame.slot(name)
    if slot is None:
        return None
    for component in components(frame, import_path):
        if component.name == slot.name and component.offset == slot.offset:
            return component
    meaning = f"part of {slot.parameter.name}"
    type_ = short_type(slot.type, import_path)
    return Component(
        slot.name, type_, slot.offset, slot.size, slot.depth, meaning, True, slot.parameter
    )


def short_type(type_: str, import_path: str = "") -> str:
    """Spells a type with package names for import paths, and its own package's without."""

    def shorten(match: re.Match[str]) -> str:
        path = match[1]
        if path == import_path:
            return ""
        elements = path.split("/")
        # The last element of a path may be a major version, which names no package.
        is_version = len(elements) > 1 and re.fullmatch(r"v[0-9]+", elements[-1])
        return elements[-2 if is_version else -1] + "."

    return _QUALIFIER.sub(shorten, type_)


def _walk(
    entry: FrameEntry, layout: Layout, name: str, offset: int, depth: int, meaning: str
) -> Iterator[Component]:
    leaves = _count_leaves(layout, _DEEPEST - depth)
    is_leaf = leaves == 1 or leaves > _MOST_LEAVES
    yield Component(
        name, layout.type, offset, layout.size, depth, meaning, is_leaf, entry.parameter
    )
    if is_leaf:
        return
    for part in layout.parts:
        text = _meaning(layout, part.suffix)
        inner = replace(part.layout, type=_part_type(layout, part))
        yield from _walk(entry, inner, name + part.suffix, offset + part.offset, depth + 1, text)
    if layout.element:
        for index in range(layout.count):
            start = offset + index * layout.element.size
            text = f"element {index}"
            yield from _walk(entry, layout.element, f"{name}_{index}", start, depth + 1, text)


def _count_leaves(layout: Layout, depth: int) -> int:
    """Counts leaves, stopping just past the bound; a layout too deep is one leaf."""
    if depth <= 0 or (not layout.parts and not layout.element):
        return 1
    if layout.element:
        return min(_count_leaves(layout.element, depth - 1) * layout.count, _MOST_LEAVES + 1) or 1
    count = 0
    for part in layout.parts:
        count += _count_leaves(part.layout, depth - 1)
        if count > _MOST_LEAVES:
            break
    return count


def _meaning(container: Layout, suffix: str) -> str:
    if isinstance(container.kind, int):
        return _HALVES.get(suffix, "")
    fixed = _MEANINGS.get((container.kind, suffix))
    return fixed or f"field {suffix.removeprefix('_')}"


def _part_type(container: Layout, part: Part) -> str:
    """Answers a Go type to read the part with; asmdecl only has words for most."""
    match container.kind, part.suffix:
        case "string", "_base":
            return "*byte"
        case "slice", "_base":
            is_literal = container.type.startswith("[]")
            return "*" + container.type.removeprefix("[]") if is_literal else "unsafe.Pointer"
        case (("string" | "slice"), ("_len" | "_cap")):
            return "int"
        case (("interface" | "empty interface"), _):
            return "unsafe.Pointer"
        case "complex", _:
            return f"float{8 * part.layout.size}"
        case int(), ("_lo" | "_hi"):
            is_low = part.suffix == "_lo" or container.type.startswith("u")
            return "uint32" if is_low else "int32"
    return part.layout.type
