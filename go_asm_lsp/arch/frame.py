"""The stack frame the assembler really builds for a declared `$frame-args`, per GOARCH.

The authority is each architecture's preprocess function in cmd/internal/obj: it decides
whether a frame is made at all, what is saved where, and how `name-off(SP)` and
`name+off(FP)` become offsets from the hardware stack pointer. Offsets here are from the
hardware stack pointer as it stands after the prologue. What PUSH, POP and explicit
arithmetic on the stack pointer change later in a function is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class RegionKind(Enum):
    CALLER_HEADER = "caller header"
    RETURN_ADDRESS = "return address"
    CALLER_FRAME_POINTER = "caller's frame pointer"
    SAVED_FRAME_POINTER = "saved frame pointer"
    SAVED_LINK = "saved link register"
    PADDING = "padding"
    LOCALS = "locals"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Region:
    """A run of bytes of the frame; `offset` is from the hardware stack pointer."""

    kind: RegionKind
    offset: int
    size: int
    meaning: str


@dataclass(frozen=True, slots=True)
class PhysicalFrame:
    """What the prologue leaves on the stack.

    `size` is the distance from the hardware stack pointer to its value in the caller at the
    call (so on 386 and amd64 without the return address, which the CALL itself pushes).
    `arguments` is where `x+0(FP)` lies, `locals_top` where `x-0(SP)` would lie. `regions`
    go from high addresses to low.
    """

    size: int
    arguments: int
    locals_top: int
    regions: tuple[Region, ...]
    has_frame: bool
    saves_frame_pointer: bool


@dataclass(frozen=True, slots=True)
class FrameRules:
    """How one architecture lays out a frame.

    `header` is the space kept at the hardware stack pointer of a function with a frame
    (cmd/internal/sys, FixedFrameSize). `link` names the link register, or is None where the
    CALL pushes the return address. `no_frame` is the old spelling of NOFRAME as a negative
    frame size. `calls` are the mnemonics that make a function no leaf.
    """

    word: int
    header: int
    link: str | None
    frame_pointer: str | None
    stack_pointers: tuple[str, ...]
    no_frame: int | None
    round_to: int
    calls: frozenset[str]

    @property
    def stack_pointer(self) -> str:
        """The hardware stack pointer's usual spelling in assembly."""
        return self.stack_pointers[0]


def _rules(
    word: int,
    header: int,
    link: str | None,
    stack_pointers: tuple[str, ...],
    calls: str,
    *,
    frame_pointer: str | None = None,
    no_frame: int | None = None,
    round_to: int = 1,
) -> FrameRules:
    return FrameRules(
        word, header, link, frame_pointer, stack_pointers, no_frame, round_to,
        frozenset(calls.split()),
    )  # fmt: skip


_MIPS_CALLS = "CALL JAL BGEZAL BLTZAL DUFFZERO DUFFCOPY"
_MIPS32 = _rules(4, 4, "R31", ("R29",), _MIPS_CALLS, no_frame=-4)
_MIPS64 = _rules(8, 8, "R31", ("R29",), _MIPS_CALLS, no_frame=-8, round_to=8)
_PPC64 = _rules(8, 32, "LR", ("R1",), "CALL BL BCL DUFFZERO DUFFCOPY", no_frame=-8)

RULES: dict[str, FrameRules] = {
    "386": _rules(4, 0, None, ("SP",), "CALL DUFFZERO DUFFCOPY"),
    "amd64": _rules(8, 0, None, ("SP",), "CALL DUFFZERO DUFFCOPY", frame_pointer="BP"),
    # On arm a division counts as a call: it becomes one.
    "arm": _rules(
        4, 4, "R14", ("R13",), "CALL BL BX DUFFZERO DUFFCOPY DIV DIVU MOD MODU", no_frame=-4
    ),
    "arm64": _rules(8, 8, "R30", ("RSP",), "CALL BL", frame_pointer="R29", no_frame=-8),
    "loong64": _rules(8, 8, "R1", ("R3",), "CALL JAL", round_to=8),
    "mips": _MIPS32,
    "mipsle": _MIPS32,
    "mips64": _MIPS64,
    "mips64le": _MIPS64,
    "ppc64": _PPC64,
    "ppc64le": _PPC64,
    "riscv64": _rules(8, 8, "X1", ("SP", "X2"), "CALL JAL JALR CJALR", no_frame=-8),
    "s390x": _rules(8, 8, "R14", ("R15",), "CALL BL BCL", no_frame=-8),
    "wasm": _rules(8, 0, None, ("SP",), ""),
}


def is_call(goarch: str, mnemonic: str, first_operand: str) -> bool:
    """Tells whether an instruction makes its function no leaf.

    On riscv64 the jumps with a link count only where they keep it in the link register.
    """
    rules = RULES[goarch]
    if mnemonic not in rules.calls:
        return False
    if goarch == "riscv64" and mnemonic != "CALL":
        return first_operand in ("X1", "RA")
    return True


def physical_frame(
    goarch: str, declared: int, *, is_no_frame: bool, makes_calls: bool
) -> PhysicalFrame:
    """Answers the frame made for `$declared`, as the assembler would make it.

    A declared size the assembler rejects (negative, or misaligned for the architecture) is
    answered as the nearest size it accepts, so that a picture can be drawn while typing.
    """
    rules = RULES[goarch]
    if rules.no_frame is not None and declared == rules.no_frame:
        declared, is_no_frame = 0, True
    declared = max(declared, 0)
    if rules.link is None:
        return _pushed_return(goarch, rules, declared, is_no_frame, makes_calls)
    # A leaf without locals has no frame, and NOFRAME demands a declared size of 0.
    has_frame = not is_no_frame and not (declared == 0 and not makes_calls)
    if not has_frame:
        return PhysicalFrame(0, rules.header, 0, (_caller_header(goarch, rules, 0),), False, False)
    if goarch == "arm64":
        return _arm64(rules, declared)
    return _linked(goarch, rules, declared)


def _pushed_return(
    goarch: str, rules: FrameRules, declared: int, is_no_frame: bool, makes_calls: bool
) -> PhysicalFrame:
    # obj6.go: amd64 saves BP unless the function is NOFRAME or a frameless leaf.
    saves = (
        rules.frame_pointer is not None
        and not is_no_frame
        and not (declared == 0 and not makes_calls)
    )
    saved = rules.word if saves else 0
    size = declared + saved
    word = rules.word
    pusher = "the caller" if goarch == "wasm" else "CALL"
    regions = [Region(RegionKind.RETURN_ADDRESS, size, word, f"return address, pushed by {pusher}")]
    if saves:
        regions.append(
            Region(
                RegionKind.SAVED_FRAME_POINTER,
                declared,
                word,
                f"caller's {rules.frame_pointer}, pushed by the prologue",
            )
        )
    if declared:
        regions.append(_locals(0, declared))
    return PhysicalFrame(size, size + word, declared, tuple(regions), size > 0, saves)


def _linked(goarch: str, rules: FrameRules, declared: int) -> PhysicalFrame:
    size = declared + rules.header
    padding = -size % rules.round_to
    size += padding
    regions = [_caller_header(goarch, rules, size)]
    if declared:
        regions.append(_locals(size - declared, declared))
    if padding:
        regions.append(_padding(size - declared - padding, padding))
    if rules.header > rules.word:
        regions.append(
            Region(
                RegionKind.HEADER,
                rules.word,
                rules.header - rules.word,
                "kept by the ABI: CR at 8(R1), TOC at 24(R1)",
            )
        )
    regions.append(_saved_link(rules))
    return PhysicalFrame(size, size + rules.header, size, tuple(regions), True, False)


def _arm64(rules: FrameRules, declared: int) -> PhysicalFrame:
    # obj7.go: frame, link register and 8 or 16 bytes at the top, 16-aligned in all. The
    # function keeps its caller's R29 just below its own stack pointer; so the word at the
    # top of this frame is where the caller keeps the one it saved.
    declared += -declared % 8
    locals_top = declared + rules.word
    extra = 8 if locals_top % 16 == 8 else 16
    size = locals_top + extra
    regions = [
        _caller_header("arm64", rules, size),
        Region(
            RegionKind.CALLER_FRAME_POINTER,
            size - 8,
            8,
            "R29 that the caller saved below its RSP",
        ),
    ]
    if extra == 16:
        regions.append(_padding(size - 16, 8))
    if declared:
        regions.append(_locals(rules.word, declared))
    regions.append(_saved_link(rules))
    regions.append(Region(RegionKind.SAVED_FRAME_POINTER, -8, 8, "caller's R29, saved below RSP"))
    return PhysicalFrame(size, size + rules.word, locals_top, tuple(regions), True, True)


def _caller_header(goarch: str, rules: FrameRules, offset: int) -> Region:
    meaning = f"where the caller keeps its own {rules.link}"
    if rules.header > rules.word:
        meaning = f"the caller's header, its own {rules.link} lowest"
    return Region(RegionKind.CALLER_HEADER, offset, rules.header, meaning)


def _saved_link(rules: FrameRules) -> Region:
    return Region(
        RegionKind.SAVED_LINK, 0, rules.word, f"return address, {rules.link} saved by the prologue"
    )


def _locals(offset: int, size: int) -> Region:
    return Region(RegionKind.LOCALS, offset, size, "locals; arguments of called functions lowest")


def _padding(offset: int, size: int) -> Region:
    return Region(RegionKind.PADDING, offset, size, "padding for alignment")
