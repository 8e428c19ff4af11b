"""Frames as slots: what is where, and which operands use it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from go_asm_lsp.arch.frame import RULES
from go_asm_lsp.golang.model import GOARCHES
from go_asm_lsp.semantics.frame_layout import FrameLayout, frame_layout
from tests.features.fixture import Fixture, open_fixture


def fixture_of(assembly: str, goarch: str = "amd64", go: str = "") -> Fixture:
    goos = "js" if goarch == "wasm" else "linux"
    text = dedent(assembly).strip("\n")
    return open_fixture(
        f"-- f.go --\npackage w\n{go}\n-- f_{goarch}.s --\n<|>{text}\n", goos, goarch
    )


def layout_of(assembly: str, goarch: str = "amd64", go: str = "") -> FrameLayout:
    fixture = fixture_of(assembly, goarch, go)
    model = fixture.workspace.model(fixture.path)
    assert model
    return frame_layout(model.functions[0], goarch)


def drawn(layout: FrameLayout) -> str:
    rows = [
        f"{s.from_fp:+4} {s.from_sp:+4} {s.size:3} {s.role.value:8} {s.operand or s.name}".rstrip()
        for s in layout.slots
    ]
    return "\n".join(rows) + "\n"


GO = "func f(b []byte, c byte) (n int, ok bool)"

AMD64 = """\
 +40  +80   1 result   ok+40(FP)
 +32  +72   8 result   n+32(FP)
 +25  +65   7 padding
 +24  +64   1 argument c+24(FP)
 +16  +56   8 argument b_cap+16(FP)
  +8  +48   8 argument b_len+8(FP)
  +0  +40   8 argument b_base+0(FP)
  -8  +32   8 linkage  return address
 -16  +24   8 linkage  saved frame pointer
 -24  +16   8 local    x-8(SP)
 -40   +0  16 local
"""
ARM64 = """\
 +40  +80   1 result   ok+40(FP)
 +32  +72   8 result   n+32(FP)
 +25  +65   7 padding
 +24  +64   1 argument c+24(FP)
 +16  +56   8 argument b_cap+16(FP)
  +8  +48   8 argument b_len+8(FP)
  +0  +40   8 argument b_base+0(FP)
  -8  +32   8 linkage  caller header
 -16  +24   8 linkage  caller's frame pointer
 -24  +16   8 local    x-8(SP)
 -32   +8   8 local
 -40   +0   8 linkage  saved link register
 -48   -8   8 linkage  saved frame pointer
"""
ARM = """\
 +20  +48   1 result   ok+20(FP)
 +16  +44   4 result   n+16(FP)
 +13  +41   3 padding
 +12  +40   1 argument c+12(FP)
  +8  +36   4 argument b_cap+8(FP)
  +4  +32   4 argument b_len+4(FP)
  +0  +28   4 argument b_base+0(FP)
  -4  +24   4 linkage  caller header
 -12  +16   8 local    x-8(SP)
 -24   +4  12 local
 -28   +0   4 linkage  saved link register
"""


@pytest.mark.parametrize(
    ("goarch", "frame", "expected"),
    [("amd64", 24, AMD64), ("arm64", 16, ARM64), ("arm", 20, ARM)],
)
def test_frames_in_full(goarch: str, frame: int, expected: str) -> None:
    text = f"TEXT ·f(SB), 4, ${frame}-41\n    NOP x-8(SP)\n    RET"
    assert drawn(layout_of(text, goarch, GO)) == expected


@pytest.mark.parametrize("goarch", GOARCHES)
@pytest.mark.parametrize("frame", ["$0", "$16", "$64", "$-8", "$1024"])
@pytest.mark.parametrize("call", ["CALL ·g(SB)", ""])
def test_slots_touch_each_other(goarch: str, frame: str, call: str) -> None:
    word = RULES[goarch].word
    text = f"TEXT ·f(SB), 4, {frame}-41\n    NOP x-{word}(SP)\n    NOP n+32(FP)\n    {call}\n"
    layout = layout_of(text, goarch, GO)
    for upper, lower in zip(layout.slots, layout.slots[1:], strict=False):
        assert lower.from_sp + lower.size == upper.from_sp
        assert lower.size > 0
    distance = {slot.from_sp - slot.from_fp for slot in layout.slots}
    assert len(distance) == 1


def test_uses_are_found_where_they_are_written() -> None:
    fixture = fixture_of(
        """
        #define GET(from) MOVQ from, AX
        TEXT ·f(SB), 4, $8-8
            GET(x+0(FP))
            MOVL x+4(FP), AX
            MOVQ AX, tmp-8(SP)
            RET
        """,
        go="func f(x int)",
    )
    model = fixture.workspace.model(fixture.path)
    assert model
    slots = frame_layout(model.functions[0], "amd64").slots
    words = {
        slot.operand: [model.source[use.start : use.end].decode() for use in slot.uses]
        for slot in slots
        if slot.uses
    }
    assert words == {"x+0(FP)": ["x+0(FP)", "x+4(FP)"], "tmp-8(SP)": ["tmp-8(SP)"]}


def test_stack_pointer_is_not_followed_once_it_moves() -> None:
    text = """
        TEXT ·f(SB), 4, $32-0
            MOVQ AX, 8(SP)
            PUSHQ BX
            MOVQ AX, 16(SP)
            MOVQ AX, tmp-8(SP)
            RET
        """
    operands = [slot.operand for slot in layout_of(text).slots if slot.uses]
    assert operands == ["tmp-8(SP)", "8(SP)"]


def test_hardware_stack_pointer_may_reach_arguments() -> None:
    text = "TEXT ·f(SB), 4, $0-16\n    MOVQ 16(SP), AX\n    RET"
    used = [slot.operand for slot in layout_of(text, go="func f(x, y int)").slots if slot.uses]
    assert used == ["y+8(FP)"]


def test_arguments_are_guessed_without_a_prototype() -> None:
    text = """
        TEXT ·f(SB), 4, $0-25
            MOVQ x+0(FP), AX
            MOVQ y+8(FP), AX
            MOVB AX, ret+24(FP)
            RET
        """
    layout = layout_of(text)
    assert layout.is_inferred
    assert drawn(layout) == (
        " +24  +32   1 result   ret+24(FP)\n"
        "  +8  +16  16 argument y+8(FP)\n"
        "  +0   +8   8 argument x+0(FP)\n"
        "  -8   +0   8 linkage  return address\n"
    )


def test_arguments_behind_an_unknown_type_are_guessed() -> None:
    go = 'import "nowhere.example/x"\nfunc f(a int, b x.T, c int32) int'
    text = """
        TEXT ·f(SB), 4, $0-40
            MOVL c+24(FP), AX
            MOVQ AX, ret+32(FP)
            RET
        """
    layout = layout_of(text, go=go)
    assert layout.is_inferred
    assert drawn(layout) == (
        " +32  +40   8 result   ret+32(FP)\n"
        " +24  +32   8 argument c+24(FP)\n"
        "  +8  +16  16 argument\n"
        "  +0   +8   8 argument a+0(FP)\n"
        "  -8   +0   8 linkage  return address\n"
    )


def test_big_types_are_one_slot() -> None:
    layout = layout_of("TEXT ·f(SB), 4, $0-0", go="func f(a [100000]byte, b [2]int32)")
    assert [s.operand for s in layout.slots if s.operand] == [
        "b_1+100004(FP)",
        "b_0+100000(FP)",
        "a+0(FP)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "TEXT",
        "TEXT ·f",
        "TEXT ·f(SB)",
        "TEXT ·f(SB), 4",
        "TEXT ·f(SB), 4, $",
        "TEXT ·f(SB), 4, $x-y",
        "TEXT ·f(SB), WHAT, $-1000-8",
        "TEXT ·f(SB), 4, $99999999999999999999-99999999999999999999",
        "TEXT ·f(SB), 4, $8-8\n    MOVQ x-99999999999999999999(SP), AX",
        "TEXT ·f(SB), 4, $8-8\n    MOVQ x+const(FP), y+(FP)",
    ],
)
@pytest.mark.parametrize("goarch", ["amd64", "arm64", "ppc64le", "wasm"])
def test_half_typed_lines_still_have_a_layout(text: str, goarch: str) -> None:
    fixture = fixture_of(text, goarch, GO)
    model = fixture.workspace.model(fixture.path)
    for function in model.functions if model else ():
        assert frame_layout(function, goarch).slots
