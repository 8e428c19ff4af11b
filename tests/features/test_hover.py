"""Hover on each kind of thing, as the plain text that a terminal editor shows."""

from __future__ import annotations

from textwrap import dedent

import pytest

from go_asm_lsp.features.hover import hover
from go_asm_lsp.features.markup.render import to_markdown
from tests.features.fixture import open_fixture, plain

SUM = """
    -- sum.go --
    package w

    const lanes = 1 << 2

    type point struct {
        x int32
        y int32 // the height
    }

    var limit int64 = 7

    // sum adds up xs.
    //
    //  total := sum(xs, 0)
    //
    // It starts at start.
    func sum(xs []byte, start uint16) (total int64)

    func helper(n int) {}
    -- sum_amd64.s --
    #include "go_asm.h"
    #include "textflag.h"
    #define HALVE(r) SHRQ $1, r
    #define COUNT CX

"""


def document(text: str, goarch: str = "amd64") -> str:
    fixture = open_fixture(SUM + text, goarch=goarch)
    found = hover(fixture.workspace, fixture.path, fixture.offset)
    return plain(found.document) if found else ""


def word(text: str) -> str:
    fixture = open_fixture(SUM + text)
    found = hover(fixture.workspace, fixture.path, fixture.offset)
    if found is None:
        return ""
    return fixture.texts[fixture.path][found.span.start : found.span.end].decode()


def inside(line: str) -> str:
    return f"    TEXT ·sum(SB), NOSPLIT, $16-40\n        {line}\n        RET\n"


@pytest.mark.parametrize(
    "line",
    [
        "MOVQ<|> AX, BX",
        "MOVQ A<|>X, BX",
        "// TE<|>XT",
        "JMP no<|>where",
        "CALL ·no<|>body(SB)",
        "  <|>  NOP",
    ],
)
def test_nothing_to_say(line: str) -> None:
    assert document(inside(line)) == ""


TEXT_LINE = """\
    func sum(xs []byte, start uint16) (total int64)

    sum adds up xs.

    total := sum(xs, 0)

    It starts at start.

    Flags NOSPLIT|NOPTR:

    - NOSPLIT (4): no check for stack space at entry, so the stack is not grown here
    - NOPTR (16): data without pointers, which the garbage collector skips

    name     operand        offset  size  type
    xs       xs+0(FP)            0    24  []byte  argument
    xs_base  xs_base+0(FP)       0     8  *byte   pointer to the slice's first element
    xs_len   xs_len+8(FP)        8     8  int     length of the slice
    xs_cap   xs_cap+16(FP)      16     8  int     capacity of the slice
    start    start+24(FP)       24     2  uint16  argument
    total    total+32(FP)       32     8  int64   result

    The stack (ABI0, $16-40): the prologue moves SP by 24 bytes.

      FP    SP
                 ┌──────────────────────────────┐
     +32   +64   │ total+32(FP)         int64   │ results
     +26   +58   │ padding              6 bytes │
                 ├──────────────────────────────┤
     +24   +56   │ start+24(FP)         uint16  │ arguments
     +16   +48   │ xs_cap+16(FP)        int     │
      +8   +40   │ xs_len+8(FP)         int     │
    FP →   +32   │ xs_base+0(FP)        *byte   │
                 ├──────────────────────────────┤
      -8   +24   │ return address       8 bytes │ return address, pushed by CALL
     -16   +16   │ saved frame pointer  8 bytes │ caller's BP, pushed by the prologue
                 ├──────────────────────────────┤
     -24    +8   │ tmp-8(SP)            8 bytes │ locals
     -32  SP →   │ local                8 bytes │
                 └──────────────────────────────┘
    """


def test_text_line() -> None:
    text = """\
    TEXT ·sum<|>(SB), NOSPLIT|NOPTR, $16-40
        MOVQ AX, tmp-8(SP)
        RET
    """
    assert document(text) == dedent(TEXT_LINE)
    assert word(text) == "·sum"


@pytest.mark.parametrize("line", ["TE<|>XT ·sum(SB), 7, $0-40", "TEXT ·sum(SB), 7, $<|>0-40"])
def test_other_parts_of_the_text_line_show_the_function_too(line: str) -> None:
    shown = document(f"    {line}\n        RET\n")
    assert "func sum(xs []byte, start uint16) (total int64)" in shown
    assert "- NOPROF (1)" in shown


def test_numeric_flags_come_first_on_the_flags() -> None:
    shown = document("    TEXT ·sum(SB), 7<|>, $0-40\n        RET\n")
    assert shown.startswith("Flags 7:\n\n- NOPROF (1): ")
    assert "- DUPOK (2): " in shown
    assert "- NOSPLIT (4): " in shown


def test_unknown_bits_among_flags() -> None:
    shown = document("    TEXT ·sum(SB), 65540<|>, $0-40\n        RET\n")
    assert "- 65536: no flag of textflag.h\n" in shown


def test_named_flag() -> None:
    shown = document("    TEXT ·sum(SB), DUPOK|NOSPL<|>IT, $0-40\n        RET\n")
    assert (
        shown
        == "- NOSPLIT (4): no check for stack space at entry, so the stack is not grown here\n"
    )


def test_function_that_go_does_not_declare() -> None:
    shown = document(
        "    TEXT ·other<|>(SB), NOSPLIT, $0-16\n        MOVQ n+0(FP), AX\n        RET\n"
    )
    assert "other is not declared without a body in package w.\n" in shown
    assert "what Go does not tell of the arguments is guessed from their uses" in shown
    assert "│ n+0(FP)         16 bytes │ arguments\n" in shown


def test_function_with_arguments_in_registers() -> None:
    shown = document("    TEXT ·sum<ABIInternal><|>(SB), NOSPLIT, $0-0\n        RET\n")
    assert (
        "name     in  size  type\n"
        "xs_base  AX     8  *byte   argument\n"
        "xs_len   BX     8  int     argument\n"
        "xs_cap   CX     8  int     argument\n"
        "start    DI     2  uint16  argument\n"
        "total    AX     8  int64   result\n"
    ) in shown
    assert "The stack (ABIInternal, $0-0): no frame is made.\n" in shown
    assert "(FP)" not in shown


def test_static_function() -> None:
    shown = document("    TEXT other<><|>(SB), NOSPLIT, $0-0\n        RET\n")
    assert "other<> is known in this file only and has no Go declaration.\n" in shown


SLOT = """\
    xs_len+8(FP)

    Length of the slice of argument xs []byte: int, 8 bytes at xs_len+8(FP).

    After the prologue it is at 40(SP) on amd64.

      name     operand        offset  size  type
      xs       xs+0(FP)            0    24  []byte  argument
      xs_base  xs_base+0(FP)       0     8  *byte   pointer to the slice's first element
    ▶ xs_len   xs_len+8(FP)        8     8  int     length of the slice
      xs_cap   xs_cap+16(FP)      16     8  int     capacity of the slice
      start    start+24(FP)       24     2  uint16  argument
      total    total+32(FP)       32     8  int64   result

      FP    SP
                 ┌───────────────────────────────┐
     +32   +64   │ total+32(FP)         int64    │ results
     +26   +58   │ padding              6 bytes  │
                 ├───────────────────────────────┤
     +24   +56   │ start+24(FP)         uint16   │ arguments
     +16   +48   │ xs_cap+16(FP)        int      │
      +8   +40 ▶ │ xs_len+8(FP)         int      │
    FP →   +32   │ xs_base+0(FP)        *byte    │
                 ├───────────────────────────────┤
      -8   +24   │ return address       8 bytes  │ return address, pushed by CALL
     -16   +16   │ saved frame pointer  8 bytes  │ caller's BP, pushed by the prologue
                 ├───────────────────────────────┤
     -32  SP →   │ local                16 bytes │ locals
                 └───────────────────────────────┘
    """


def test_argument() -> None:
    assert document(inside("MOVQ xs_l<|>en+8(FP), AX")) == dedent(SLOT)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("MOVW sta<|>rt+24(FP), AX", "Argument start uint16, 2 bytes at start+24(FP).\n"),
        ("MOVQ AX, tot<|>al+32(FP)", "Result total int64, 8 bytes at total+32(FP).\n"),
        ("MOVQ AX, t<|>mp-8(SP)", "local variable, 8 bytes\n"),
        ("MOVQ AX, <|>8(SP)", "scratch, or argument of a called function, 8 bytes\n"),
        ("MOVQ AX, <|>48(SP)", "capacity of the slice, 8 bytes\n"),
        ("MOVQ AX, t<|>mp+0(SP)", "caller's BP, pushed by the prologue, 8 bytes\n"),
        ("LEAQ t<|>mp-24(SP), AX", "This place is outside the frame, or not known.\n"),
        ("MOVQ wrong<|>+400(FP), AX", "This place is outside the frame, or not known.\n"),
    ],
)
def test_places_in_the_frame(line: str, shown: str) -> None:
    assert shown in document(inside(line))


def test_stack_slot_after_the_function_moved_the_stack_pointer() -> None:
    text = inside("SUBQ $32, SP\n        MOVQ AX, <|>8(SP)")
    assert "This place is outside the frame, or not known.\n" in document(text)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("CALL ·help<|>er(SB)", "func helper(n int)\n"),
        ("MOVQ ·lim<|>it(SB), AX", "var limit int64 = 7\n"),
        ("MOVQ table<><|>(SB), AX", "GLOBL table<>(SB), RODATA, $8\n\nAssembly: sum_amd64.s:9 ("),
        ("CALL runtime·memmove<|>(SB)", "func memmove(to, from unsafe.Pointer, n uintptr)\n\n"),
    ],
)
def test_symbols(line: str, shown: str) -> None:
    table = "    GLOBL table<>(SB), RODATA, $8\n"
    assert document(inside(line) + table).startswith(shown)


def test_macro_shows_definition_and_expansion() -> None:
    assert document(inside("HAL<|>VE(COUNT)")) == dedent(
        """\
        #define HALVE(r) SHRQ $1, r

        Defined in sum_amd64.s:3 (/nowhere/w/sum_amd64.s:3).

        HALVE(COUNT) becomes

        SHRQ $1, CX
        """
    )


def test_macro_without_parameters() -> None:
    assert document(inside("MOVQ COU<|>NT, AX")).startswith("#define COUNT CX\n\nDefined in ")


def test_macro_of_the_go_command() -> None:
    shown = document("    #ifdef GOARCH_am<|>d64\n    #endif\n")
    assert "Defined by the go command for this architecture and system.\n" in shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("const_la<|>nes", "#define const_lanes 4\n\nconst lanes = 1 << 2\n"),
        (
            "point<|>_y",
            "#define point_y 4\n\ntype point struct {\n\t…\n\ty int32 // the height\n}\n\n"
            "Declared at sum.go:7 (/nowhere/w/sum.go:7).\n",
        ),
        (
            "point__<|>size",
            "#define point__size 8\n\ntype point struct {\n    x int32\n"
            "    y int32 // the height\n}\n",
        ),
    ],
)
def test_names_of_go_asm_h(name: str, shown: str) -> None:
    assert document(inside(f"MOVQ ${name}, AX")) == shown


def test_includes() -> None:
    start = "    -- f_amd64.s --\n    #include "
    assert "go_asm.h is written by the compiler" in document(f'{start}"go_a<|>sm.h"\n')
    assert document(f'{start}"textf<|>lag.h"\n').endswith("/pkg/include/textflag.h\n")
    assert document(f'{start}"no<|>ne.h"\n') == "none.h is not found.\n"


def test_label() -> None:
    text = inside("JMP lo<|>op\n    loop:\n        JMP loop")
    assert document(text) == (
        "loop:\n\nLabel of sum at line 8 (/nowhere/w/sum_amd64.s:8), used 2 times.\n"
    )


@pytest.mark.parametrize(
    ("line", "usage"),
    [
        ("BY<|>TE $1", "BYTE $value"),
        ("PCAL<|>IGN $16", "PCALIGN $bytes"),
        ("FUNC<|>DATA $0, x<>(SB)", "FUNCDATA $index, symbol(SB)"),
        ("PCD<|>ATA $0, $1", "PCDATA $index, $value"),
        ("R<|>ET", "RET"),
        ("GLO<|>BL x<>(SB), 8, $8", "GLOBL symbol(SB), flags, $size"),
        ("DA<|>TA x<>+0(SB)/8, $1", "DATA symbol+offset(SB)/width, value"),
        ("MOVQ ·x(S<|>B), AX", "symbol+offset(SB)"),
        ("MOVQ start+24(F<|>P), AX", "name+offset(FP)"),
        ("MOVQ tmp-8(S<|>P), AX", "name-offset(SP)"),
        ("MOVQ 8(S<|>P), AX", "offset(SP)"),
        ("JMP 2(P<|>C)", "count(PC)"),
    ],
)
def test_words_of_the_language(line: str, usage: str) -> None:
    assert document(inside(line)).startswith(usage + "\n\n")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("$6<|>5", "- decimal 65\n- hexadecimal 0x41\n- binary 0b0100_0001\n- character 'A'\n"),
        ("$(1<<1<|>0)", "- decimal 1024\n- hexadecimal 0x400\n- binary 0b0100_0000_0000\n"),
        (
            "$-<|>1",
            "- decimal -1\n- unsigned, 64 bits 18446744073709551615\n"
            "- unsigned, 32 bits 4294967295\n- hexadecimal, 32 bits 0xffffffff\n"
            "- hexadecimal 0xffffffffffffffff\n- binary 0b" + "_".join(["1111"] * 16) + "\n",
        ),
    ],
)
def test_numbers(written: str, shown: str) -> None:
    assert document(inside(f"MOVQ {written}, AX")).endswith(shown)


def test_file_for_architectures_that_agree() -> None:
    text = """\
    -- f.go --
    package w
    func f(x uintptr) bool
    -- f_ppc64x.s --
    //go:build ppc64 || ppc64le
    TEXT ·f<|>(SB), 4, $0-9
        RET
    """
    shown = document(text)
    assert shown.count("x     x+0(FP)") == 1
    assert "The stack on ppc64, ppc64le (ABI0, $0-9): no frame is made.\n" in shown


def test_file_for_architectures_that_differ() -> None:
    text = """\
    -- f.go --
    package w
    func f(x, y uintptr)
    -- f.s --
    //go:build amd64 || 386 || arm
    TEXT ·f(SB), 4, $0-16
        NOP y<|>+8(FP)
        RET
    """
    shown = document(text)
    assert "Argument y uintptr, 8 bytes at y+8(FP).\n\nOn 386, arm: y+4(FP)\n" in shown
    shown = document(text.replace("·f", "·f<|>").replace("y<|>", "y"))
    assert "On amd64:\n\nname  operand  offset  size  type\nx     x+0(FP)       0     8" in shown
    assert "On 386, arm:\n\nname  operand  offset  size  type\nx     x+0(FP)       0     4" in shown


def test_code_of_another_architecture_in_the_file() -> None:
    text = """\
    -- f.go --
    package w
    func f(x, y uintptr)
    -- f.s --
    //go:build amd64 || 386
    TEXT ·f(SB), 4, $0-16
    #ifdef GOARCH_386
        NOP y<|>+4(FP)
    #endif
        RET
    """
    assert "Argument y uintptr, 4 bytes at y+4(FP).\n" in document(text)


def test_code_that_no_build_takes() -> None:
    text = inside("NOP\n    #ifdef NEVER\n        MOVQ xs_len<|>+8(FP), AX\n    #endif")
    assert "Length of the slice of argument xs []byte: int, 8 bytes" in document(text)


def test_markdown_has_fences_and_tables() -> None:
    fixture = open_fixture(SUM + inside("MOVQ xs_le<|>n+8(FP), AX"))
    found = hover(fixture.workspace, fixture.path, fixture.offset)
    assert found
    shown = to_markdown(found.document)
    assert shown.startswith(
        "```goasm\nxs_len+8(FP)\n```\n\nLength of the slice of argument `xs []byte`"
    )
    assert "| **`xs_len`** | **`xs_len+8(FP)`** | **8** | **8** | **`int`** |" in shown
    assert "```text\n  FP    SP\n" in shown


@pytest.mark.parametrize(
    ("goarch", "operand", "place"),
    [
        ("386", "<|>8(SP)", "8(SP)"),
        ("arm", "<|>8(R13)", "8(R13)"),
        ("arm64", "<|>8(RSP)", "8(RSP)"),
        ("loong64", "<|>8(R3)", "8(R3)"),
        ("mipsle", "<|>8(R29)", "8(R29)"),
        ("mips64", "<|>8(R29)", "8(R29)"),
        ("ppc64le", "<|>40(R1)", "40(R1)"),
        ("riscv64", "<|>8(X2)", "8(SP)"),
        ("riscv64", "<|>8(SP)", "8(SP)"),
        ("s390x", "<|>8(R15)", "8(R15)"),
    ],
)
def test_hardware_stack_slots_on_each_architecture(goarch: str, operand: str, place: str) -> None:
    text = (
        f"-- f.go --\npackage w\nfunc f()\n-- f_{goarch}.s --\n"
        f"TEXT ·f(SB), 4, $16-0\n    NOP {operand}\n    RET\n"
    )
    fixture = open_fixture(text, goarch=goarch)
    found = hover(fixture.workspace, fixture.path, fixture.offset)
    assert found
    shown = plain(found.document)
    written = operand.removeprefix("<|>")
    assert shown.startswith(f"{written}\n\nscratch, or argument of a called function, ")
    assert f"After the prologue it is at {place} on {goarch}.\n" in shown
    register = text.replace("<|>", "").replace(")\n    RET", "<|>)\n    RET")
    fixture = open_fixture(register, goarch=goarch)
    found = hover(fixture.workspace, fixture.path, fixture.offset)
    assert found
    assert "The hardware stack pointer." in plain(found.document)
