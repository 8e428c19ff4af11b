"""What the Go side answers: configurations, prototypes and ABI0 frames, as frozen values."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from go_asm_lsp.text import Span

GOARCHES = (
    "386",
    "amd64",
    "arm",
    "arm64",
    "loong64",
    "mips",
    "mipsle",
    "mips64",
    "mips64le",
    "ppc64",
    "ppc64le",
    "riscv64",
    "s390x",
    "wasm",
)


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What build constraints can ask of a Go release: go1.N tags, experiments, CPU levels.

    The defaults are those of the newest release known here. `experiments` are the lower-case
    names enabled wherever a platform supports them. `levels` are variables such as
    ("GOAMD64", "v3"); one that is missing has Go's default.
    """

    minor: int = 27
    experiments: frozenset[str] = frozenset(
        (
            "regabiwrappers",
            "regabiargs",
            "dwarf5",
            "randomizedheapbase64",
            "greenteagc",
            "jsonv2",
            "sizespecializedmalloc",
        )
    )
    levels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BuildConfiguration:
    """One way to build a package. `tags` are the user's own (-tags)."""

    goos: str
    goarch: str
    tags: frozenset[str] = field(default_factory=frozenset)
    cgo: bool = False
    toolchain: Toolchain = Toolchain()


@dataclass(frozen=True, slots=True)
class GoPlace:
    """A span of bytes in a Go file."""

    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named or unnamed parameter or result as declared.

    `name` is asmdecl's: the declared one, or arg, arg1, ret, ret1, … by position.
    `type` is spelled as `types.Type.String()` does, or as in the source when unknown.
    """

    name: str
    is_named: bool
    is_result: bool
    type: str
    place: GoPlace  # the name, or the type when unnamed


@dataclass(frozen=True, slots=True)
class Prototype:
    """A Go function declaration without a body (or, for hover, with one)."""

    name: str
    signature: str  # one line, as in the source: func f(a int) (ok bool)
    doc: str  # the doc comment's text without // and /* */
    place: GoPlace  # the name
    parameters: tuple[Parameter, ...]
    has_body: bool = False


@dataclass(frozen=True, slots=True)
class GoDeclaration:
    """A name declared at package scope."""

    name: str
    kind: Literal["const", "type", "var", "func"]
    place: GoPlace  # the name
    doc: str
    source: str  # as written, a function without its body


@dataclass(frozen=True, slots=True)
class Layout:
    """How asmdecl takes a type apart: one component and those directly inside it.

    Sizes and offsets are in bytes. `kind` is as in `Slot`. A struct, string, slice, interface,
    complex and a halved 8-byte value list their parts in `parts`; an array has `count` parts
    of layout `element`, which are not spelled out because there may be a million of them.
    """

    kind: int | str
    type: str
    size: int
    align: int
    parts: tuple[Part, ...] = ()
    element: Layout | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A component inside another; `suffix` is what its name adds, such as "_len"."""

    suffix: str
    offset: int  # from the start of the containing component
    layout: Layout


@dataclass(frozen=True, slots=True)
class Slot:
    """One addressable component of the argument frame, as asmdecl names it.

    `kind` is the byte size for what one instruction can move, else one of "string", "slice",
    "array", "interface", "empty interface", "struct", "complex". Offsets are from FP, in bytes.
    `inner` are the fixed parts asmdecl lists in its messages: those of a string, slice,
    interface, complex or halved value, but not struct fields and array elements.
    """

    name: str
    kind: int | str
    type: str
    offset: int
    size: int
    inner: tuple[Slot, ...]
    parameter: Parameter
    depth: int  # 0 for the parameter itself


@dataclass(frozen=True, slots=True)
class FrameEntry:
    """A parameter or result in the frame."""

    parameter: Parameter
    offset: int  # from FP
    layout: Layout


@dataclass(frozen=True, slots=True)
class ArgumentFrame:
    """The ABI0 argument frame of a prototype on one architecture.

    `size` is what `$…-args` must say, in bytes. Arguments come first, then results.
    Components are not spelled out (a frame may have millions): ask by name or offset,
    or iterate `slots()` and stop when you have enough.

    When the type of some parameter is unknown, `is_complete` is false: the entries are those
    before it, and `size` means nothing.
    """

    prototype: Prototype
    size: int
    entries: tuple[FrameEntry, ...]
    is_complete: bool = True

    def slot(self, name: str) -> Slot | None:
        """Finds a component by asmdecl name; of several with one name the last declared."""
        for entry in reversed(self.entries):
            start = entry.parameter.name
            if name.startswith(start):
                slot = _find_name(entry, name[len(start) :])
                if slot:
                    return slot
        return None

    def slot_at(self, offset: int) -> Slot | None:
        """Finds the innermost, last declared component that holds the byte at `offset`."""
        last = bisect_right(self.entries, offset, key=lambda entry: entry.offset)
        for entry in reversed(self.entries[:last]):
            if entry.layout.size:
                is_inside = offset < entry.offset + entry.layout.size
                return _find_offset(entry, offset) if is_inside else None
        return None

    def slots(self) -> Iterator[Slot]:
        """Lists the components in asmdecl's order: a container before what it contains."""
        for entry in self.entries:
            yield from _walk(entry)


_INDEX = re.compile(r"_(0|[1-9][0-9]*)(?=_|$)")
_FIXED_PARTS = ("string", "slice", "interface", "empty interface", "complex")


def _slot(entry: FrameEntry, layout: Layout, suffix: str, offset: int, depth: int) -> Slot:
    inner: tuple[Slot, ...] = ()
    if layout.kind in _FIXED_PARTS or isinstance(layout.kind, int):
        inner = tuple(
            _slot(entry, part.layout, suffix + part.suffix, offset + part.offset, depth + 1)
            for part in layout.parts
        )
    return Slot(
        name=entry.parameter.name + suffix,
        kind=layout.kind,
        type=layout.type,
        offset=offset,
        size=layout.size,
        inner=inner,
        parameter=entry.parameter,
        depth=depth,
    )


def _find_name(entry: FrameEntry, suffix: str) -> Slot | None:
    # Field names may hold underscores, so one name can split in several ways: keep them all.
    pending = [(entry.layout, 0, entry.offset, 0)]
    tried: set[tuple[int, int]] = set()
    while pending:
        layout, taken, offset, depth = pending.pop()
        if taken == len(suffix):
            return _slot(entry, layout, suffix, offset, depth)
        if (id(layout), taken) in tried:
            continue
        tried.add((id(layout), taken))
        # Parts are stacked in declared order so that the last declared is tried first.
        for part in layout.parts:
            if suffix.startswith(part.suffix, taken):
                end = taken + len(part.suffix)
                if end == len(suffix) or suffix[end] == "_":
                    pending.append((part.layout, end, offset + part.offset, depth + 1))
        if layout.element:
            index = _INDEX.match(suffix, taken)
            # More digits than any array length: not an element, and costly to convert.
            if index and len(index[1]) < 20 and int(index[1]) < layout.count:
                start = offset + int(index[1]) * layout.element.size
                pending.append((layout.element, index.end(), start, depth + 1))
    return None


def _find_offset(entry: FrameEntry, offset: int) -> Slot:
    layout, suffix, start, depth = entry.layout, "", entry.offset, 0
    while True:
        if layout.element and layout.element.size:
            index = (offset - start) // layout.element.size
            start += index * layout.element.size
            suffix += f"_{index}"
            layout = layout.element
        else:
            part = _part_at(layout, offset - start)
            if part is None:
                return _slot(entry, layout, suffix, start, depth)
            start += part.offset
            suffix += part.suffix
            layout = part.layout
        depth += 1


def _part_at(layout: Layout, offset: int) -> Part | None:
    last = bisect_right(layout.parts, offset, key=lambda part: part.offset)
    for part in reversed(layout.parts[:last]):
        if part.layout.size:
            return part if offset < part.offset + part.layout.size else None
    return None


def _walk(entry: FrameEntry) -> Iterator[Slot]:
    # Each step is a component and what is left to do inside it; types may nest deeply.
    yield _slot(entry, entry.layout, "", entry.offset, 0)
    pending = [_components(entry.layout, "", entry.offset)]
    while pending:
        following = next(pending[-1], None)
        if following is None:
            pending.pop()
            continue
        layout, suffix, offset = following
        yield _slot(entry, layout, suffix, offset, len(pending))
        if layout.parts or layout.element:
            pending.append(_components(layout, suffix, offset))


def _components(layout: Layout, suffix: str, offset: int) -> Iterator[tuple[Layout, str, int]]:
    for part in layout.parts:
        yield part.layout, suffix + part.suffix, offset + part.offset
    if layout.element:
        for index in range(layout.count):
            yield layout.element, f"{suffix}_{index}", offset + index * layout.element.size
