"""Text that is not Go assembly."""

from __future__ import annotations

from tests.checks.fixture import findings


def codes(assembly: str) -> list[tuple[str, bytes]]:
    source = assembly.encode()
    found = findings("func f()", source)
    return [(d.code, source[d.span.start : d.span.end]) for d in found]


def test_silent() -> None:
    assert codes("TEXT ·f(SB), 0, $0\n    RET\n") == []


def test_operand_without_end_is_marked() -> None:
    found = codes("TEXT ·f(SB), 0, $0\n    MOVQ (AX, BX\n    RET\n")
    assert [code for code, _ in found] == ["asm/syntax"]


def test_include_that_is_not_there_is_marked() -> None:
    found = codes('#include "nowhere.h"\nTEXT ·f(SB), 0, $0\n    RET\n')
    assert found == [("asm/syntax", b'"nowhere.h"')]
