"""The argument size of a TEXT line against the prototype."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.checks.fixture import apply_fix, check

GO = "func f(x, y int64) int64"


@pytest.mark.parametrize(
    "text",
    [
        "TEXT ·f(SB), $8-24",
        "TEXT ·f(SB), 0, $8-24",
        "TEXT ·f(SB), $8-0x18",
        pytest.param("TEXT ·f(SB), $8 - 24", id="blanks that go vet stumbles over"),
        pytest.param("TEXT ·f(SB), NOSPLIT|NOFRAME, $0", id="NOSPLIT may leave it out"),
        pytest.param("TEXT ·f(SB), NOSPLIT, $0-0", id="NOSPLIT may say 0"),
        pytest.param("TEXT ·f(SB), 7, $0", id="7 is the NOSPLIT of old code"),
        pytest.param("TEXT ·f(SB), WRAPPER | DUPOK, $0-24", id="flags with blanks"),
        pytest.param("TEXT ·f(SB), NOSPLIT, $0-args", id="not a number, so not judged"),
        pytest.param("TEXT other·f(SB), $0-8", id="another package's function"),
        pytest.param("TEXT f(SB), $0-8", id="not visible from Go"),
        pytest.param("TEXT ·f<>(SB), $0-8", id="static"),
    ],
)
def test_silent(text: str) -> None:
    check(GO, f'#include "textflag.h"\n{text}\n    MOVQ AX, ret+16(FP)\n    RET\n')


def test_size_is_marked() -> None:
    check(
        GO,
        """
        TEXT ·f(SB), $0-16
                        ^^ [amd64] f: wrong argument size 16; expected $...-24
            MOVQ AX, ret+16(FP)
            RET
        """,
    )


def test_missing_size_marks_the_frame() -> None:
    check(
        GO,
        """
        TEXT ·f(SB), $8
                     ^^ [amd64] f: wrong argument size 0; expected $...-24
            MOVQ AX, ret+16(FP)
            RET
        """,
    )


def test_number_for_nosplit_may_not_leave_it_out() -> None:
    check(
        GO,
        """
        TEXT ·f(SB), 4, $0-0
                           ^ [amd64] f: wrong argument size 0; expected $...-24
            MOVQ AX, ret+16(FP)
            RET
        """,
    )


def test_macro_for_flags_counts() -> None:
    check(
        GO,
        """
        #include "textflag.h"
        #define FLAGS NOSPLIT|NOFRAME
        TEXT ·f(SB), FLAGS, $0-0
            MOVQ AX, ret+16(FP)
            RET
        """,
    )


@pytest.mark.parametrize(
    ("goarch", "size"), [("386", 20), ("arm", 20), ("amd64", 24), ("wasm", 24), ("mips", 20)]
)
def test_size_depends_on_the_architecture(goarch: str, size: int) -> None:
    check(
        "func f(x byte, y int64) (z int64)",
        f"""
        TEXT ·f(SB), $0-100
                        ^^^ [{goarch}] f: wrong argument size 100; expected $...-{size}
            RET
        """,
        goarch,
    )


def test_unknown_type_makes_no_finding() -> None:
    check(
        'import "nowhere"\nfunc f(x nowhere.T) int64',
        """
        TEXT ·f(SB), $0-16
            RET
        """,
    )


@pytest.mark.parametrize(("before", "after"), [("$0-16", "$0-24"), ("$8", "$8-24")])
def test_fix(before: str, after: str) -> None:
    text = "\nTEXT ·f(SB), 0, {}\n    MOVQ AX, ret+16(FP)\n    RET\n"
    fixed = apply_fix(GO, text.format(before), "Set the argument size to 24")
    assert fixed == dedent(text.format(after))
    check(GO, fixed)
