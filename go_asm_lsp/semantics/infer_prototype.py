"""Guesses the Go prototype of an assembly function from how it uses its arguments.

Names and offsets are certain, because the function says them. Types are the plainest that
fit the width: what is used as an address becomes *byte, and bytes that the function never
names become a parameter called _. The author will want to say more in the types.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from go_asm_lsp.arch.model import Arch, Bank
from go_asm_lsp.semantics.frame_use import OperandUse, frame_use
from go_asm_lsp.semantics.model import Function
from go_asm_lsp.syntax.nodes import Instruction

_IDENTIFIER = re.compile(r"[^\W\d]\w*\Z")
_UNNAMED_RESULT = re.compile(r"ret\d*(_|\Z)")
_WASM_ACCESS = re.compile(r"([IF])(32|64)(?:Load|Store)(8|16|32)?")
_PART = re.compile(r"(?P<whole>\w+)_(?P<part>base|len|cap|type|itable|data|real|imag|lo|hi)\Z")
_KEYWORDS = re.compile(
    r"(?:break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import"
    r"|interface|map|package|range|return|select|struct|switch|type|var)\Z"
)


@dataclass(frozen=True, slots=True)
class _Item:
    """A guessed parameter or result; `is_stored` when all its uses are stores."""

    name: str
    offset: int
    size: int
    align: int
    type: str
    is_stored: bool = False

    @property
    def end(self) -> int:
        return self.offset + self.size


def infer_prototype(function: Function, arch: Arch) -> str | None:
    """Writes a prototype that fits the function; None when its uses contradict each other."""
    uses = [use for use in frame_use(function, arch).arguments if use.name]
    offsets = {use.name: use.offset for use in uses}
    if any(use.offset != offsets[use.name] for use in uses):
        return None
    text = function.text
    declared = text.frame.arguments or 0 if text.frame else 0
    items = _items(function, uses, declared, arch)
    names = [function.name, *(item.name for item in items)]
    if not all(_IDENTIFIER.match(name) and not _KEYWORDS.match(name) for name in names):
        return None
    first = _first_result(items)
    parameters = _filled(items[:first], 0)
    if parameters is None:
        return None
    end = parameters[-1].end if parameters else 0
    results: list[_Item] | None = []
    if items[first:]:
        # Results start where any value could (asmdecl's maxAlign).
        end += -end % _largest_alignment(arch)
        results = _filled(items[first:], end)
        if not results:
            return None
        end = results[-1].end
    if declared > end:
        (results or parameters).append(_padding(end, declared))
    elif 0 < declared < end:
        return None
    return _written(function.name, parameters, results or [])


def _first_result(items: Sequence[_Item]) -> int:
    """Answers where results begin: at an unnamed one, else at the last ones only stored to."""
    for index, item in enumerate(items):
        if _UNNAMED_RESULT.match(item.name):
            return index
    first = len(items)
    while first and items[first - 1].is_stored:
        first -= 1
    return first


def _filled(items: Sequence[_Item], start: int) -> list[_Item] | None:
    """Fills gaps between items with padding; None when they overlap."""
    filled: list[_Item] = []
    end = start
    for item in items:
        aligned = end + -end % item.align
        if item.offset < aligned:
            return None
        if item.offset > aligned:
            filled.append(_padding(end, item.offset))
        filled.append(item)
        end = item.end
    return filled


def _padding(start: int, end: int) -> _Item:
    return _Item("_", start, end - start, 1, f"[{end - start}]byte")


def _written(name: str, parameters: Sequence[_Item], results: Sequence[_Item]) -> str:
    text = f"func {name}({', '.join(f'{item.name} {item.type}' for item in parameters)})"
    if not results:
        return text
    is_unnamed = any(_UNNAMED_RESULT.match(item.name) for item in results)
    types = [item.type if is_unnamed else f"{item.name} {item.type}" for item in results]
    if is_unnamed and len(types) == 1:
        return f"{text} {types[0]}"
    return f"{text} ({', '.join(types)})"


def _items(
    function: Function, uses: Sequence[OperandUse], declared: int, arch: Arch
) -> list[_Item]:
    """Makes one item of all uses of a value and its parts, in order of offset."""
    groups: dict[str, dict[str, list[OperandUse]]] = {}
    for use in sorted(uses, key=lambda use: use.offset):
        match = _PART.match(use.name or "")
        whole, part = (match["whole"], match["part"]) if match else (use.name or "", "")
        groups.setdefault(whole, {}).setdefault(part, []).append(use)
    ordered = list(groups.items())
    items = []
    for index, (name, parts) in enumerate(ordered):
        following = declared
        if index + 1 < len(ordered):
            following = min(u.offset for us in ordered[index + 1][1].values() for u in us)
        items.append(_item(function, name, parts, following, arch))
    return items


def _item(
    function: Function,
    name: str,
    parts: dict[str, list[OperandUse]],
    following: int,
    arch: Arch,
) -> _Item:
    word = arch.pointer_size
    uses = [use for group in parts.values() for use in group]
    is_stored = all(_is_store(use) for use in uses)
    offset = uses[0].offset - _part_offset(next(iter(parts)), word)
    if parts.keys() & {"base", "len", "cap"}:
        is_slice = "cap" in parts or following >= offset + 3 * word
        kind, words = ("[]byte", 3) if is_slice else ("string", 2)
        return _Item(name, offset, words * word, word, kind, is_stored)
    if parts.keys() & {"type", "itable", "data"}:
        kind = "error" if "itable" in parts else "any"
        return _Item(name, offset, 2 * word, word, kind, is_stored)
    if parts.keys() & {"lo", "hi"}:
        return _Item(name, offset, 8, 4, "uint64", is_stored)
    if parts.keys() & {"real", "imag"}:
        half = next((width for use in uses if (width := _access(use, arch)[0])), 8)
        offset = min(use.offset for use in uses) if "real" in parts else uses[0].offset - half
        align = min(half, _largest_alignment(arch))
        return _Item(name, offset, 2 * half, align, f"complex{16 * half}", is_stored)
    return _scalar(function, name, uses, is_stored, arch)


def _part_offset(part: str, word: int) -> int:
    return {"len": word, "cap": 2 * word, "data": word}.get(part, 0)


def _scalar(
    function: Function, name: str, uses: Sequence[OperandUse], is_stored: bool, arch: Arch
) -> _Item:
    offset = uses[0].offset
    width, bank, is_signed = next(
        (access for use in uses if (access := _access(use, arch))[0]), (0, Bank.INTEGER, None)
    )
    width = width or arch.pointer_size
    align = min(width, _largest_alignment(arch))
    if width not in (1, 2, 4, 8):
        return _Item(name, offset, width, 1, f"[{width}]byte", is_stored)
    if bank is Bank.FLOAT and width >= 4:
        kind = f"float{8 * width}"
    elif width == arch.pointer_size:
        kind = "*byte" if any(_is_dereferenced(function, use) for use in uses) else "int"
    else:
        kind = f"{'int' if is_signed else 'uint'}{8 * width}"
    return _Item(name, offset, width, align, kind, is_stored)


def _largest_alignment(arch: Arch) -> int:
    # On the 32-bit architectures gc aligns 64-bit numbers to 4 bytes.
    return arch.pointer_size


def _access(use: OperandUse, arch: Arch) -> tuple[int, Bank, bool | None]:
    """Answers how many bytes a use moves, between memory and what, and how it widens."""
    if use.is_address:
        return 0, Bank.INTEGER, None
    mnemonic = use.instruction.mnemonic
    wasm = _WASM_ACCESS.match(mnemonic) if arch.goarch == "wasm" else None
    if wasm:
        bank = Bank.FLOAT if wasm[1] == "F" else Bank.INTEGER
        return int(wasm[3] or wasm[2]) // 8, bank, mnemonic.endswith("S")
    bank = Bank.INTEGER
    for operand in use.instruction.operands:
        if operand is not use.operand and len(operand.registers) == 1:
            bank = arch.bank(operand.registers[0].name)
    for move in (*arch.widening_loads, *arch.moves):
        if move.mnemonic == mnemonic:
            return move.width, move.bank if move.bank is Bank.FLOAT else bank, move.is_signed
    return arch.width(mnemonic, is_destination=not use.is_first), bank, None


def _is_store(use: OperandUse) -> bool:
    instruction = use.instruction
    if len(instruction.operands) < 2:
        return "Store" in instruction.mnemonic
    return not use.is_first and not use.is_address


def _is_dereferenced(function: Function, use: OperandUse) -> bool:
    """Tells whether the register an argument is loaded into is soon used as an address."""
    target = use.instruction.operands[-1]
    if len(target.registers) != 1 or not use.is_first:
        return False
    register = target.registers[0].name
    is_loaded = False
    for statement in function.statements:
        if not isinstance(statement, Instruction):
            continue
        if not is_loaded:
            is_loaded = statement.mnemonic_span == use.mnemonic_span
            continue
        operands = statement.operands
        if any(o.base is not None and o.base.name == register for o in operands):
            return True
        if operands and operands[-1].text == register:
            return False
    return False
