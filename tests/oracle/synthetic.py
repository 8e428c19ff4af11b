"""Makes packages up: prototypes with all kinds of types, and assembly that uses them.

Most uses are right, so that what go vet does not say is compared as well as what it says.
"""

from __future__ import annotations

from itertools import islice
from random import Random

from go_asm_lsp.arch.model import Arch
from go_asm_lsp.arch.registry import arch_for
from go_asm_lsp.golang.frame import argument_frame
from go_asm_lsp.golang.model import ArgumentFrame, BuildConfiguration, Slot
from go_asm_lsp.golang.package import load_package
from go_asm_lsp.golang.source import read_source
from tests.oracle.toolchain import goos_of

_BASIC = (
    *("bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "int"),
    *("uint", "uintptr", "float32", "float64", "complex64", "complex128", "string", "byte"),
    *("rune", "error", "any", "unsafe.Pointer", "func(int) (string, error)", "chan<- int"),
    *(
        "map[string][]int",
        "interface{ M(); error }",
        "*T",
        "Small",
        "T",
        "Alias",
        "Pair[int8, string]",
    ),
)
_HEADER = """package synthetic

import "unsafe"

var _ unsafe.Pointer

const (
	two = iota + 2
	_
	size = two << 1
)

type Small {small}

type T struct {{
	a {a}
	b {b}
	_ {c}
	Small
}}

type Alias = struct {{
	p *T
	q [two]int16
	_ struct{{}}
}}

type Pair[K comparable, V any] struct {{
	key K
	value V
}}

"""


def synthetic(random: Random, goarch: str) -> dict[str, str]:
    """Answers the files of one package by name."""
    arch = arch_for(goarch)
    assert arch
    basic = [random.choice(_BASIC[:18]) for _ in range(4)]
    header = _HEADER.format(small=basic[0], a=basic[1], b=basic[2], c=basic[3])
    functions = [f"f{number}" for number in range(random.randint(2, 5))]
    go = header + "\n".join(_prototype(random, name) for name in functions) + "\n"
    configuration = BuildConfiguration(goos_of(goarch), goarch)
    file = read_source("synthetic.go", go.encode())
    package = load_package([file], "synthetic", configuration, lambda path, folder: None)
    blocks = []
    for name in functions:
        frame = argument_frame(package, name)
        assert frame, name
        blocks.append(_function(random, name, frame, arch))
    suffix = random.choice(["", f"_{goarch}"])
    assembly = '#include "textflag.h"\n\n' + "\n".join(blocks)
    return {"synthetic.go": go, f"synthetic{suffix}.s": assembly}


def _type(random: Random, depth: int = 0) -> str:
    kind = random.randrange(6 if depth > 1 else 10)
    if kind < 6:
        return random.choice(_BASIC)
    inner = _type(random, depth + 1)
    match kind:
        case 6:
            return f"[{random.choice(['0', '1', '3', 'two', 'size', '1 << 3 % 5'])}]{inner}"
        case 7:
            return random.choice(["[]", "*", "*[4]"]) + inner
        case 8:
            return f"struct{{ {random.choice('abx')} {inner}; _, y {_type(random, 2)} }}"
    return f"Pair[{random.choice(['int', 'string', 'Small'])}, {inner}]"


def _prototype(random: Random, name: str) -> str:
    names = random.sample(["p", "n", "src", "dst_1", "key", "off", "x2", "_"], random.randint(0, 5))
    is_named = random.random() < 0.85
    groups = []
    while names:
        group = [names.pop() for _ in range(min(len(names), random.choice([1, 1, 1, 2])))]
        dots = "..." if not names and len(group) == 1 and random.random() < 0.05 else ""
        type_ = dots + _type(random)
        groups.append(f"{', '.join(group)} {type_}" if is_named else type_)
    results = random.choice(["", "one", "many", "named"])
    text = f"func {name}({', '.join(groups)})"
    match results:
        case "one":
            text += f" {_type(random)}"
        case "many":
            text += f" ({_type(random)}, {_type(random)})"
        case "named":
            text += f" ({random.choice(['ret', 'r', '_'])}, err {_type(random)})"
    return text


def _function(random: Random, name: str, frame: ArgumentFrame, arch: Arch) -> str:
    size = frame.size if random.random() < 0.8 else frame.size + random.choice([-8, -4, -1, 4, 8])
    flags = random.choice(["NOSPLIT", "NOSPLIT", "NOSPLIT|NOFRAME", "0", "7", "4", "WRAPPER"])
    local = random.choice([0, 0, 8, 24])
    selector = random.choice(["", "", "", "", "<ABIInternal>"])
    lines = [f"TEXT ·{name}{selector}(SB), {flags}, ${local}-{max(size, 0)}"]
    slots = list(islice(frame.slots(), 60))
    for _ in range(random.randint(1, 9)):
        if slots and random.random() < 0.9:
            lines.append("\t" + _use(random, random.choice(slots), slots, arch))
        else:
            offset = random.choice([0, 4, 8, 16, 24, 32, 40])
            register = random.choice(["FP", arch.stack_register])
            lines.append(f"\t{arch.moves[-1].mnemonic} {offset}({register}), R2")
    lines.append("\tRET\n")
    return "\n".join(lines)


def _use(random: Random, slot: Slot, slots: list[Slot], arch: Arch) -> str:
    fitting = [move.mnemonic for move in arch.moves if move.width == slot.kind]
    others = [move.mnemonic for move in (*arch.moves, *arch.widening_loads)]
    mnemonic = random.choice(fitting if fitting and random.random() < 0.8 else others)
    name, offset = slot.name, slot.offset
    match random.randrange(12):
        case 0:
            offset = random.choice(slots).offset
        case 1:
            name = random.choice(slots).name
        case 2:
            offset += random.choice([-4, -1, 1, 2, 4, 8])
        case 3:
            name += random.choice(["_base", "_len", "_lo", "_0", "_a", "x"])
    sign = "$" if random.random() < 0.05 else ""
    reference = f"{sign}{name}+{max(offset, 0)}(FP)"
    register = arch.free_integers[-1]
    operands = [reference, register] if random.random() < 0.6 else [register, reference]
    return f"{mnemonic} {', '.join(operands)}"
