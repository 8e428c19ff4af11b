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


MISSING = """
    -- f_decl.go --
    package w
    // f is in assembly.
    func f(x int64) (n int64)<|>
    func g()
    -- f_amd64.s --
    #include "textflag.h"

    TEXT ·g(SB), NOSPLIT, $0-0
        RET
    -- f_arm64.s --
    TEXT ·f(SB), 4, $0-16
        RET
"""


def applied(archive: str) -> dict[str, str]:
    """Applies each action by itself and answers the file it makes, by the action's title."""
    fixture = open_fixture(archive)
    at = Span(fixture.offset, fixture.offset)
    results = {}
    for action in code_actions(fixture.workspace, fixture.path, at):
        (edit,) = action.fix.edits
        assert (action.created == edit.path) == (edit.path not in fixture.texts)
        text = fixture.texts.get(edit.path, b"")
        text = text[: edit.span.start] + edit.new_text.encode() + text[edit.span.end :]
        results[action.fix.title] = f"-- {edit.path.rpartition('/')[2]} --\n{text.decode()}"
    return results


def test_stub_goes_to_the_file_of_that_architecture() -> None:
    assert applied(MISSING) == {
        "Create the assembly stub of f for amd64": (
            "-- f_amd64.s --\n"
            '#include "textflag.h"\n\n'
            "TEXT ·g(SB), NOSPLIT, $0-0\n    RET\n\n"
            "// func f(x int64) (n int64)\n"
            "TEXT ·f(SB), NOSPLIT, $0-16\n"
            "\tMOVQ x+0(FP), AX\n"
            "\tMOVQ $0, AX\n"
            "\tMOVQ AX, n+8(FP)\n"
            "\tRET\n"
        )
    }


def test_stub_in_a_new_file() -> None:
    archive = "-- sum_decl.go --\npackage w\nfunc su<|>m()\n"
    assert applied(archive) == {
        "Create the assembly stub of sum for amd64": (
            '-- sum_amd64.s --\n#include "textflag.h"\n\n'
            "// func sum()\nTEXT ·sum(SB), NOSPLIT, $0-0\n\tRET\n"
        )
    }


def test_no_stub_is_missing() -> None:
    assert applied(MISSING.replace("<|>", "").replace("func g()", "func g<|>()")) == {
        # arm64 has assembly for f only.
        "Create the assembly stub of g for arm64": (
            "-- f_arm64.s --\nTEXT ·f(SB), 4, $0-16\n    RET\n\n"
            "// func g()\nTEXT ·g(SB), NOSPLIT, $0-0\n\tRET\n"
        )
    }
    with_body = MISSING.replace("<|>", "").replace("func g()", "func g<|>() {}")
    assert applied(with_body) == {}


def test_stubs_leave_no_finding() -> None:
    fixture = open_fixture(MISSING)
    at = Span(fixture.offset, fixture.offset)
    (action,) = code_actions(fixture.workspace, fixture.path, at)
    (edit,) = action.fix.edits
    text = fixture.texts[edit.path] + edit.new_text.encode()
    files = {path: content.decode() for path, content in fixture.texts.items()}
    files[edit.path] = text.decode()
    archive = "".join(f"-- {path.rpartition('/')[2]} --\n{text}" for path, text in files.items())
    again = open_fixture(archive)
    assert again.workspace.diagnostics(edit.path) == ()
