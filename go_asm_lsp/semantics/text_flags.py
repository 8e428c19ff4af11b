"""What the flags of TEXT and GLOBL are called and mean, by name and by number.

The names and values are those of GOROOT/pkg/include/textflag.h. Which flags make sense
together is left to the assembler and the linker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flag:
    name: str
    value: int
    meaning: str


FLAGS = (
    Flag("NOPROF", 1, "not to be profiled; deprecated, nothing reads it"),
    Flag("DUPOK", 2, "several definitions of this symbol may exist, the linker keeps one"),
    Flag("NOSPLIT", 4, "no check for stack space at entry, so the stack is not grown here"),
    Flag("RODATA", 8, "data that is never written, placed in read-only memory"),
    Flag("NOPTR", 16, "data without pointers, which the garbage collector skips"),
    Flag("WRAPPER", 32, "a wrapper: left out of tracebacks, and recover sees through it"),
    Flag("NEEDCTXT", 64, "a closure: the context register holds its captured variables"),
    Flag("LOCAL", 128, "a symbol that other modules of a dynamically linked program do not see"),
    Flag("TLSBSS", 256, "a word of thread-local storage; the symbol is its offset"),
    Flag("NOFRAME", 512, "no frame is made and no link register saved; demands a size of 0"),
    Flag("REFLECTMETHOD", 1024, "may look up methods by name through reflect.Type"),
    Flag("TOPFRAME", 2048, "the outermost frame of a stack: unwinding stops here"),
    Flag("ABIWRAPPER", 4096, "translates between ABI0 and ABIInternal"),
    Flag("PKGINIT", 8192, "a package initialisation function made by the compiler"),
)
_VALUES = {flag.name: flag.value for flag in FLAGS}


def flag_value(words: Iterable[str]) -> int | None:
    """Adds up the flags as written (`NOSPLIT`, `7`, `0x10`); None when one is not known."""
    value = 0
    for word in words:
        known = _VALUES.get(word)
        if known is None:
            known = _number(word)
        if known is None:
            return None
        value |= known
    return value


def flags_in(value: int) -> tuple[tuple[Flag, ...], int]:
    """Splits a number into known flags, and what remains of it."""
    flags = tuple(flag for flag in FLAGS if value & flag.value)
    return flags, value & ~sum(flag.value for flag in flags)


def _number(word: str) -> int | None:
    try:
        # Go's octal has a leading zero that Python's base 0 refuses.
        is_octal = len(word) > 1 and word[0] == "0" and word[1:].isdigit()
        return int(word, 8) if is_octal else int(word, 0)
    except ValueError:
        return None
