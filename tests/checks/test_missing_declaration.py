"""A TEXT line whose function the package does not declare."""

from __future__ import annotations

import pytest

from tests.checks.fixture import check


@pytest.mark.parametrize(
    ("go", "text"),
    [
        ("func f()", "TEXT ·f(SB), 0, $0"),
        pytest.param("func f()", "TEXT ·f<ABIInternal>(SB), 0, $0", id="ABI selector"),
        pytest.param("func f()", "TEXT p·f(SB), 0, $0", id="own package by name"),
        pytest.param("", "TEXT ·f<>(SB), 0, $0", id="static"),
        pytest.param("", "TEXT f(SB), 0, $0", id="no dot"),
        pytest.param("", "TEXT other∕path·f(SB), 0, $0", id="another package"),
        pytest.param("", "TEXT ·f(SB), NOFRAME, $0", id="NOFRAME"),
        pytest.param("", "/* TEXT ·f(SB), 0, $0 */", id="commented out"),
        pytest.param("", "#ifdef NEVER\nTEXT ·f(SB), 0, $0\n#endif", id="inactive"),
        pytest.param("func F·x()", "TEXT ·f(SB), NOFRAME, $0", id="broken Go file"),
    ],
)
def test_silent(go: str, text: str) -> None:
    check(go, f'#include "textflag.h"\n{text}\n    RET\n')


def test_symbol_is_marked() -> None:
    check(
        "func other()",
        """
        TEXT ·f(SB), 0, $0
             ^^ [amd64] f: function f missing Go declaration
            RET
        """,
    )


def test_function_with_a_body_is_no_declaration() -> None:
    check(
        "func f() {}",
        """
        TEXT ·f<ABIInternal>(SB), 0, $0-0
             ^^^^^^^^^^^^^^^ [amd64] f: function f missing Go declaration
            RET
        """,
    )


def test_text_from_a_macro_is_marked_at_the_call() -> None:
    check(
        "",
        """
        #define DEFINE(name) TEXT name(SB), 0, $0; RET
        DEFINE(·f)
               ^^ [amd64] f: function f missing Go declaration
        """,
    )
