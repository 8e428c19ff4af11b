"""Writes the assembly a body-less Go function still lacks: a TEXT that loads its arguments.

The text assembles as it is and has no finding. It returns zero; what belongs between the
loads and the stores is the author's. Of long arrays only the first elements are loaded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from go_asm_lsp.arch.model import Arch, Bank, Move
from go_asm_lsp.golang.model import ArgumentFrame, Slot

# Past this many components arguments are better reached by address than taken apart.
_MOST_COMPONENTS = 64
# Wider than any architecture's registers; names of Go parameters hardly ever look like it.
_REGISTER = re.compile(r"(?:g|[A-Z]+[0-9]*)\Z")


def stub(frame: ArgumentFrame, arch: Arch) -> str:
    """Writes the TEXT of one function, its prototype as a comment above it."""
    arguments = [s for s in _movable(frame, is_result=False) if _is_loaded(s)]
    # Whatever its type, a result is stored by words.
    results = [s for s in _movable(frame, is_result=True) if not s.inner]
    if arch.goarch == "wasm":
        body = [*_wasm_loads(arguments), *_wasm_stores(results)]
    else:
        body = [*_loads(arguments, arch), *_stores(results, arch)]
    body += _empty_result(frame, arch)
    lines = [
        f"// {frame.prototype.signature}",
        f"TEXT ·{frame.prototype.name}(SB), NOSPLIT, $0-{frame.size}",
        *(f"\t{line}" for line in [*body, "RET"]),
    ]
    return "\n".join(lines) + "\n"


def _empty_result(frame: ArgumentFrame, arch: Arch) -> list[str]:
    """Refers to a result without bytes, because go vet asks for that too."""
    result = frame.slot("ret")
    if result is None or result.size:
        return []
    word = next(m for m in arch.moves if m.bank is Bank.INTEGER and m.width == arch.pointer_size)
    return [f"{word.mnemonic} $ret+{result.offset}(FP), {arch.free_integers[0]}"]


def _movable(frame: ArgumentFrame, *, is_result: bool) -> list[Slot]:
    """Lists components of the arguments or results that could go in one move."""
    entries = tuple(e for e in frame.entries if e.parameter.is_result is is_result)
    slots = islice(replace(frame, entries=entries).slots(), _MOST_COMPONENTS)
    return [s for s in slots if isinstance(s.kind, int) and s.size and _is_nameable(s, frame)]


def _is_nameable(slot: Slot, frame: ArgumentFrame) -> bool:
    """Tells whether a component can be reached by its name.

    Of components that share a name, as those of _ may, only one can. And to the assembler
    the name of a register, such as g, is the register.
    """
    return frame.slot(slot.name) == slot and not _REGISTER.match(slot.name)


def _is_float(slot: Slot) -> bool:
    return slot.type in ("float32", "float64") or slot.type.startswith(("real(", "imag("))


def _is_signed(slot: Slot) -> bool:
    return slot.type in ("int8", "int16", "int32", "int64", "int", "rune")


def _is_loaded(slot: Slot) -> bool:
    """Tells whether a component is loaded as it is: a 64-bit integer may have halves."""
    return slot.type != "half float64" and (not slot.inner or _is_float(slot))


def _loads(slots: Sequence[Slot], arch: Arch) -> list[str]:
    free = {Bank.INTEGER: iter(arch.free_integers), Bank.FLOAT: iter(arch.free_floats)}
    lines = []
    for slot in slots:
        move = _load(slot, arch)
        register = next(free[move.bank], None) if move else None
        reference = f"{slot.name}+{slot.offset}(FP)"
        if move and register:
            lines.append(f"{move.mnemonic} {reference}, {register}")
        else:
            lines.append(f"// {reference} is {slot.type}")
    return lines


def _load(slot: Slot, arch: Arch) -> Move | None:
    bank = Bank.FLOAT if _is_float(slot) else Bank.INTEGER
    # A load of 4 bytes clears the upper half by itself.
    moves = [*arch.widening_loads, *arch.moves] if slot.size < 4 else arch.moves
    fitting = [m for m in moves if m.bank is bank and m.width == slot.size]
    signed = (m for m in fitting if m.is_signed in (None, _is_signed(slot)))
    return next(signed, None)


def _stores(slots: Sequence[Slot], arch: Arch) -> list[str]:
    """Stores zero into every part of the results."""
    # A store does not widen; of two mnemonics the last, signed one is the plain one.
    integers = {move.width: move.mnemonic for move in arch.moves if move.bank is Bank.INTEGER}
    floats = {move.width: move.mnemonic for move in arch.moves if move.bank is Bank.FLOAT}
    zeros: dict[str, str] = {}
    lines = []
    for slot in slots:
        # Only the halves of a complex128 on a 32-bit machine are too wide for integers.
        if slot.size in integers:
            register = arch.free_integers[0]
            zeros[register] = f"{integers[arch.pointer_size]} $0, {register}"
            lines.append(f"{integers[slot.size]} {register}, {slot.name}+{slot.offset}(FP)")
        elif slot.size in floats:
            register = arch.free_floats[0]
            zeros[register] = f"{floats[slot.size]} $(0.0), {register}"
            lines.append(f"{floats[slot.size]} {register}, {slot.name}+{slot.offset}(FP)")
    return [*zeros.values(), *lines]


def _wasm_loads(slots: Sequence[Slot]) -> list[str]:
    integers = iter([f"R{number}" for number in range(16)])
    # F0 to F15 hold float32, F16 to F31 float64.
    floats = {4: (f"F{number}" for number in range(16)), 8: (f"F{n}" for n in range(16, 32))}
    lines = []
    for slot in slots:
        reference = f"{slot.name}+{slot.offset}(FP)"
        is_float = _is_float(slot)
        register = next(floats[slot.size] if is_float else integers, None)
        if register is None:
            lines.append(f"// {reference} is {slot.type}")
            continue
        mnemonic = f"F{slot.size * 8}Load"
        if not is_float:
            sign = "S" if _is_signed(slot) else "U"
            mnemonic = "I64Load" + (f"{slot.size * 8}{sign}" if slot.size < 8 else "")
        lines += ["Get SP", f"{mnemonic} {reference}", f"Set {register}"]
    return lines


def _wasm_stores(slots: Sequence[Slot]) -> list[str]:
    lines = []
    for slot in slots:
        width = str(slot.size * 8) if slot.size < 8 else ""
        reference = f"{slot.name}+{slot.offset}(FP)"
        lines += ["Get SP", "I64Const $0", f"I64Store{width} {reference}"]
    return lines
