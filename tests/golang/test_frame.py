"""The ABI0 frame of a prototype, in asmdecl's components."""

from __future__ import annotations

from itertools import islice
from textwrap import dedent

import pytest

from go_asm_lsp.golang.frame import argument_frame
from go_asm_lsp.golang.model import ArgumentFrame
from tests.golang.loading import go_package


def frame_of(prototype: str, declarations: str = "", goarch: str = "amd64") -> ArgumentFrame:
    frame = argument_frame(go_package(f"package p\n{declarations}\n{prototype}\n", goarch), "f")
    assert frame is not None
    return frame


def drawn(frame: ArgumentFrame) -> str:
    lines = [f"{slot.name}+{slot.offset} {slot.kind} {slot.type}" for slot in frame.slots()]
    return "\n".join([*lines, f"size {frame.size}"])


@pytest.mark.parametrize(
    "prototype",
    ["func g(a int)", "func f(a int) {}", "func (t T) f(a int)", "var f func(a int)", "type f int"],
)
def test_what_has_no_frame(prototype: str) -> None:
    assert argument_frame(go_package(f"package p\ntype T int\n{prototype}\n"), "f") is None


@pytest.mark.parametrize(
    "prototype",
    [
        *("func f(a Missing)", "func f(a missing.T)", "func f(a C.int)", "func f(a [n]int)"),
        *("func f[T any](a T)", "func f(a struct{ b Missing })", "func f(a [1 << 62]int)"),
        *("func f(a T, b Loop)", "func f(a", "func f(a int b)", "func f(a, b int, string)"),
    ],
)
def test_an_unknown_type_leaves_the_frame_incomplete(prototype: str) -> None:
    frame = frame_of(prototype, "type T int8\ntype Loop struct{ l Loop }")
    assert not frame.is_complete


def test_an_incomplete_frame_has_what_is_before_the_unknown() -> None:
    frame = frame_of("func f(a int8, b Missing, c int)")
    assert [slot.name for slot in frame.slots()] == ["a"]


@pytest.mark.parametrize(
    ("prototype", "goarch", "expected"),
    [
        ("func f()", "amd64", "size 0"),
        (
            "func f(a, b int8, c int32) (r bool, err error)",
            "amd64",
            """
            a+0 1 int8
            b+1 1 int8
            c+4 4 int32
            r+8 1 bool
            err+16 interface error
            err_itable+16 8 interface itable
            err_data+24 8 interface data
            size 32
            """,
        ),
        (
            "func f(string, ...byte) (any, int16, complex64)",
            "amd64",
            """
            arg+0 string string
            arg_base+0 8 string base
            arg_len+8 8 string len
            arg1+16 slice []byte
            arg1_base+16 8 slice base
            arg1_len+24 8 slice len
            arg1_cap+32 8 slice cap
            ret+40 empty interface any
            ret_type+40 8 interface type
            ret_data+48 8 interface data
            ret1+56 2 int16
            ret2+60 complex complex64
            ret2_real+60 4 real(complex64)
            ret2_imag+64 4 imag(complex64)
            size 68
            """,
        ),
        (
            "func f(x uint64, p *T) (y float64)",
            "386",
            """
            x+0 8 uint64
            x_lo+0 4 half uint64
            x_hi+4 4 half uint64
            p+8 4 *p.T
            y+12 8 float64
            y_lo+12 4 half float64
            y_hi+16 4 half float64
            size 20
            """,
        ),
        (
            "func f(x Wide) int8",
            "mips",
            """
            x+0 8 p.Wide
            x_hi+0 4 half p.Wide
            x_lo+4 4 half p.Wide
            ret+8 1 int8
            size 9
            """,
        ),
        (
            "func f(t T, a [2]Alias)",
            "arm64",
            """
            t+0 struct p.T
            t_a+0 1 byte
            t__+8 8 int
            t_E+16 struct p.E
            t_E_m+16 8 map[string]rune
            a+24 array [2]p.Alias
            a_0+24 2 p.Alias
            a_1+26 2 p.Alias
            size 28
            """,
        ),
        (
            "func f(a int8, b ...func(x int, y ...T) (z error)) (_ [0]int, _ struct{})",
            "amd64",
            """
            a+0 1 int8
            b+8 slice []func(x int, y ...p.T) (z error)
            b_base+8 8 slice base
            b_len+16 8 slice len
            b_cap+24 8 slice cap
            _+32 array [0]int
            _+32 struct struct{}
            size 32
            """,
        ),
    ],
)
def test_components(prototype: str, goarch: str, expected: str) -> None:
    declarations = """
    type T struct { a byte; _ int; E }
    type E struct { m map[string]rune }
    type Wide int64
    type Alias = Short
    type Short int16
    """
    assert drawn(frame_of(prototype, declarations, goarch)) == dedent(expected).strip()


def test_results_begin_at_a_word_and_only_groups_are_aligned() -> None:
    frame = frame_of("func f(a, b struct{ x int16; y int8 }, c int8) (d int8)")
    offsets = {slot.name: slot.offset for slot in frame.slots() if not slot.depth}
    assert offsets == {"a": 0, "b": 4, "c": 8, "d": 16}
    assert frame.size == 17


def test_a_later_component_hides_an_earlier_one_of_its_name() -> None:
    frame = frame_of("func f(a []int, a_len int8, b struct{ c_d int8; c struct{ d int16 } })")
    hiding = frame.slot("a_len")
    assert hiding
    assert (hiding.offset, hiding.kind) == (24, 1)
    deep = frame.slot("b_c_d")
    assert deep
    assert (deep.offset, deep.kind) == (28, 2)


def test_only_fixed_parts_are_inner() -> None:
    frame = frame_of("func f(s string, t struct{ a, b int }, x [2]int)")
    inner = {
        slot.name: [part.name for part in slot.inner] for slot in frame.slots() if not slot.depth
    }
    assert inner == {"s": ["s_base", "s_len"], "t": [], "x": []}


@pytest.mark.parametrize(
    "prototype",
    [
        "func f(a struct{ b [3]struct{ c string; d int8 }; e [2][2]int16 }, g any) (h [3]byte)",
        "func f(a struct{ a_1 [2]int8; a struct{ x [0]int; y int } }, b [2]struct{}, c int32)",
    ],
)
@pytest.mark.parametrize("goarch", ["amd64", "386", "mips"])
def test_lookups_agree_with_the_list_of_components(prototype: str, goarch: str) -> None:
    frame = frame_of(prototype, goarch=goarch)
    by_name = {slot.name: slot for slot in frame.slots()}
    by_offset = {
        offset: slot
        for slot in frame.slots()
        for offset in range(slot.offset, slot.offset + slot.size)
    }
    assert {name: frame.slot(name) for name in by_name} == by_name
    found = {offset: frame.slot_at(offset) for offset in range(-1, frame.size + 2)}
    assert found == {offset: by_offset.get(offset) for offset in found}


@pytest.mark.parametrize(
    "name", ["x", "a_", "a_2", "a_01", "a_1_", "a_-1", "a_0_lo", "b", "", "a_9" + "9" * 5000]
)
def test_names_of_nothing(name: str) -> None:
    assert frame_of("func f(a [2]int)").slot(name) is None


def test_a_million_components_are_not_spelled_out() -> None:
    frame = frame_of("func f(x [1 << 40][100000]struct{ s string; b byte }, y int)")
    last = frame.slot("x_1099511627775_99999_s_len")
    assert last
    assert frame.slot_at(last.offset) == last
    assert frame.size == (1 << 40) * 100000 * 24 + 8
    assert [slot.name for slot in islice(frame.slots(), 3)] == ["x", "x_0", "x_0_0"]


def test_an_unsaved_prototype_with_the_old_one_beside_it() -> None:
    # asmdecl keeps the last of two body-less declarations.
    assert frame_of("func f(a int8)\nfunc f(a, b int16)").size == 4
