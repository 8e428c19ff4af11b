"""What the words of the language itself mean: directives and pseudo registers.

Instructions and hardware registers differ per architecture and are not listed here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """`usage` shows the form, `meaning` says in a sentence or two what it does."""

    name: str
    usage: str
    meaning: str


_DIRECTIVES = (
    Word(
        "TEXT",
        "TEXT symbol(SB), flags, $frame-arguments",
        "Starts a function. The frame is the bytes of locals the prologue makes room for; the "
        "arguments are the bytes of parameters and results in the caller's frame.",
    ),
    Word(
        "GLOBL",
        "GLOBL symbol(SB), flags, $size",
        "Declares a variable of that many bytes; its content comes from DATA, the rest is zero.",
    ),
    Word(
        "DATA",
        "DATA symbol+offset(SB)/width, value",
        "Sets width bytes (1, 2, 4 or 8, more for a string) of a variable, in the target's byte "
        "order. A GLOBL must declare the variable.",
    ),
    Word(
        "FUNCDATA",
        "FUNCDATA $index, symbol(SB)",
        "Attaches a table to the function, such as its map of pointers in arguments or locals. "
        "Usually written through GO_ARGS or NO_LOCAL_POINTERS of funcdata.h.",
    ),
    Word(
        "PCDATA",
        "PCDATA $index, $value",
        "Sets a value that holds from this instruction on, such as which stack map applies.",
    ),
    Word(
        "PCALIGN",
        "PCALIGN $bytes",
        "Fills with no-operations up to the next address that is a multiple of a power of two.",
    ),
    Word("BYTE", "BYTE $value", "Puts one byte into the instruction stream."),
    Word(
        "WORD",
        "WORD $value",
        "Puts a value into the instruction stream: two bytes on 386 and amd64, four elsewhere.",
    ),
    Word("LONG", "LONG $value", "Puts four bytes into the instruction stream."),
    Word("QUAD", "QUAD $value", "Puts eight bytes into the instruction stream."),
    Word("DWORD", "DWORD $value", "Puts eight bytes into the instruction stream."),
    Word(
        "UNDEF",
        "UNDEF",
        "An instruction that traps; marks code that must not be reached.",
    ),
    Word(
        "NOP",
        "NOP [operand]",
        "Emits nothing. With an operand it tells the assembler's analyses that the operand is "
        "used; for a no-operation that takes space write it as the architecture does.",
    ),
    Word(
        "RET",
        "RET",
        "Returns: takes the frame away as the prologue made it, then goes back to the caller. "
        "RET symbol(SB) leaves the frame and jumps to another function.",
    ),
    Word(
        "GETCALLERPC",
        "GETCALLERPC register",
        "Loads the address this function will return to.",
    ),
)
DIRECTIVES = {word.name: word for word in _DIRECTIVES}

_PSEUDO_REGISTERS = (
    Word(
        "SB",
        "symbol+offset(SB)",
        "Static base: the origin of memory. Names functions and global variables.",
    ),
    Word(
        "FP",
        "name+offset(FP)",
        "Frame pointer, virtual: the start of this function's arguments in the caller's frame. "
        "The name is required and go vet checks it against the Go prototype.",
    ),
    Word(
        "SP",
        "name-offset(SP)",
        "Stack pointer, virtual when a name stands before the offset: the top of this function's "
        "locals, so offsets are negative.",
    ),
    Word(
        "PC",
        "count(PC)",
        "Program counter, counted in instructions as written: 2(PC) is the one after the next.",
    ),
    Word("g", "offset(g)", "The current goroutine's runtime.g."),
)
PSEUDO_REGISTERS = {word.name: word for word in _PSEUDO_REGISTERS}
