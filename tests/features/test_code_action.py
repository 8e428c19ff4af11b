"""Fixes of the findings that a selection touches."""

from __future__ import annotations

from go_asm_lsp.features.code_action import code_actions
from go_asm_lsp.text import Span
from tests.features.fixture import open_fixture

FILES = """
    -- f.go --
    package w
    func f(x, y int64)
    -- f_amd64.s --
    TEXT ·f(SB), 4, $0-16
        MOVQ x<|>+8(FP), AX
        MOVQ y+0(FP), AX
        RET
"""


def test_no_finding_no_fix() -> None:
    fixture = open_fixture(FILES)
    assert code_actions(fixture.workspace, fixture.path, Span(0, 4)) == ()


def test_fixes_of_the_finding_under_the_cursor() -> None:
    fixture = open_fixture(FILES)
    at = Span(fixture.offset, fixture.offset)
    actions = code_actions(fixture.workspace, fixture.path, at)
    assert actions
    source = fixture.texts[fixture.path]
    (edit,) = actions[0].fix.edits
    fixed = source[: edit.span.start] + edit.new_text.encode() + source[edit.span.end :]
    assert b"MOVQ x+0(FP), AX\n    MOVQ y+0(FP), AX" in fixed
    assert [d.span for d in actions[0].diagnostics if not d.span.contains(fixture.offset)] == []


def test_preferred_fixes_come_first() -> None:
    fixture = open_fixture(FILES)
    everything = Span(0, len(fixture.texts[fixture.path]))
    preferred = [
        a.fix.is_preferred for a in code_actions(fixture.workspace, fixture.path, everything)
    ]
    assert len(preferred) > 1
    assert preferred == sorted(preferred, reverse=True)
