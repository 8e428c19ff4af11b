"""Makes small mistakes in real packages, the same ones for the same seed.

A mutator gets a random source, a file's lines and the architecture, and answers one change, or
None where the file offers nothing to it. Lines are counted from 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from go_asm_lsp.arch.model import Arch


@dataclass(frozen=True)
class Change:
    """Replaces `deleted` lines from `line` on by `added`."""

    line: int
    deleted: int
    added: tuple[str, ...]


Mutator = Callable[[Random, Sequence[str], Arch], Change | None]


def _words(text: str) -> list[str]:
    return text.split()


_ARGUMENT = re.compile(r"(?P<address>\$?)(?P<name>[A-Za-z_]\w*)\+(?P<offset>\d+)\(FP\)")
_STACK = re.compile(r"(?<![\w+-])(?P<offset>\d+)\((?:SP|RSP|R13|R29|R1|R15|R3)\)")
_TEXT = re.compile(
    r"TEXT\s+(?P<package>[^\s,(]*·)(?P<name>\w+)(?P<abi><\w*>)?\(SB\)"
    r"(?P<flags>\s*,\s*[^,$]+)?,\s*\$(?P<frame>-?\d+)(?P<size>-\d+)?"
)
_FRAMELESS = re.compile(_TEXT.pattern.replace(r"-?\d+)", "0)", 1))
_MOVE = re.compile(r"^\s+(?P<mnemonic>F?MOV[A-Z]*|LEA[LQ])\s")
_RESULT = re.compile(r"\bret\d*(_\w+)?\+\d+\(FP\)")
_LAST_REGISTER = re.compile(r"(?<=[,\s])(?P<register>[A-Z]+\d*)$")
_PROTOTYPE = re.compile(
    r"^func (?P<name>[A-Za-z_]\w*)\((?P<parameters>[^()]*)\)"
    r"(?P<results> *(?:\([^()]*\)|[\w.*\[\]]+))?$"
)
_TYPES = _words(
    """
    bool int8 uint16 int32 uint32 int64 uint64 int uintptr float32 float64 complex64 complex128
    string []byte *byte any error func() [3]uint16 [2]string
"""
)
_PARTS = _words(
    """
    _base _len _cap _data _type _itable _lo _hi _real _imag _0 _1 1
"""
)
_NAMES = ["ret", "ret1", "arg", "arg1", "x", "p", "n", "argframe"]
_FRAME_POINTER_USES = {
    "amd64": "MOVQ AX, BP|XORL BP, BP|LEAQ 8(AX), BP|PUSHQ BP|MOVL $1,BP|ADDQ $8, BP|MOVQ BP, AX",
    "arm64": "MOVD R0, R29|ADD $1, R29|LDP (R0), (R26, R29)|ADD $8, R1, R29|MOVD R29, R0|"
    "MOVD (R1),R29|LDP (R29), (R1, R2)|CASPD (R2, R3), (R2), (R26, R29)|B 2(PC)",
}


def _code(line: str) -> str:
    return line.partition("//")[0]


def _found(
    random: Random, lines: Sequence[str], pattern: re.Pattern[str]
) -> tuple[int, re.Match[str]] | None:
    """Picks one match of a pattern outside of comments."""
    found = [
        (index, match)
        for index, line in enumerate(lines)
        if not line.endswith("\\")
        for match in pattern.finditer(_code(line).rstrip())
    ]
    return random.choice(found) if found else None


def _replaced(lines: Sequence[str], index: int, start: int, end: int, new: str) -> Change:
    line = lines[index]
    return Change(index, 1, (line[:start] + new + line[end:],))


def _substitution(
    pattern: re.Pattern[str], group: str, choose: Callable[[Random, re.Match[str]], str]
) -> Mutator:
    """Makes a mutator that writes something else in place of a group of a match."""

    def mutate(random: Random, lines: Sequence[str], arch: Arch) -> Change | None:
        found = _found(random, lines, pattern)
        if found is None or found[1][group] is None:
            return None
        index, match = found
        return _replaced(lines, index, *match.span(group), choose(random, match))

    return mutate


def _typo(random: Random, word: str) -> str:
    at = random.randrange(len(word))
    kind = random.randrange(3)
    if kind == 0 and len(word) > 1 and (at or not word[1].isdigit()):
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[: at + 1] + word[at] + word[at + 1 :]
    return word[:at] + random.choice("abcdefgxyz") + word[at + 1 :]


def _other_offset(random: Random, match: re.Match[str]) -> str:
    offset = int(match["offset"])
    return str(abs(offset + random.choice([-16, -8, -4, -2, -1, 1, 2, 4, 8, 12, 16])))


def _other_name(random: Random, match: re.Match[str]) -> str:
    name: str = match["name"]
    return random.choice(
        [
            _typo(random, name),
            name + random.choice(_PARTS),
            name.rpartition("_")[0] + random.choice(_PARTS[:6]),
            random.choice(_NAMES),
        ]
    )


def _unnamed_argument(random: Random, lines: Sequence[str], arch: Arch) -> Change | None:
    found = _found(random, lines, _ARGUMENT)
    if found is None:
        return None
    index, match = found
    bare = random.choice([f"{match['offset']}(FP)", f"{match['name']}(FP)"])
    return _replaced(lines, index, match.start("name"), match.end(), bare)


def _other_argument(random: Random, lines: Sequence[str], arch: Arch) -> Change | None:
    found, other = (_found(random, lines, _ARGUMENT) for _ in range(2))
    if found is None or other is None:
        return None
    index, match = found
    new = other[1]["name"] + random.choice(["+" + match["offset"], "+" + other[1]["offset"]])
    return _replaced(lines, index, match.start("name"), match.end("offset"), new)


def _address(random: Random, match: re.Match[str]) -> str:
    return "" if match["address"] else "$"


def _other_move(random: Random, lines: Sequence[str], arch: Arch) -> Change | None:
    with_argument = [
        (index, match)
        for index, line in enumerate(lines)
        if _ARGUMENT.search(_code(line)) and (match := _MOVE.match(line))
    ]
    if not with_argument:
        return None
    index, match = random.choice(with_argument)
    moves = (*arch.moves, *arch.widening_loads)
    return _replaced(lines, index, *match.span("mnemonic"), random.choice(moves).mnemonic)


def _other_size(random: Random, match: re.Match[str]) -> str:
    size = int(match["size"][1:])
    return random.choice(["", "-0", f"-{abs(size + random.choice([-8, -4, -1, 1, 4, 8, 16]))}"])


def _other_frame(random: Random, match: re.Match[str]) -> str:
    return str(int(match["frame"]) + random.choice([-24, -16, -8, -4, 4, 8, 16, 24, 128]))


def _other_flags(random: Random, match: re.Match[str]) -> str:
    flags = ["", "NOSPLIT", "0", "7", "4", "(NOSPLIT|NOFRAME)", "NOSPLIT|NOFRAME", "WRAPPER"]
    flag = random.choice(flags)
    return f", {flag}" if flag else ""


def _other_symbol(random: Random, lines: Sequence[str], arch: Arch) -> Change | None:
    found = _found(random, lines, _TEXT)
    if found is None:
        return None
    index, match = found
    package, name, abi = match["package"], match["name"], match["abi"] or ""
    symbol = random.choice(
        [
            package + _typo(random, name) + abi,
            package + name.swapcase() + abi,
            random.choice(["·", "runtime·", "other∕path·", ""]) + name + abi,
            package + name + random.choice(["", "<>", "<ABIInternal>", "<ABI0>"]),
        ]
    )
    end = match.end("abi") if match["abi"] else match.end("name")
    return _replaced(lines, index, match.start("package"), end, symbol)


def _lost_result(random: Random, lines: Sequence[str], arch: Arch) -> Change | None:
    found = _found(random, lines, _RESULT)
    if found is None:
        return None
    index = found[0]
    text = lines[index].strip()
    kept = random.choice([(), (f"\t// {text}",), (f"\t/* {text} */",)])
    return Change(index, 1, kept)


def _early_return(random: Random, lines: Sequence[str], arch: Arch) -> Change | None:
    return _inserted(random, lines, ["\tRET", "\tRET ·other(SB)"])


def _inserted(
    random: Random, lines: Sequence[str], choices: Sequence[str], text: re.Pattern[str] = _TEXT
) -> Change | None:
    """Puts a line up to nine lines below a TEXT line."""
    found = _found(random, lines, text)
    if found is None:
        return None
    index = found[0] + 1
    last = min(index + random.choice([0, 0, 1, 2, 4, 8]), len(lines) - 1)
    while index < last and not lines[index].endswith("\\") and "TEXT" not in lines[index]:
        index += 1
    if lines[index - 1].endswith("\\"):
        return None
    return Change(index, 0, (random.choice(choices),))


def _stack_use(random: Random, lines: Sequence[str], arch: Arch) -> Change | None:
    mnemonic = random.choice(arch.moves).mnemonic
    offset = random.choice([0, 4, 8, 12, 16, 24, 32, 40, 48, 64, 100, 256])
    return _inserted(random, lines, [f"\t{mnemonic}\t{offset}({arch.stack_register}), R7"])


def _larger_stack_offset(random: Random, match: re.Match[str]) -> str:
    return str(int(match["offset"]) + random.choice([4, 8, 16, 32, 64, 1024]))


def _frame_pointer(random: Random, lines: Sequence[str], arch: Arch) -> Change | None:
    uses = _FRAME_POINTER_USES.get(arch.goarch)
    if uses is None:
        return None
    return _inserted(random, lines, [f"\t{use}" for use in uses.split("|")], _FRAMELESS)


def _last_register(random: Random, match: re.Match[str]) -> str:
    return random.choice(["BP", "R29", "SP", "RSP", "R13", "R1", "R3"])


def _other_parameters(random: Random, match: re.Match[str]) -> str:
    parameters = [p.strip() for p in match["parameters"].split(",") if p.strip()]
    kind = random.randrange(5)
    at = random.randrange(len(parameters)) if parameters else 0
    is_named = any(" " in parameter for parameter in parameters)
    if kind == 0 and parameters:
        del parameters[at]
    elif kind == 1 and (is_named or not parameters):
        parameters.insert(at, f"extra {_type(random)}")
    elif kind == 2 and parameters:
        name, _, rest = parameters[at].partition(" ")
        parameters[at] = f"{_typo(random, name)} {rest}".strip()
    elif kind == 3 and parameters and " " in parameters[at]:
        parameters[at] = f"{parameters[at].partition(' ')[0]} {_type(random)}"
    else:
        random.shuffle(parameters)
    return ", ".join(parameters)


def _other_results(random: Random, match: re.Match[str]) -> str:
    choices = ["", f" {_type(random)}", f" (n {_type(random)})"]
    return random.choice([*choices, f" ({_type(random)}, {_type(random)})"])


def _type(random: Random) -> str:
    return random.choice(_TYPES)


def _lost_prototype(random: Random, lines: Sequence[str], arch: Arch) -> Change | None:
    found = _found(random, lines, _PROTOTYPE)
    if found is None:
        return None
    index = found[0]
    line = lines[index]
    return Change(index, 1, (random.choice([f"// {line}", line + ' { panic("no") }']),))


ASSEMBLY_MUTATORS: dict[str, Mutator] = {
    "offset": _substitution(_ARGUMENT, "offset", _other_offset),
    "name": _substitution(_ARGUMENT, "name", _other_name),
    "unnamed": _unnamed_argument,
    "other argument": _other_argument,
    "address": _substitution(_ARGUMENT, "address", _address),
    "move": _other_move,
    "argument size": _substitution(_TEXT, "size", _other_size),
    "frame size": _substitution(_TEXT, "frame", _other_frame),
    "flags": _substitution(_TEXT, "flags", _other_flags),
    "symbol": _other_symbol,
    "lost result": _lost_result,
    "early return": _early_return,
    "stack use": _stack_use,
    "stack offset": _substitution(_STACK, "offset", _larger_stack_offset),
    "frame pointer": _frame_pointer,
    "last register": _substitution(_LAST_REGISTER, "register", _last_register),
}
GO_MUTATORS: dict[str, Mutator] = {
    "parameters": _substitution(_PROTOTYPE, "parameters", _other_parameters),
    "results": _substitution(_PROTOTYPE, "results", _other_results),
    "prototype": _lost_prototype,
}


def applied(text: str, changes: Sequence[Change]) -> str:
    """Makes changes to a text; they must not overlap."""
    lines = text.split("\n")
    for change in sorted(changes, key=lambda change: change.line, reverse=True):
        lines[change.line : change.line + change.deleted] = change.added
    return "\n".join(lines)


def mutate(
    random: Random, texts: Mapping[str, Sequence[str]], arch: Arch
) -> tuple[str, dict[str, list[Change]]] | None:
    """Changes one file of a package, at one place or at two.

    Answers what kind of mistake it was and the changes by file name.
    """
    name = random.choice([*(n for n in texts if n.endswith(".s")), *random.sample([*texts], 1)])
    mutators = ASSEMBLY_MUTATORS if name.endswith(".s") else GO_MUTATORS
    kinds = random.sample([*mutators], random.choice([1, 1, 1, 1, 1, 2]))
    found = {
        kind: change for kind in kinds if (change := mutators[kind](random, texts[name], arch))
    }
    changes = sorted(found.values(), key=lambda change: change.line)
    overlap = any(a.line + max(a.deleted, 1) > b.line for a, b in pairwise(changes))
    return None if overlap or not changes else (" and ".join(found), {name: changes})
