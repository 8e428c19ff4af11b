"""The frame and argument size that a TEXT line declares, as asmdecl reads them."""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.arch.model import Arch
from go_asm_lsp.semantics.function_flags import is_no_frame
from go_asm_lsp.semantics.model import Function


@dataclass(frozen=True, slots=True)
class DeclaredSizes:
    """In bytes; 0 for what is left out, None for what is written but is not a number."""

    frame: int | None
    arguments: int | None


def declared_sizes(function: Function) -> DeclaredSizes:
    text = function.text
    if text.frame is None or _has_empty_operand(function):
        return DeclaredSizes(0, 0)
    arguments = text.frame.arguments if text.frame.arguments_span else 0
    return DeclaredSizes(text.frame.frame, arguments)


def arguments_start(function: Function, arch: Arch) -> int | None:
    """Answers from which offset from the stack pointer on asmdecl sees the arguments.

    It counts a word for the return address, or for the caller's saved link register and
    another for our own, and no other padding. None where the frame is not known.
    """
    frame = declared_sizes(function).frame
    if frame is None:
        return None
    words = 2 if arch.has_link_register and not is_no_frame(function) else 1
    return frame + words * arch.pointer_size


def _has_empty_operand(function: Function) -> bool:
    """Tells whether nothing stands between two commas, after which asmdecl reads no sizes.

    The assembler rejects such a line.
    """
    text = function.text
    if text.flags_span or text.symbol is None or text.frame is None:
        return False
    between = function.block.text[text.symbol.span.end : text.frame.span.start]
    return between.count(b",") > 1
