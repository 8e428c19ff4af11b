"""A function without a frame changes the frame pointer, which its caller needs.

On amd64 (BP) and arm64 (R29) the frame pointer links the stack frames that profilers and
tracebacks follow. The assembler saves and restores it only in functions with a frame, so a
function declared with `$0` has to leave it alone, or save it first.

Bad:

    TEXT ·f(SB), NOSPLIT, $0-8
        MOVQ $1, BP

Good, with a frame, which makes the assembler save BP:

    TEXT ·f(SB), NOSPLIT, $8-8
        MOVQ $1, BP

As in go vet, only Linux and Darwin are checked, only the straight line from the start of
the function, and not package runtime.
"""

from __future__ import annotations

from collections.abc import Iterator

from go_asm_lsp.arch.model import FramePointer
from go_asm_lsp.checks.diagnostic import Finding, Severity
from go_asm_lsp.semantics.chunk_use import chunk_use
from go_asm_lsp.semantics.facts import FunctionFacts
from go_asm_lsp.syntax.nodes import Instruction, OperandKind

CODE = "framepointer/clobbered"
_SYSTEMS = ("linux", "darwin")


def check(facts: FunctionFacts) -> Iterator[Finding]:
    frame_pointer = facts.arch.frame_pointer
    if frame_pointer is None or facts.configuration.goos not in _SYSTEMS:
        return
    frame = facts.function.text.frame
    if facts.import_path == "runtime" or frame is None or frame.frame != 0:
        return
    total = len(facts.function.block.text)
    for chunk in facts.function.statements.chunks:
        first = chunk_use(chunk, facts.arch, total).first_frame_pointer
        if first is None:
            continue
        if _writes(first, frame_pointer):
            message = "frame pointer is clobbered before saving"
            span = first.operands[-1].span.shifted(chunk.start)
            yield Finding(CODE, span, message, Severity.WARNING)
        return


def _writes(instruction: Instruction, frame_pointer: FramePointer) -> bool:
    if len(instruction.operands) < 2:
        return False
    last = instruction.operands[-1]
    if last.kind is OperandKind.REGISTER:
        return last.text == frame_pointer.register
    return (
        last.kind is OperandKind.REGISTER_PAIR
        and instruction.mnemonic.startswith(frame_pointer.pair_loads)
        and any(register.name == frame_pointer.register for register in last.registers)
    )
