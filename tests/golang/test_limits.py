"""Hostile Go: huge, deep, cyclic and unclosed declarations cost bounded time, and never raise."""

from __future__ import annotations

import tracemalloc
from itertools import islice

import pytest

from go_asm_lsp.golang.abiinternal import register_frame
from go_asm_lsp.golang.asmhdr import find_define, header_text
from go_asm_lsp.golang.frame import argument_frame
from go_asm_lsp.golang.source import read_source
from tests.golang.loading import go_package


def numbered(pattern: str, count: int) -> str:
    """Repeats a declaration with this number, the next one, and the one after the last is 0."""
    lines = (pattern.format(i, i + 1, (i + 1) % count) for i in range(count))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("declarations", "size"),
    [
        pytest.param("type T0 [100000]byte", 100_000, id="large array"),
        pytest.param(
            numbered("type T{0} struct{{ a T{1} }}", 1000) + "type T1000 int8", 1, id="deep"
        ),
        pytest.param(numbered("type T{0} T{1}", 2000) + "type T2000 int8", 1, id="chain of types"),
        pytest.param(numbered("type T{0} = T{1}", 2000) + "type T2000 int8", 1, id="of aliases"),
        pytest.param(
            numbered("type T{0} struct{{ a, b T{1} }}", 40) + "type T40 byte", 1 << 40, id="shared"
        ),
        pytest.param(
            numbered("type T{0} = struct{{ a, b T{1} }}", 40) + "type T40 byte",
            1 << 40,
            id="shared aliases",
        ),
        pytest.param(
            numbered("type T{0} struct{{ a, b T{1} }}", 60) + "type T60 [0]byte",
            0,
            id="shared, empty",
        ),
        pytest.param(
            numbered("type T{0} interface{{ T{1}; error; T{1} }}", 60) + "type T60 any",
            16,
            id="embedded",
        ),
        pytest.param("type T0 struct{" + "a " + "*" * 55 + "int}", 8, id="pointers"),
    ],
)
def test_frames_of_large_types(declarations: str, size: int) -> None:
    package = go_package(f"package p\n{declarations}\nfunc f(x T0)\n")
    frame = argument_frame(package, "f")
    assert frame
    assert (frame.size, frame.is_complete) == (size, True)
    assert next(islice(frame.slots(), 1, None), None) is None or frame.slot("x")
    if size:
        slot = frame.slot_at(size - 1)
        assert slot
        assert frame.slot(slot.name) == slot
    register_frame(package, "f")


@pytest.mark.parametrize(
    "declarations",
    [
        pytest.param("type T0 struct{ a T0 }", id="struct of itself"),
        pytest.param("type T0 [2]T0", id="array of itself"),
        pytest.param("type T0 T0", id="itself"),
        pytest.param("type T0 = T0", id="alias of itself"),
        pytest.param("type T0 struct{ T1 }\ntype T1 = T0", id="through an alias"),
        pytest.param("type T0 [len(v)]int\nvar v T0", id="length of itself"),
        pytest.param(numbered("type T{0} struct{{ a T{2} }}", 2000), id="long circle"),
        pytest.param(
            "type G[P any] struct{ g G[[]P]; p P }\ntype T0 G[int]", id="ever new instances"
        ),
        pytest.param(
            "type D[A, B any] struct{ a A }\n"
            "type G[P any] struct{ g G[D[P, P]]; p P }\ntype T0 G[int]",
            id="doubling instances",
        ),
        pytest.param("type T0 " + "(" * 5000 + "int" + ")" * 5000, id="parentheses"),
        pytest.param("type T0 " + "[1]" * 5000 + "int", id="nested arrays"),
        pytest.param("type T0 [1 << 60]int", id="too large"),
        pytest.param("type T0 struct{ a [" + "-" * 3000 + "1]int }", id="minus signs"),
    ],
)
def test_types_without_a_size(declarations: str) -> None:
    package = go_package(f"package p\n{declarations}\nfunc f(x T0)\n")
    frame = argument_frame(package, "f")
    assert frame
    assert not frame.is_complete
    assert register_frame(package, "f") is None
    assert header_text(package).count("T0") == 0


@pytest.mark.parametrize(
    ("declarations", "expected"),
    [
        pytest.param(
            numbered("const c{0} = c{1} + 1", 3000) + "const c3000 = 1", "3001", id="chain"
        ),
        pytest.param(numbered("const c{0} = c{2} + 1", 3000), None, id="long circle"),
        pytest.param("const c0 = " + "+".join(["1"] * 20_000), "20000", id="long sum"),
        pytest.param("const c0 = " + "(1+" * 3000 + "1" + ")" * 3000, None, id="deep sum"),
        pytest.param(
            "const c0 = len(s60)\nconst s0 = `12345678`\n"
            + "\n".join(f"const s{i + 1} = s{i} + s{i}" for i in range(60)),
            None,
            id="doubling text",
        ),
        pytest.param(
            "const c0 = f40 > 1\nconst f0 = 3.7e300\n"
            + "\n".join(f"const f{i + 1} = f{i} * f{i}" for i in range(40)),
            None,
            id="squares",
        ),
        pytest.param("const c0 = " + "9" * 1_000_000, None, id="long number"),
        pytest.param("const c0 = 1 << 999999999999", None, id="long shift"),
        pytest.param("const c0 = 1e999999999 > 1", None, id="large exponent"),
        pytest.param(
            "const c0 = len(t)\nvar t = [...]int{" + "1," * 50_000 + "}", "50000", id="table"
        ),
        pytest.param('const c0 = "' + '\\"' * 500_000, None, id="unclosed text"),
        pytest.param("const c0 = '" + "\\'" * 500_000, None, id="unclosed character"),
        pytest.param("const c0 = 1 " + "/* " * 500_000, "1", id="unclosed comments"),
    ],
)
def test_constants(declarations: str, expected: str | None) -> None:
    define = find_define(go_package(f"package p\n{declarations}\n"), "const_c0")
    assert (define.value if define else None) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"func f() {" * 50_000, id="open bodies"),
        pytest.param(b"\nfunc f() { /*" * 50_000, id="open comments"),
        pytest.param(b"var x = " + b"(" * 500_000, id="open parentheses"),
        pytest.param(b'var x = "' + b'\\"' * 500_000, id="open text"),
        pytest.param(b"var x = '" + b"\\'" * 500_000, id="open character"),
        pytest.param(b"/* " * 500_000, id="open comment"),
        pytest.param(b"/" + b"*" * 500_000, id="stars"),
        pytest.param(b"` \n" * 100_001, id="backquotes"),
        pytest.param(b"//   \n" * 100_000, id="comments only"),
        pytest.param(b"\n " * 500_000, id="blanks"),
        pytest.param(b"var " + b"a," * 100_000, id="list without end"),
        pytest.param(b"\nfunc" * 100_000, id="keywords"),
        pytest.param(b"import (\n" + b'"x"' * 100_000, id="imports"),
        pytest.param(bytes(range(256)) * 4_000, id="bytes"),
    ],
)
def test_splitting_hostile_text(text: bytes) -> None:
    read_source("/p/p.go", b"package p\n" + text)
    assert read_source("/p/p.go", text).path == "/p/p.go"


def test_memory_follows_the_declarations_not_the_text() -> None:
    body = b"\tx := f(1, 2) + g(`abc`)\n" * 200
    source = b"package p\n" + b"".join(
        b"func f%d(a int) (b string) {\n%s}\n" % (number, body) for number in range(500)
    )
    tracemalloc.start()
    file = read_source("/p/p.go", source)
    used, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(file.declarations) == 500
    assert peak < 1_000_000 < len(source)
    assert used < 500_000


def test_a_frame_of_a_million_components_takes_no_room() -> None:
    package = go_package("package p\nfunc f(x [1000000]struct{ a, b string })\n")
    tracemalloc.start()
    frame = argument_frame(package, "f")
    assert frame
    assert frame.slot("x_999999_b_len")
    assert frame.slot_at(31_999_999)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 500_000
