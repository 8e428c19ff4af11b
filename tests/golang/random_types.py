"""Makes random type declarations and body-less functions, for comparison with the toolchain."""

from __future__ import annotations

from random import Random

_BASICS = (
    *("bool", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32"),
    *("uint64", "uintptr", "float32", "float64", "complex64", "complex128", "string", "byte"),
    *("rune", "error", "any", "unsafe.Pointer"),
)
_REFERENCES = (
    *("*{}", "[]{}", "map[string]{}", "chan {}", "<-chan {}", "chan<- {}", "func({}) {}"),
    *("func(x {}, y ...{}) (z {}, err error)", "func()", "interface{{}}", "interface{{ m() }}"),
    *("interface{{ M({}) {}; a(); error }}", "interface{{ any }}", "chan (<-chan {})", "[]*{}"),
    *("interface{{ comparable2 }}", "interface{{ fmtStringer; B(); A() }}", "chan<- (chan {})"),
)
_NAMES = ("a", "b", "x", "_", "a_b", "a_base", "ret", "y_0", "y", "long_name", "s_len")

IMPORTED = """package q

import "unsafe"

const Size = 1 << 2

type (
	Bytes  [Size]byte
	Word   uint16
	Pair   struct {
		Left  Word
		right any
		_     int8
	}
	Alias       = Pair
	Box[T any]  struct {
		v    T
		next *Box[T]
		n    [2]struct{ t T }
	}
	List[T any] = []T
	Both[K comparable, V any] struct {
		key   K
		value Box[V]
		_     [0]V
	}
	Empty      struct{}
	Stringer   interface{ String() string }
	Handler    func(*Pair, ...Word) (n int, err error)
	Nested     struct {
		Pair
		*Alias
		Bytes
		Box[int8]
		p unsafe.Pointer `tag:"x\\ny"`
	}
)
"""
_NAMED = (
    *("q.Bytes", "q.Word", "q.Pair", "q.Alias", "q.Box[{}]", "q.List[{}]", "q.Empty", "q.Stringer"),
    *("q.Both[string, {}]", "q.Handler", "q.Nested", "dot.Word", "Local[{}]", "Recursive", "Mine"),
    *("Same", "struct{{}}", "[0]{}", "Flag", "Array[{}]", "Last"),
)
_PREAMBLE = """package p

import (
	"q"
	dot "q"
	"unsafe"
)

var _ dot.Word
var _ unsafe.Pointer

const (
	zero = iota
	one
	two
	three = one + two
)

type comparable2 interface{ fmtStringer }
type fmtStringer interface{ String() string }
type Local[P any] struct {
	p P
	f func(P) *Local[P]
}
type Array[P any] [two]P
type Recursive struct {
	next *Recursive
	all  []Recursive
	by   map[string]Recursive
}
type Mine q.Pair
type Same = struct{ a, b int16 }
type Flag bool
type Last struct {
	n int32
	_ [0]int64
	e struct{}
}
"""


def random_types(random: Random, count: int) -> str:
    """Writes a package `p`, which imports IMPORTED as "q", with body-less functions f0, f1, …"""
    lines = [_PREAMBLE]
    for index in range(count):
        lines.append(f"type T{index} {_type(random, 4, index)}")
        lines.append(f"func f{index}{_signature(random, index + 1)}")
    return "\n".join(lines) + "\n"


def _signature(random: Random, declared: int) -> str:
    names = list(_NAMES)
    random.shuffle(names)
    parameters = _parameters(random, declared, names, is_variadic=random.random() < 0.2)
    match random.randrange(4):
        case 0:
            return f"({parameters})"
        case 1:
            return f"({parameters}) {_type(random, 2, declared)}"
    return f"({parameters}) ({_parameters(random, declared, names, is_variadic=False)})"


def _parameters(random: Random, declared: int, names: list[str], *, is_variadic: bool) -> str:
    count = random.randrange(4)
    if not count:
        return ""
    dots = "..." if is_variadic else ""
    types = [_type(random, 3, declared) for _ in range(count)]
    types[-1] = dots + types[-1]
    if random.random() < 0.3 or len(names) < 2 * count:
        return ", ".join(types)
    groups = []
    for position, type_ in enumerate(types):
        take = 1 if position == count - 1 or random.random() < 0.7 else 2
        group = [names.pop() for _ in range(take)]
        groups.append(f"{', '.join(group)} {type_}")
    return ", ".join(groups)


def _type(random: Random, depth: int, declared: int) -> str:
    if not depth or random.random() < 0.35:
        return random.choice(_BASICS)

    def inner() -> str:
        return _type(random, depth - 1, declared)

    match random.randrange(8):
        case 0 | 1:
            return _struct(random, depth, declared)
        case 2:
            length = random.choice(("zero", "one", "two", "three", "2", "q.Size", "len(`abc`)"))
            return f"[{length}]{inner()}"
        case 3 if declared:
            return f"T{random.randrange(declared)}"
        case 4 | 5:
            shape = random.choice(_NAMED)
            return shape.format(inner()) if "{}" in shape else shape.format()
    shape = random.choice(_REFERENCES)
    return shape.format(*(inner() for _ in range(shape.count("{}"))))


def _struct(random: Random, depth: int, declared: int) -> str:
    fields = []
    for position in range(random.randrange(5)):
        type_ = _type(random, depth - 1, declared)
        name = random.choice(("_", f"f{position}", f"x_{position}", f"Field{position}"))
        tag = random.choice(("", "", "", ' `json:"x"`', ' "é\\x01\\u2028"'))
        fields.append(f"{name} {type_}{tag}")
    if random.random() < 0.2:
        fields.append(
            random.choice(("q.Pair", "*q.Nested", "error", "Flag", "q.Box[int16]", "Last"))
        )
    if random.random() < 0.2:
        fields.append(f"g, h {_type(random, 1, declared)}")
    return f"struct {{ {'; '.join(fields)} }}"
