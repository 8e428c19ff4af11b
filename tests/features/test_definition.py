"""Each fixture draws `^ target` under what the cursor's word is defined by."""

from __future__ import annotations

from textwrap import dedent

import pytest

from go_asm_lsp.features.definition import definition
from tests.features.fixture import FOLDER, open_fixture
from tests.support import CURSOR, annotate, split_files


def check(archive: str) -> None:
    fixture = open_fixture(archive)
    found = definition(fixture.workspace, fixture.path, fixture.offset)
    targets = found.targets if found else ()
    for name, marked in split_files(dedent(archive).lstrip("\n")).items():
        path = f"{FOLDER}/{name}"
        notes = [(target.span, "target") for target in targets if target.path == path]
        drawn = annotate(fixture.texts[path], notes)
        assert drawn == marked.replace(CURSOR, ""), name
    assert all(target.path in fixture.texts for target in targets)


NOWHERE = (
    pytest.param("RE<|>T", id="an instruction"),
    pytest.param("MOVQ A<|>X, BX", id="a register"),
    pytest.param("MOVQ $4<|>2, BX", id="a number"),
    pytest.param("CALL ·nobody<|>(SB)", id="a name that nothing declares"),
    pytest.param("JMP nowhe<|>re", id="a label that is not there"),
    pytest.param("// comm<|>ent on ·f(SB)", id="a comment"),
    pytest.param('MOVQ $0, AX // "<|>', id="the end of a line"),
)


@pytest.mark.parametrize("line", NOWHERE)
def test_nothing_to_go_to(line: str) -> None:
    check(f"""
        -- f.go --
        package w
        func f(x int64) int64
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-16
            {line}
        """)


def test_text_line_leads_to_the_prototype() -> None:
    check("""
        -- f.go --
        package w
        func f(x int64) int64
             ^ target
        -- f_amd64.s --
        TEXT ·f<|>(SB), 4, $0-16
            RET
        """)


@pytest.mark.parametrize("line", ["TE<|>XT ·f(SB), 4, $0-16", "TEXT ·f(SB), 4, $0-1<|>6"])
def test_any_part_of_the_text_line_leads_to_the_prototype(line: str) -> None:
    check(f"""
        -- f.go --
        package w
        func f(x int64) int64
             ^ target
        -- f_amd64.s --
        {line}
            RET
        """)


def test_text_line_leads_to_the_prototype_of_its_own_architecture() -> None:
    check("""
        -- f_amd64.go --
        package w
        func f(x int64) int64
        -- f_arm64.go --
        package w
        func f(x int64) int64
             ^ target
        -- f_arm64.s --
        TEXT ·f<|>(SB), 4, $0-16
            RET
        """)


def test_call_leads_to_declaration_and_definition() -> None:
    check("""
        -- f.go --
        package w
        func f()
        func g()
             ^ target
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-0
            CALL ·g<|>(SB)
            RET
        TEXT ·g(SB), 4, $0-0
              ^ target
            RET
        -- f_arm64.s --
        TEXT ·g(SB), 4, $0-0
            RET
        """)


def test_go_function_with_a_body() -> None:
    check("""
        -- f.go --
        package w
        func f()
        func g() { f() }
             ^ target
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-0
            JMP ·<|>g(SB)
        """)


def test_symbol_with_its_package_written_out() -> None:
    check("""
        -- f.go --
        package w
        import "w/inner/other"
        func f() { other.G() }
        -- inner/other/other.go --
        package other
        func G()
             ^ target
        -- inner/other/other_amd64.s --
        TEXT ·G(SB), 4, $0-0
              ^ target
            RET
        -- f_amd64.s --
        TEXT w·f(SB), 4, $0-0
            JMP w∕inner∕other·G<|>(SB)
        """)


def test_static_symbol_stays_in_its_file() -> None:
    check("""
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-0
            JMP helper<><|>(SB)
        TEXT helper<>(SB), 4, $0-0
             ^^^^^^ target
            RET
        -- g_amd64.s --
        TEXT helper<>(SB), 4, $0-0
            RET
        """)


def test_data_leads_to_globl() -> None:
    check("""
        -- f_amd64.s --
        DATA table<><|>+0(SB)/8, $1
        GLOBL table<>(SB), 8, $8
              ^^^^^ target
        """)


def test_data_leads_to_the_go_variable() -> None:
    check("""
        -- f.go --
        package w
        var table [8]byte
            ^^^^^ target
        -- f_amd64.s --
        DATA ·table<|>+0(SB)/8, $1
        """)


def test_label_of_the_same_function() -> None:
    check("""
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-0
        loop:
            RET
        TEXT ·g(SB), 4, $0-0
        loop:
        ^^^^ target
            JMP loo<|>p
        """)


def test_macro_and_macro_in_a_header() -> None:
    check("""
        -- f_amd64.s --
        #define ZERO(r) XORL r, r
                ^^^^ target
        TEXT ·f(SB), 4, $0-0
            ZE<|>RO(AX)
            RET
        """)
    check("""
        -- h.h --
        #define ZERO(r) XORL r, r
                ^^^^ target
        -- f_amd64.s --
        #include "h.h"
        TEXT ·f(SB), 4, $0-0
            ZERO<|>(AX)
            RET
        """)


def test_macro_parameter_in_its_body() -> None:
    check("""
        -- f_amd64.s --
        #define ADD2(from, to) \\
                           ^^ target
            ADDQ from, to; \\
            ADDQ from, t<|>o
        """)


def test_symbol_in_a_macro_body() -> None:
    check("""
        -- f.go --
        package w
        func g() {}
             ^ target
        -- f_amd64.s --
        #define CALLG \\
            NOP; \\
            CALL ·g<|>(SB)
        """)


def test_argument_handed_to_a_macro() -> None:
    check("""
        -- f.go --
        package w
        func f(a, b int64)
                  ^ target
        -- f_amd64.s --
        #define LOAD(from) MOVQ from, AX
        TEXT ·f(SB), 4, $0-16
            LOAD(b<|>+8(FP))
            RET
        """)


def test_include_leads_to_the_file() -> None:
    fixture = open_fixture("""
        -- h.h --
        #define X 1
        -- f_amd64.s --
        #include "h<|>.h"
        """)
    found = definition(fixture.workspace, fixture.path, fixture.offset)
    assert found
    assert [target.path for target in found.targets] == [f"{FOLDER}/h.h"]


@pytest.mark.parametrize(
    ("name", "go"),
    [
        ("const_si<|>ze", "const size = 8\n      ^^^^ target\n"),
        ("point_<|>y", "type point struct {\n    x int32\n    y int32\n    ^ target\n}\n"),
        ("point__<|>size", "type point struct{ x, y int32 }\n     ^^^^^ target\n"),
    ],
)
def test_names_of_go_asm_h(name: str, go: str) -> None:
    archive = (
        f'-- f.go --\npackage w\n{go}-- f_amd64.s --\n#include "go_asm.h"\n'
        f"TEXT ·f(SB), 4, $0-0\n    MOVQ ${name}, AX\n    RET\n"
    )
    check(archive)


@pytest.mark.parametrize("operand", ["b_len<|>+8(FP)", "b_len+<|>8(FP)", "b_len+8(F<|>P)"])
def test_frame_operand_leads_to_the_parameter(operand: str) -> None:
    check(f"""
        -- f.go --
        package w
        func f(b []byte) (n int)
               ^ target
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-32
            MOVQ {operand}, AX
            RET
        """)


def test_frame_operand_with_a_wrong_name_leads_to_what_is_there() -> None:
    check("""
        -- f.go --
        package w
        func f(b []byte) (n int)
                          ^ target
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-32
            MOVQ AX, res<|>+24(FP)
            RET
        """)


def test_prototype_leads_to_every_architecture() -> None:
    check("""
        -- f.go --
        package w
        func f<|>(x int64) int64
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-16
              ^ target
            RET
        -- f_arm64.s --
        TEXT w·f(SB), 4, $0-16
               ^ target
            RET
        -- f_windows_386.s --
        #define FUNC(name) TEXT name(SB), 4, $0-16
        FUNC(·f)
              ^ target
            RET
        -- g_arm64.s --
        TEXT ·g(SB), 4, $0-16
            CALL ·f(SB)
            RET
        """)


def test_function_with_a_body_is_gopls_business() -> None:
    check("""
        -- f.go --
        package w
        func f<|>() {}
        -- f_amd64.s --
        TEXT ·g(SB), 4, $0-16
            CALL ·f(SB)
        """)


def test_code_that_no_build_takes() -> None:
    check("""
        -- f.go --
        package w
        func f()
        func g() {}
             ^ target
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-0
        #ifdef NEVER
            CALL ·g<|>(SB)
        #endif
            RET
        """)


def test_label_in_code_that_no_build_takes() -> None:
    check("""
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-0
        loop:
        ^^^^ target
        #ifdef NEVER
            JMP loo<|>p
        #endif
            RET
        """)


def test_symbol_of_the_standard_library() -> None:
    fixture = open_fixture("""
        -- f.go --
        package w
        func f()
        -- f_amd64.s --
        TEXT ·f(SB), 4, $0-0
            JMP runtime·memmove<|>(SB)
        """)
    found = definition(fixture.workspace, fixture.path, fixture.offset)
    assert found
    names = [target.path.rpartition("/src/")[2] for target in found.targets]
    assert names == ["runtime/stubs.go", "runtime/memmove_amd64.s"]
