"""How types are spelled, measured and followed."""

from __future__ import annotations

import pytest

from go_asm_lsp.golang.sizes import measure
from go_asm_lsp.golang.spelling import quote, type_string
from tests.golang.loading import go_package, go_packages

IMPORTED = """package q
type T struct{ A int8; b int32 }
type G[K comparable, V any] struct{ k K; v *V }
type L[E any] = []E
"""


def spelled(written: str) -> str:
    source = f'package p\nimport (\n"x/q"\n"unsafe"\n)\ntype N int\ntype A = N\nvar v {written}\n'
    package = go_packages({"x/q": {"q.go": IMPORTED}, "x/p": {"p.go": source}})["x/p"]
    return type_string(package.find("v").type)


@pytest.mark.parametrize(
    "written",
    [
        *("int", "byte", "uint8", "rune", "any", "error", "unsafe.Pointer", "*int", "[]string"),
        *("[3]byte", "map[string][]int", "chan int", "<-chan int", "chan<- int", "struct{}"),
        *("chan (<-chan int)", "chan<- (chan int)", "func()", "func(int, ...string) bool"),
        *("func(a int, b string) (c bool, err error)", "func(func(int)) func() error"),
        *("interface{}", "interface{M()}", "interface{Z(); a(x int) error}"),
        "struct{a int; B any}",
    ],
)
def test_spelled_as_written(written: str) -> None:
    # A channel of send-and-receive channels needs no parentheses.
    assert spelled(written) == written.replace("chan<- (chan int)", "chan<- chan int")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("N", "x/p.N"),
        ("A", "x/p.A"),
        ("*q.T", "*x/q.T"),
        ("[2+1]int", "[3]int"),
        ("(((int)))", "int"),
        ("q.G[string, A]", "x/q.G[string, x/p.A]"),
        ("q.L[N]", "x/q.L[x/p.N]"),
        ("[]q.G[int,[]q.T]", "[]x/q.G[int, []x/q.T]"),
        ("struct { a, b int; q.T; *N }", "struct{a int; b int; x/q.T; *x/p.N}"),
        ('struct { a int `x:"y"` }', 'struct{a int "x:\\"y\\""}'),
        ("interface { b(); A(); error }", "interface{A(); b(); error}"),
        ("interface { ~int | string }", "interface{~int | string}"),
        ("func(a, b int) (c, d N)", "func(a int, b int) (c x/p.N, d x/p.N)"),
        ("missing.T", "missing.T"),
        ("Missing", "Missing"),
    ],
)
def test_spelled_in_full(written: str, expected: str) -> None:
    assert spelled(written) == expected


@pytest.mark.parametrize(
    ("written", "wide", "narrow"),
    [
        ("bool", (1, 1), (1, 1)),
        ("int", (8, 8), (4, 4)),
        ("int64", (8, 8), (8, 4)),
        ("float64", (8, 8), (8, 4)),
        ("complex64", (8, 4), (8, 4)),
        ("complex128", (16, 8), (16, 4)),
        ("string", (16, 8), (8, 4)),
        ("[]int", (24, 8), (12, 4)),
        ("any", (16, 8), (8, 4)),
        ("error", (16, 8), (8, 4)),
        ("func()", (8, 8), (4, 4)),
        ("map[int]int", (8, 8), (4, 4)),
        ("unsafe.Pointer", (8, 8), (4, 4)),
        ("struct{}", (0, 1), (0, 1)),
        ("[0]int64", (0, 8), (0, 4)),
        ("[3]struct{ a int16; b int8 }", (12, 2), (12, 2)),
        ("struct{ a int8; b int64; c int8 }", (24, 8), (16, 4)),
        ("struct{ a int32; b struct{} }", (8, 4), (8, 4)),
        ("struct{ a struct{}; b [0]int }", (0, 8), (0, 4)),
        ("struct{ a struct{}; b int8 }", (1, 1), (1, 1)),
        ("Missing", None, None),
        ("[n]int", None, None),
        ("[2]Loop", None, None),
        ("struct{ p *Missing; s []Missing; f func(Missing) }", (40, 8), (20, 4)),
    ],
)
def test_sizes(written: str, wide: tuple[int, int] | None, narrow: tuple[int, int] | None) -> None:
    source = f'package p\nimport "unsafe"\ntype Loop struct{{ l [2]Loop }}\nvar v {written}\n'
    for goarch, expected in (("arm64", wide), ("arm", narrow)):
        package = go_package(source, goarch)
        found = measure(package.find("v").type, package.word)
        assert (found and (found.size, found.align)) == expected


def test_the_atomic_packages_align_to_eight_bytes_everywhere() -> None:
    source = "package atomic\ntype align64 struct{}\ntype Int64 struct { _ align64; v int64 }\n"
    use = 'package p\nimport "sync/atomic"\nvar v struct { a int8; b atomic.Int64 }\n'
    sources = {"sync/atomic": {"a.go": source}, "p": {"p.go": use}}
    found = measure(go_packages(sources, "386")["p"].find("v").type, 4)
    assert found
    assert (found.size, found.align, found.offsets) == (16, 8, (0, 8))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", '""'),
        (b"a\"b\\c'", '"a\\"b\\\\c\'"'),
        (b"\a\b\f\n\r\t\v", '"\\a\\b\\f\\n\\r\\t\\v"'),
        (b"\x00\x1f\x7f", '"\\x00\\x1f\\x7f"'),
        ("é日😀".encode(), '"é日😀"'),
        ("\u200b\u2028\u00a0".encode(), '"\\u200b\\u2028\\u00a0"'),
        ("\U00100000".encode(), '"\\U00100000"'),
        (b"\xff\xc3", '"\\xff\\xc3"'),
    ],
)
def test_quoted_as_strconv_does(text: bytes, expected: str) -> None:
    assert quote(text) == expected
