"""How types are spelled for people."""

from __future__ import annotations

import pytest

from go_asm_lsp.semantics.frame_components import component_at, components, short_type
from tests.features.fixture import open_fixture


@pytest.mark.parametrize(
    ("type_", "shown"),
    [
        ("int", "int"),
        ("[]byte", "[]byte"),
        ("*example.com/a/b.T", "*T"),
        ("[4]sync/atomic.Int64", "[4]atomic.Int64"),
        ("map[unsafe.Pointer]example.com/a/b.K", "map[unsafe.Pointer]K"),
        ("func(x example.com/c.T, y example.com/d.v1/v2.T) error", "func(x c.T, y d.v1.T) error"),
        ("gopkg.in/yaml.v3.Node", "yaml.v3.Node"),
        ("struct{example.com/a/b.T; x float64}", "struct{T; x float64}"),
        ("example.com/a/bb.T", "bb.T"),
        ("a" * 100_000, "a" * 100_000),
    ],
)
def test_types_as_the_package_writes_them(type_: str, shown: str) -> None:
    assert short_type(type_, "example.com/a/b") == shown


GO = """
-- f.go --
package w

type pair struct {
    s string
    z complex64
}

func f(p pair, i interface{ M() }, e any, a [3]int32, big [100]byte, n int64) error<|>
-- f_386.s --
TEXT ·f(SB), 4, $0-0
    RET
"""
LISTED = """\
p p+0(FP) 16 pair
p_s p_s+0(FP) 8 string field s
p_s_base p_s_base+0(FP) 4 *byte pointer to the string's bytes
p_s_len p_s_len+4(FP) 4 int length of the string in bytes
p_z p_z+8(FP) 8 complex64 field z
p_z_real p_z_real+8(FP) 4 float32 real part
p_z_imag p_z_imag+12(FP) 4 float32 imaginary part
i i+16(FP) 8 interface{M()}
i_itable i_itable+16(FP) 4 unsafe.Pointer interface table: dynamic type and methods
i_data i_data+20(FP) 4 unsafe.Pointer data word of the interface
e e+24(FP) 8 any
e_type e_type+24(FP) 4 unsafe.Pointer dynamic type of the interface
e_data e_data+28(FP) 4 unsafe.Pointer data word of the interface
a a+32(FP) 12 [3]int32
a_0 a_0+32(FP) 4 int32 element 0
a_1 a_1+36(FP) 4 int32 element 1
a_2 a_2+40(FP) 4 int32 element 2
big big+44(FP) 100 [100]byte
n n+144(FP) 8 int64
n_lo n_lo+144(FP) 4 uint32 low half
n_hi n_hi+148(FP) 4 int32 high half
ret ret+152(FP) 8 error
ret_itable ret_itable+152(FP) 4 unsafe.Pointer interface table: dynamic type and methods
ret_data ret_data+156(FP) 4 unsafe.Pointer data word of the interface
"""


def test_each_kind_of_component() -> None:
    fixture = open_fixture(GO, goarch="386")
    model = fixture.workspace.model("/nowhere/w/f_386.s")
    assert model
    frame = model.functions[0].frame
    assert frame
    shown = [
        f"{c.name} {c.operand} {c.size} {c.type} {c.meaning}".rstrip()
        for c in components(frame, "w")
    ]
    assert "\n".join(shown) + "\n" == LISTED
    deep = component_at(frame, "big_42")
    assert deep
    assert (deep.operand, deep.size, deep.meaning) == ("big_42+86(FP)", 1, "part of big")
    assert component_at(frame, "nothing") is None
