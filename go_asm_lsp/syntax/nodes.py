"""The statements and operands of one text, as frozen values.

`syntax.parser.statements` makes them from a tree; nothing else looks inside a tree for
their meaning. Spans are byte offsets into the text that was parsed. Whether a word is a
register or a mnemonic is not known here: that depends on the architecture.

What stands on nearly every line is a named tuple: a frozen dataclass of as many fields takes
ten times as long to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from go_asm_lsp.text import Span


class SymbolName(NamedTuple):
    """A symbol's name as written: `·f`, `pkg∕path·f`, `f<>`, `f<ABIInternal>`, `f`.

    `package` is the text before the last middle dot with `∕` as `/` and inner `·` as `.`:
    "" for `·f` (this package), None for a name without a dot.
    `name` is the rest, without `<…>`.
    """

    span: Span
    package: str | None
    name: str
    is_static: bool = False  # written with <>
    abi: str | None = None  # "ABI0" or "ABIInternal" when a selector is written


class OperandKind(Enum):
    IMMEDIATE = "immediate"  # $8, $(1<<3), $3.14, $"text"
    ADDRESS = "address"  # $x+8(FP), $·sym(SB), $8(R1)
    MEMORY = "memory"  # x+8(FP), ·sym(SB), 8(R1)(R2*4), (R1), 2(PC), 0x30(FS)
    REGISTER = "register"  # a bare word, with any arrangement: AX, V1.B16, Z0.B, loop, PLDL1KEEP
    REGISTER_LIST = "register_list"  # [R0,g,R12-R15], [V0.B16-V3.B16]
    REGISTER_PAIR = "register_pair"  # (R5, R6)
    SHIFT = "shift"  # R1<<2, R1->R2, R1@>3, R0.UXTB<<2
    INDIRECT = "indirect"  # *target
    INTEGER = "integer"  # a number without $, as in PCALIGN operands of old code or BYTE arguments
    OTHER = "other"  # anything else the grammar accepts, SPR(268) for one


class Register(NamedTuple):
    """A word in a register's place: `AX`, `R1`, `SP`; `scale` is the factor in `(R1*8)`."""

    span: Span
    name: str
    scale: int = 1


class Operand(NamedTuple):
    """One operand.

    `symbol`, `offset`, `base` and `index` are those of ADDRESS and MEMORY. `offset` is the
    value of the written displacement (0 when none is written, None when it has a name the
    text alone cannot resolve); `offset_span` covers its text, sign included, or is None.
    `value` is the number of an IMMEDIATE or INTEGER when it is one.
    `registers` are all registers named anywhere in the operand, in order of appearance.
    """

    span: Span
    kind: OperandKind
    text: str
    symbol: SymbolName | None = None
    offset: int | None = None
    offset_span: Span | None = None
    base: Register | None = None
    index: Register | None = None  # type: ignore[assignment]  # hides tuple.index, unused
    value: int | None = None
    registers: tuple[Register, ...] = ()

    @property
    def is_frame_argument(self) -> bool:
        """Tells whether this is `name+off(FP)` or `off(FP)`, with or without `$`."""
        return self.base is not None and self.base.name == "FP"


@dataclass(frozen=True, slots=True)
class FrameSize:
    """The `$frame-args` of a TEXT line, in bytes; a part is None when absent or not a number."""

    span: Span
    frame: int | None
    arguments: int | None
    frame_span: Span
    arguments_span: Span | None


@dataclass(frozen=True, slots=True)
class Text:
    """`TEXT symbol(SB), flags, $frame-args`.

    `flags` are the words as written (`NOSPLIT`, `7`), in order; `flags_span` is None when
    the operand is absent or empty.
    """

    span: Span
    keyword: Span
    symbol: SymbolName | None
    symbol_offset: int | None
    flags: tuple[str, ...]
    flags_span: Span | None
    frame: FrameSize | None


@dataclass(frozen=True, slots=True)
class Globl:
    """`GLOBL symbol(SB), flags, $size`."""

    span: Span
    symbol: SymbolName | None
    flags: tuple[str, ...]
    flags_span: Span | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Data:
    """`DATA symbol+offset(SB)/width, value`."""

    span: Span
    symbol: SymbolName | None
    offset: int | None
    width: int | None
    value: Operand | None


class Label(NamedTuple):
    """`name:`. `span` is the name's; an instruction may follow on the same line."""

    span: Span
    name: str


class Instruction(NamedTuple):
    """A mnemonic with its suffixes and operands. FUNCDATA, PCDATA, BYTE and the like too.

    `mnemonic` is without suffixes; `suffixes` are without their dots (`MOVD.P` has ("P",)).
    """

    span: Span
    mnemonic: str
    mnemonic_span: Span  # suffixes not included
    suffixes: tuple[str, ...]
    operands: tuple[Operand, ...]


Statement = Text | Globl | Data | Label | Instruction


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """A place where the text is not Go assembly, with a message for the user."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class ParsedText:
    """All statements of one text in source order, and what was wrong with it."""

    statements: tuple[Statement, ...]
    problems: tuple[SyntaxProblem, ...]
