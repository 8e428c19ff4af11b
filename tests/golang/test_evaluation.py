"""Constants and the types of expressions, as go_asm.h would show them."""

from __future__ import annotations

import pytest

from go_asm_lsp.golang.asmhdr import find_define
from tests.golang.loading import go_package, go_packages


def value(expression: str, declarations: str = "", goarch: str = "amd64") -> str | None:
    head = 'package p\nimport "unsafe"\nvar _ unsafe.Pointer\n'
    source = f"{head}{declarations}\nconst c = {expression}\n"
    define = find_define(go_package(source, goarch), "const_c")
    return define.value if define else None


@pytest.mark.parametrize(
    "expression",
    [
        *(
            "1.5",
            "2.0",
            "1i",
            "float64(1)",
            "complex(1, 2)",
            "real(1i)",
            "1 << 2.5",
            "5 / 0",
            "5 % 0",
        ),
        *("int8(128)", "uint(-1)", "-uint(1)", "int8(-128) / -1", "byte('a') * 3", "1 << 2000"),
        *("1 << 511 * 4", "x", "f()", "len(s)", "len([]int{1})", "nil", "int", "len(f())", "-true"),
        *("int8(1) + int16(1)", "1 + true", "'a' + \"b\"", "!1", '"a" - "b"', "int(1.5)", '-"a"'),
        *("unsafe.Sizeof(x)", "unsafe.Sizeof(int)", "unsafe.Offsetof(s)", "min(1i, 2i)", "089"),
        *("len([2]int{f()})", "len(<-ch)", "unsafe.Offsetof(t.p.b)", "1e9999999999", "9" * 5000),
    ],
)
def test_what_is_no_integer_constant(expression: str) -> None:
    declarations = """
        var s []int
        func f() int
        var ch chan [3]int
        var t struct{ *P }
        type P struct{ a, b int }
    """
    assert value(expression, declarations) is None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1_000 + 0x_ff + 0b1_1 + 0o17 + 017", "1288"),
        ("'a'", "97"),
        ("'\\n' + '\\x41' + '\\101' + '\\u00e9'", "373"),
        ("int(2.0)", "2"),
        ("1 << 3.0", "8"),
        ("2.0 << 3", "16"),
        ("7 / 2", "3"),
        ("-7 / 2", "-3"),
        ("-7 % 3", "-1"),
        ("int(7 / 2.0 * 2)", "7"),
        ("6 &^ 3 | 8 ^ 1", "13"),
        ("^0", "-1"),
        ("^uint8(1)", "254"),
        ("^uint(0)", str(2**64 - 1)),
        ("-5 >> 1", "-3"),
        ("1 << 100 >> 98", "4"),
        ("2 + 3*4 - (2 - 1)", "13"),
        ("1 << 2 + 1", "5"),
        ("uint8(255) + 0", "255"),
        ("0x7fffffffffffffff", str(2**63 - 1)),
        ("true && !false", "true"),
        ("1 < 2 == true", "true"),
        ('"a" + `b`', '"ab"'),
        ('"a" < "b"', "true"),
        ('"\\t\\"\\\\é\\x00\\xff"', '"\\t\\"\\\\é\\x00\\xff"'),
        ("string(rune(0x65e5))", '"日"'),
        ("string(rune(-1))", '"\ufffd"'),
        ('len(`abc`) + len("é")', "5"),
        ("min(3, 1, 2) + max('a', 5)", "98"),
        ("int(real(3 + 4i) * imag(3 + 4i))", "12"),
        ("int(complex(3, 0))", "3"),
        ("int(0x1p4 + 1e2)", "116"),
        ("int64(1e18)", str(10**18)),
        ("int(float32(16777217))", "16777216"),
        ("1e400 > 1e399", "true"),
        ("len([...]int{5: 1, 2, 1: 3})", "7"),
        ("len([2][3]int{}[0])", "3"),
        ("cap(&[4]int{})", "4"),
        ("unsafe.Sizeof(uintptr(0)) + unsafe.Alignof(int16(0))", "10"),
        ("unsafe.Offsetof(struct{ a byte; b int64 }{}.b)", "8"),
    ],
)
def test_constant_values(expression: str, expected: str) -> None:
    assert value(expression) == expected


@pytest.mark.parametrize(
    ("declarations", "expression", "expected"),
    [
        ("type T uint8", "T(200) + 55", "255"),
        ("type T uint8", "T(200) + 56", None),
        ("type A = int8", "A(127)", "127"),
        ("const ( _ = 1 << (10 * iota); K; M )", "M", str(1 << 20)),
        ("const ( a, b = iota, iota * 10; d, e )", "d + e", "11"),
        ("const a = b + 1; const b = 2", "a", "3"),
        ("const a = b; const b = a", "a", None),
        ("const int = 3", "int", "3"),
        ("var v [N]int; const N = 4", "len(v)", "4"),
        ("var v = [...]string{`a`, `b`}", "len(v) * len(v)", "4"),
        ("var v = new([7]int)", "len(v) + len(*v)", "14"),
        ("func f() [3]int", "len(f())", None),
        ("type S struct { E; c [2]int16 }; type E struct { a, b int32 }; var s S",
         "unsafe.Offsetof(s.b)*100 + unsafe.Offsetof(s.c)", "408"),
        ("type S struct { x struct { y int8; z [3]byte } }; var p *S", "len(p.x.z)", "3"),
        ("type G[T any] struct { a int8; t T }", "unsafe.Sizeof(G[int32]{})", "8"),
        ("type G[T any] [4]T", "len(G[string]{})", "4"),
        ("var a, b = f(); func f() (int8, [5]int)", "len(b)", "5"),
    ],
)  # fmt: skip
def test_constants_over_declarations(
    declarations: str, expression: str, expected: str | None
) -> None:
    assert value(expression, declarations.replace("; ", "\n")) == expected


@pytest.mark.parametrize(
    ("goarch", "expected"), [("amd64", "8"), ("386", "4"), ("mips64", "8"), ("arm", "4")]
)
def test_the_word_is_the_architectures(goarch: str, expected: str) -> None:
    assert value("unsafe.Sizeof(0)", goarch=goarch) == expected
    assert value("unsafe.Alignof(int64(0))", goarch=goarch) == expected


IMPORTED = {"a/q": {"q.go": "package q\nconst N = 3\ntype T [N]int16\nconst private = 1"}}


@pytest.mark.parametrize(
    ("clause", "expression", "expected"),
    [
        ('import "a/q"', "q.N", "3"),
        ('import r "a/q"', "r.N", "3"),
        ('import . "a/q"', "N", "3"),
        ('import "a/q"', "len(q.T{})", "3"),
        ('import len "a/q"', "len.N", "3"),
        ('import "a/q"', "r.N", None),
        ('import "missing"', "missing.N", None),
        ('import "C"', "C.N", None),
        ('import . "a/q"', "private", None),
    ],
)
def test_imported_constants(clause: str, expression: str, expected: str | None) -> None:
    source = f"package p\n{clause}\nconst c = {expression}\n"
    define = find_define(go_packages({**IMPORTED, "p": {"p.go": source}})["p"], "const_c")
    assert (define.value if define else None) == expected


def test_a_package_named_unlike_its_path_is_found() -> None:
    sources = {
        "x/go-yaml.v3": {"y.go": "package yaml\nconst N = 9"},
        "x/other": {"o.go": "package other"},
        "p": {"p.go": 'package p\nimport (\n"x/other"\n"x/go-yaml.v3"\n)\nconst c = yaml.N'},
    }
    define = find_define(go_packages(sources)["p"], "const_c")
    assert define
    assert define.value == "9"
