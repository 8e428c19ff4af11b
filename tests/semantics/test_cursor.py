"""What a cursor is on: the drawn span, and the kind of thing."""

from __future__ import annotations

from textwrap import dedent

import pytest

from go_asm_lsp.semantics.cursor import subject_at, subjects_at
from go_asm_lsp.semantics.subject import OnFrame
from tests.features.fixture import open_fixture
from tests.support import CURSOR, annotate

START = """\
#include "textflag.h"
#define TWICE(r) ADDQ r, r; \\
    ADDQ r, other<>(SB)
#define REG CX
"""


def check(marked: str, start: str = START) -> None:
    """Runs on the text with the cursor and compares where the caret line is drawn."""
    text = start + dedent(marked).strip("\n") + "\n"
    fixture = open_fixture(f"-- f_amd64.s --\n{text}")
    source = fixture.texts[fixture.path]
    model = fixture.workspace.model(fixture.path)
    assert model
    subject = subject_at(model, fixture.offset)
    notes = [(subject.span, type(subject).__name__)] if subject else []
    assert annotate(source, notes) == text.replace(CURSOR, "")


@pytest.mark.parametrize(
    "line",
    [
        "// a comm<|>ent",
        "/* TEXT ·f<|>(SB) */",
        "  <|>  RET",
        "MOVQ AX,<|>  BX",
        "TEXT ·f(SB), NOSPLIT, $0-8 <|>",
        "",
    ],
)
def test_nothing(line: str) -> None:
    check(line + ("" if CURSOR in line else CURSOR))


@pytest.mark.parametrize(
    "marked",
    [
        """
        TE<|>XT ·f(SB), NOSPLIT, $0-8
        ^^^^ OnText
        """,
        """
        TEXT ·f<|>(SB), NOSPLIT, $0-8
             ^^ OnSymbol
        """,
        """
        TEXT ·f(SB), NOSP<|>LIT, $0-8
                     ^^^^^^^ OnMacro
        """,
        """
        TEXT ·f(SB), 4<|>, $0-8
                     ^ OnText
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-<|>8
                              ^^^^ OnText
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
        loop<|>: JMP loop
        ^^^^ OnLabel
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
        loop: JMP <|>loop
                  ^^^^ OnLabel
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            MO<|>VQ x+0(FP), AX
            ^^^^ OnMnemonic
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            VADDPD.BCST.<|>Z (AX), Z1, Z2
            ^^^^^^^^^^^^^ OnMnemonic
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            MOVQ x<|>+0(FP), AX
                 ^^^^^^^ OnFrame
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            LEAQ $x+<|>0(FP), AX
                 ^^^^^^^^ OnFrame
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            MOVQ x+0(F<|>P), AX
                     ^^ OnRegister
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            MOVQ (AX)(B<|>X*8), CX
                      ^^ OnRegister
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            CALL pkg∕sub·g<|>(SB)
                 ^^^^^^^^^ OnSymbol
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            MOVQ $table<><|>+8(SB), AX
                  ^^^^^^^ OnSymbol
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            MOVQ $<|>(1<<4), AX
                 ^^^^^^^ OnNumber
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            TWI<|>CE(AX)
            ^^^^^ OnMacro
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            TWICE(x<|>+0(FP))
                  ^^^^^^^ OnFrame
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
            MOVQ AX, R<|>EG
                     ^^^ OnMacro
        """,
        """
        DA<|>TA t<>+0(SB)/8, $1
        ^^^^ OnMnemonic
        """,
        """
        DATA t<><|>+0(SB)/8, $1
             ^^^ OnSymbol
        """,
        """
        DATA t<>+0(SB)/8, $<|>1
                          ^^ OnNumber
        """,
        """
        GLOBL t<><|>(SB), 8, $8
              ^^^ OnSymbol
        """,
        """
        #include "asm<|>.h"
                 ^^^^^^^ OnInclude
        """,
        """
        #define NEW<|> 1
                ^^^ OnMacro
        """,
        """
        #define SUM(a, b) ADDQ a, <|>b
                                  ^ OnMacroParameter
        """,
        """
        #define CALLER CALL ·g<|>(SB)
                            ^^ OnSymbol
        """,
        """
        #define AGAIN(x) TW<|>ICE(x)
                         ^^^^^ OnMacro
        """,
        """
        TEXT ·f(SB), NOSPLIT, $0-8
        #ifdef NEVER
            MOVQ x<|>+0(FP), AX
                 ^^^^^^^ OnFrame
        #endif
            RET
        """,
        """
        #ifdef NEVER
        TEXT ·g<|>(SB), NOSPLIT, $0-8
             ^^ OnSymbol
            RET
        #endif
        """,
    ],
)
def test_kinds(marked: str) -> None:
    check(marked)


def test_configuration_that_takes_the_code_comes_first() -> None:
    fixture = open_fixture(
        """
        -- f.s --
        //go:build amd64 || arm64
        TEXT ·f(SB), 4, $0-8
        #ifdef GOARCH_arm64
            MOVD x<|>+0(FP), R1
        #endif
            RET
        """
    )
    models = fixture.workspace.models(fixture.path)
    found = [(m.configuration.goarch, type(s)) for m, s in subjects_at(models, fixture.offset)]
    assert found == [("arm64", OnFrame), ("amd64", OnFrame)]


@pytest.mark.parametrize(
    "text", ["", "\0", "\\", "/*", "#define", "#define A(", "#ifdef X\n", "TEXT", "$", "·∕<>"]
)
@pytest.mark.parametrize("before", ["", "TEXT ·f(SB), 4, $0-8\n\tMOVQ x+0(FP), AX\n"])
def test_any_offset_of_any_text_is_answered(before: str, text: str) -> None:
    fixture = open_fixture(f"-- f_amd64.s --\n<|>{before}{text}")
    model = fixture.workspace.model(fixture.path)
    assert model
    size = len(fixture.texts[fixture.path])
    for offset in range(-1, size + 2):
        subject = subject_at(model, offset)
        assert subject is None or 0 <= subject.span.start <= subject.span.end <= size
