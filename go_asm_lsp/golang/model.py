"""What the Go side answers: configurations, prototypes and ABI0 frames, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field

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
class BuildConfiguration:
    """One way to build a package. `tags` are the user's own (-tags)."""

    goos: str
    goarch: str
    tags: frozenset[str] = field(default_factory=frozenset)
    cgo: bool = False


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
class Slot:
    """One addressable component of the argument frame, as asmdecl names it.

    `kind` is the byte size for what one instruction can move, else one of "string", "slice",
    "array", "interface", "empty interface", "struct", "complex". Offsets are from FP, in bytes.
    `inner` are the names of the directly contained components, in asmdecl's order.
    """

    name: str
    kind: int | str
    type: str
    offset: int
    size: int
    inner: tuple[str, ...]
    parameter: Parameter
    depth: int  # 0 for the parameter itself


@dataclass(frozen=True, slots=True)
class ArgumentFrame:
    """The ABI0 argument frame of a prototype on one architecture.

    `size` is what `$…-args` must say, in bytes. `slots` has every component by name;
    a later one of the same name hides an earlier one, as in asmdecl.
    """

    prototype: Prototype
    size: int
    slots: tuple[Slot, ...]

    def slot(self, name: str) -> Slot | None:
        """Finds a component by asmdecl name, the last declared first."""
        return next((slot for slot in reversed(self.slots) if slot.name == name), None)

    def slot_at(self, offset: int) -> Slot | None:
        """Finds the innermost, last declared component that holds the byte at `offset`."""
        for slot in reversed(self.slots):
            if slot.offset <= offset < slot.offset + slot.size:
                return slot
        return None
