"""Makes random constant declarations, most of them right, for comparison with the compiler."""

from __future__ import annotations

from random import Random

_INT_TYPES = ("int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32")
_WIDE_TYPES = ("uint64", "uintptr", "rune", "byte", "Small", "Wide")
_FLOAT_TYPES = ("float32", "float64", "Real")
_INTS = (
    *("0", "1", "2", "3", "7", "-1", "10", "0x7f", "0xff", "255", "256", "0b1011", "0o17", "017"),
    *("1_000_000", "0x7fffffff", "1<<31", "1<<32 - 1", "0xffffffffffffffff", "1<<63", "1<<100"),
    *("'a'", "'\\n'", "'\\x00'", "'\\u00e9'", "'é'", "'\\''", "'\\377'", "2.0", "1e3", "3 + 0i"),
)
_FLOATS = (
    *("0.5", "1.25", "1e10", "3.14159265358979323846264338327950288", "0x1p-2", "1e-5", "6.02e23"),
    *("2.0", "1e100", ".5", "5.", "0x1.8p3", "1_0.5e2", "100", "1/3.0", "1e300*1e300", "7"),
)
_STRINGS = (
    *('""', '"a"', '"abc"', '"\\n\\t\\"\\\\"', '"é"', '"\\xff\\x00"', '"\\u65e5本"', "`raw\\n`"),
    *('"\\a\\b\\f\\r\\v"', '"\\U0001F600"', '"\\000\\177"', '"\\u200b"'),
)
_PREAMBLE = """package p

import "unsafe"

type Small int8
type Wide uint64
type Real float64
type Text string
type Truth bool

type Point struct {
	x    int8
	y    int64
	name string
	Inner
	grid [3][5]uint16
}

type Inner struct {
	a, b byte
	deep struct{ c complex64 }
}

var array [7]int
var pointer *[9]string
var table = [...]string{2: "x", "y", 10: "z"}
var point Point
"""


def random_constants(random: Random, count: int) -> str:
    """Writes a package with `count` constants in all forms the language has."""
    lines = [_PREAMBLE]
    names: list[tuple[str, str]] = []  # kind, name
    index = 0
    while index < count:
        if random.random() < 0.1:
            lines.append(_group(random, index, names))
        else:
            kind = random.choice(("int", "int", "int", "float", "string", "bool", "complex"))
            name = f"c{index}"
            lines.append(
                f"const {name}{_type(random, kind)} = {_expression(random, kind, 3, names)}"
            )
            names.append((kind, name))
        index += 1
    return "\n".join(lines) + "\n"


def _type(random: Random, kind: str) -> str:
    if random.random() < 0.6:
        return ""
    types = {
        "int": (*_INT_TYPES, *_WIDE_TYPES),
        "float": _FLOAT_TYPES,
        "string": ("string", "Text"),
        "bool": ("bool", "Truth"),
        "complex": ("complex64", "complex128"),
    }
    return " " + random.choice(types[kind])


def _group(random: Random, index: int, names: list[tuple[str, str]]) -> str:
    lines = ["const ("]
    for member in range(random.randrange(2, 7)):
        name = f"g{index}_{member}"
        if member and random.random() < 0.5:
            lines.append(f"\t{name}")
        elif random.random() < 0.2:
            lines.append("\t_")
            continue
        else:
            iota = random.choice(
                ("iota", "1 << iota", "iota * 3", "1 << (10 * (iota + 1))", "'a' + iota")
            )
            lines.append(f"\t{name}{_type(random, 'int')} = {iota}")
        names.append(("int", name))
    return "\n".join([*lines, ")"]).replace("(\n\t_\n", "(\n\t_ = iota\n")


def _expression(random: Random, kind: str, depth: int, names: list[tuple[str, str]]) -> str:
    known = [name for known_kind, name in names[-30:] if known_kind == kind]
    if known and random.random() < 0.25:
        return random.choice(known)
    if not depth or random.random() < 0.2:
        return _leaf(random, kind)

    def sub(sub_kind: str) -> str:
        return _expression(random, sub_kind, depth - 1, names)

    match kind:
        case "int":
            return _int_expression(random, sub)
        case "float":
            return random.choice(
                (
                    f"({sub('float')} {random.choice('+-*/')} {sub('float')})",
                    f"-{sub('float')}",
                    f"{random.choice(_FLOAT_TYPES)}({sub('float')})",
                    f"float64({sub('int')})",
                    f"real({sub('complex')})",
                    f"imag({sub('complex')})",
                    f"{random.choice(('min', 'max'))}({sub('float')}, {sub('int')})",
                )
            )
        case "complex":
            return random.choice(
                (
                    f"complex({sub('float')}, {sub('float')})",
                    f"({sub('complex')} {random.choice('+-*/')} {sub('complex')})",
                    f"complex128({sub('float')})",
                )
            )
        case "string":
            return random.choice(
                (
                    f"({sub('string')} + {sub('string')})",
                    f"Text({sub('string')})",
                    f"string({sub('string')})",
                    f"string(rune({sub('int')}))",
                    f"max({sub('string')}, {sub('string')})",
                )
            )
    comparison = random.choice(("==", "!=", "<", "<=", ">", ">="))
    compared = random.choice(("int", "float", "string"))
    return random.choice(
        (
            f"({sub(compared)} {comparison} {sub(compared)})",
            f"!{sub('bool')}",
            f"({sub('bool')} {random.choice(('&&', '||', '==', '!='))} {sub('bool')})",
            f"({sub('complex')} == {sub('complex')})",
        )
    )


def _int_expression(random: Random, sub: object) -> str:
    assert callable(sub)
    binary = random.choice(("+", "-", "*", "/", "%", "&", "|", "^", "&^"))
    return random.choice(
        (
            f"({sub('int')} {binary} {sub('int')})",
            f"({sub('int')} {binary} {sub('int')})",
            f"({sub('int')} {random.choice(('<<', '>>'))} {random.randrange(70)})",
            f"({random.choice('-+^')}{sub('int')})",
            f"{random.choice((*_INT_TYPES, *_WIDE_TYPES))}({sub('int')})",
            f"len({sub('string')})",
            f"{random.choice(('min', 'max'))}({sub('int')}, {sub('int')}, {sub('int')})",
            f"int({random.randrange(-9, 9)} * {sub('int')})",
            _size_expression(random),
        )
    )


def _size_expression(random: Random) -> str:
    return random.choice(
        (
            *("len(array)", "cap(array)", "len(pointer)", "len(*pointer)", "len(table)"),
            *("len(point.grid)", "len(point.grid[1])", "cap(point.grid[0])", "len([4]int{})"),
            *("len([...]int{1, 5: 2, 3})", "len(table[3])", 'len("four")', "len(Text(`abc`))"),
            *("unsafe.Sizeof(point)", "unsafe.Sizeof(Point{})", "unsafe.Sizeof(int8(1))"),
            *("unsafe.Sizeof(table)", "unsafe.Sizeof(pointer)", "unsafe.Sizeof('x')"),
            *("unsafe.Sizeof(1.5)", "unsafe.Sizeof(point.deep)", "unsafe.Sizeof([]int{})"),
            *("unsafe.Sizeof(struct{ a int8; b complex128 }{})", "unsafe.Sizeof(any(nil))"),
            *("unsafe.Alignof(point)", "unsafe.Alignof(point.y)", "unsafe.Alignof(point.Inner)"),
            *(
                "unsafe.Offsetof(point.y)",
                "unsafe.Offsetof(point.b)",
                "unsafe.Offsetof(point.deep)",
            ),
            *("unsafe.Offsetof((&point).grid)", "unsafe.Offsetof(Point{}.name)"),
            *("unsafe.Sizeof(func() {})", "unsafe.Sizeof(map[int]int{})", "unsafe.Sizeof(1i)"),
            *("unsafe.Sizeof(point.x + 1)", "unsafe.Sizeof(len(array) < 3)", "uintptr(8)"),
        )
    )


def _leaf(random: Random, kind: str) -> str:
    leaves = {
        "int": _INTS,
        "float": _FLOATS,
        "string": _STRINGS,
        "bool": ("true", "false"),
        "complex": ("1i", "2.5i", "(1 + 2i)", "0i", "1e3i", "0x10i", "017i"),
    }
    return random.choice(leaves[kind])
