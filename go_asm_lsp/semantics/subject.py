"""The kinds of things a cursor in a .s file can be on. `cursor` finds them.

`span` is always the thing's place in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from go_asm_lsp.preprocess.model import Include, Macro, MacroUse
from go_asm_lsp.semantics.model import Function
from go_asm_lsp.syntax.nodes import Operand, Statement, SymbolName
from go_asm_lsp.text import Span


class TextPart(Enum):
    KEYWORD = "keyword"
    FLAGS = "flags"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class OnInclude:
    span: Span
    include: Include


@dataclass(frozen=True, slots=True)
class OnMacro:
    """`use` is None on the macro's own definition."""

    span: Span
    macro: Macro
    use: MacroUse | None


@dataclass(frozen=True, slots=True)
class OnMacroParameter:
    span: Span
    macro: Macro
    name: str
    declared: Span


@dataclass(frozen=True, slots=True)
class OnText:
    span: Span
    function: Function
    part: TextPart


@dataclass(frozen=True, slots=True)
class OnSymbol:
    """`statement` names the symbol; `is_definition` on TEXT and GLOBL."""

    span: Span
    symbol: SymbolName
    statement: Statement
    function: Function | None
    is_definition: bool


@dataclass(frozen=True, slots=True)
class OnFrame:
    """An operand that is a place in the frame: by FP, or by the pseudo or hardware SP."""

    span: Span
    operand: Operand
    function: Function


@dataclass(frozen=True, slots=True)
class OnLabel:
    span: Span
    name: str
    function: Function | None
    is_definition: bool


@dataclass(frozen=True, slots=True)
class OnMnemonic:
    """The first word of an instruction or directive."""

    span: Span
    statement: Statement
    function: Function | None


@dataclass(frozen=True, slots=True)
class OnRegister:
    span: Span
    name: str
    operand: Operand
    function: Function | None


@dataclass(frozen=True, slots=True)
class OnNumber:
    span: Span
    value: int
    operand: Operand


Subject = (
    OnInclude
    | OnMacro
    | OnMacroParameter
    | OnText
    | OnSymbol
    | OnFrame
    | OnLabel
    | OnMnemonic
    | OnRegister
    | OnNumber
)
