"""Which declarations a Go file has, also while it is being typed."""

from __future__ import annotations

import pytest

from go_asm_lsp.golang.declarations import Declaration
from go_asm_lsp.golang.source import SourceFile, read_source


def names(text: str) -> list[str]:
    return [each.name for each in read_source("/p/p.go", text.encode()).declarations]


def only(text: str) -> tuple[Declaration, SourceFile]:
    file = read_source("/p/p.go", text.encode())
    (declaration,) = file.declarations
    return declaration, file


def spec_text(text: str) -> str:
    declaration, file = only(text)
    return file.source[declaration.spec.start : declaration.spec.end].decode()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("package p\n", id="only the clause"),
        pytest.param("// func f()\n/* type T int */\npackage p\n", id="comments"),
        pytest.param("package p\nvar _ = `\nfunc f()\n`[0]", id="raw string in a value"),
        pytest.param("package p\nfunc (t *T) m()\nfunc (T) n() {}\n", id="methods"),
        pytest.param("\x00\xff\x01", id="no text"),
    ],
)
def test_what_declares_no_function(text: str) -> None:
    declarations = read_source("/p/p.go", text.encode("latin-1")).declarations
    assert [each.name for each in declarations if each.kind == "func" and not each.is_method] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("package p\nfunc f(a int)\nfunc g() {}", ["f", "g"]),
        ("package p; func f(); func g() { {}; '{' }; type T int", ["f", "g", "T"]),
        ("package p\nfunc f() struct{}\nfunc g() (x interface{ m() }) { }\nvar v int", list("fgv")),
        (
            "package p\nconst a, b = 1,\n\t2\nconst (\n\tc = iota // x\n\td\n\n\te; f\n)",
            list("abcdef"),
        ),
        ("package p\nvar x = map[string]int{\n\t`a`: 1,\n}\nvar (\n\ty, z int\n)\n", list("xyz")),
        ("package p\ntype (\n\tA = B\n\tB[P any] struct {\n\t\tP\n\t}\n)\ntype C int", list("ABC")),
        ("package p\nvar a = 5.\nvar b = x.\n\ty\nvar c = -\n\t1\nvar d = f(1,\n2)", list("abcd")),
        ("package p\nvar a = '\\''; var b = '\"'; var c = \"\\\"\"; var d = `\\`", list("abcd")),
        ("package p\nvar a /* \n */\nvar b = 1 /* x */ + // y\n\t2\nvar c int", list("abc")),
        (
            "package p\nfunc f(\n\ta int,\n) (\n\tb int,\n)\nfunc g[P any](P) {\n\tfunc() {}()\n}",
            ["f", "g"],
        ),
        ("\ufeffpackage p\nfunc ϕ(日本 int)\n", ["ϕ"]),
        ("package p\r\nfunc f()\r\nconst (\r\n\ta = 1\r\n\tb\r\n)\r\n", ["f", "a", "b"]),
    ],
)
def test_declared_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected
    assert not read_source("/p/p.go", text.encode()).is_broken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("func f() {\nfunc g()\nvar v int", ["f", "g", "v"], id="open body"),
        pytest.param("func f(a int,\nfunc g()", ["f", "g"], id="open parameters"),
        pytest.param("func\nfunc g()", ["g"], id="no name"),
        pytest.param("type\nfunc g()", ["g"], id="no type"),
        pytest.param("var x,\nfunc g()", ["x", "g"], id="half a list"),
        pytest.param("type T struct {\n\ta int\nfunc g()", ["T", "g"], id="open struct"),
        pytest.param('var s = "abc\nfunc g()', ["s", "g"], id="open string"),
        pytest.param("var s = 'a\nfunc g()", ["s", "g"], id="open character"),
        pytest.param("var s = `abc\nfunc g()\nfunc h()", ["s", "g", "h"], id="open raw string"),
        pytest.param("func f() /* abc\nfunc g()", ["f", "g"], id="open comment"),
        pytest.param("func f() }\nfunc g()", ["f", "g"], id="stray brace"),
        pytest.param("const (\n\ta = 1\n\tb = (\nfunc g()", ["a", "b", "g"], id="open group"),
    ],
)
def test_a_broken_declaration_does_not_hide_others(text: str, expected: list[str]) -> None:
    text = f"package p\nfunc before()\n{text}\nfunc after()\n"
    assert names(text) == ["before", *expected, "after"]
    assert read_source("/p/p.go", text.encode()).is_broken


def test_a_keyword_at_column_zero_of_a_sound_file_may_be_a_statement() -> None:
    assert names("package p\nfunc f() {\nvar x int\nconst y = 1\n}\nfunc g()") == ["f", "g"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("package p\nfunc f(a int) (b string) { return }", "f(a int) (b string) "),
        ("package p\nfunc (t T) f(a int)", "f(a int)"),
        ("package p\nconst c = 1 // one\n", "c = 1"),
        ("package p\nvar v = []int{ // x\n\t1,\n} // y\n", "v = []int{ // x\n\t1,\n}"),
    ],
)
def test_spec_is_what_there_is_to_parse(text: str, expected: str) -> None:
    assert spec_text(text) == expected


def test_places_are_byte_offsets() -> None:
    text = "package p\n// ϕ\nfunc é()\n"
    declaration, file = only(text)
    span = declaration.name_span
    assert file.source[span.start : span.end].decode() == "é"
    assert file.source[declaration.start :].startswith(b"func")


def test_constants_know_iota_and_what_they_repeat() -> None:
    file = read_source("/p/p.go", b"package p\nconst (\n\ta, b = iota, 1\n\tc, d\n\t_ = 5\n\te\n)")
    found = {
        each.name: (each.iota, each.position, file.source[each.repeated.start : each.repeated.end])
        for each in file.declarations
        if each.repeated
    }
    assert found == {
        "a": (0, 0, b"a, b = iota, 1"),
        "b": (0, 1, b"a, b = iota, 1"),
        "c": (1, 0, b"a, b = iota, 1"),
        "d": (1, 1, b"a, b = iota, 1"),
        "_": (2, 0, b"_ = 5"),
        "e": (3, 0, b"_ = 5"),
    }


def test_imports_and_package_name() -> None:
    file = read_source(
        "/p/p.go",
        b'// c\n\npackage p // d\nimport "a/b"\nimport (\n\tx "c"\n\t. `d`\n\t_ "e"; "f" // g\n)\n',
    )
    assert file.package_name == "p"
    assert [(each.name, each.path) for each in file.imports] == [
        (None, "a/b"),
        ("x", "c"),
        (".", "d"),
        ("_", "e"),
        (None, "f"),
    ]
    quoted = file.imports[1].span
    assert file.source[quoted.start : quoted.end] == b'"c"'
