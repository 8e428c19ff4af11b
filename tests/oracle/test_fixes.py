"""Every quick fix takes its finding away and brings no other, over the recorded mistakes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from go_asm_lsp.checks.diagnostic import Diagnostic, Fix
from go_asm_lsp.golang.model import GOARCHES
from go_asm_lsp.text import LineIndex
from tests.goroot import GOROOT
from tests.oracle.answers import Answers, answers
from tests.oracle.generate import SYNTHETIC
from tests.oracle.records import Record, read_records

Found = dict[tuple[str, int, str], Diagnostic]


def diagnostics(ours: Answers, directory: str, texts: Mapping[str, bytes]) -> Found:
    """Answers the findings in the changed assembly files by file, line and message."""
    with ours.changed(directory, texts):
        found = {}
        for name in texts:
            if not name.endswith(".s"):
                continue
            lines = LineIndex(texts[name])
            for diagnostic in ours.workspace.diagnostics(f"{directory}/{name}"):
                line = lines.line_of(diagnostic.span.start)
                found[name, line, diagnostic.message] = diagnostic
        return found


def codes(found: Found) -> set[tuple[str, int, str]]:
    """Answers the findings without their texts, which may come to say something else."""
    return {(name, line, diagnostic.code) for (name, line, _), diagnostic in found.items()}


def fixed(ours: Answers, directory: str, texts: Mapping[str, bytes], fix: Fix) -> dict[str, bytes]:
    result = dict(texts)
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        folder, _, name = edit.path.rpartition("/")
        assert folder == directory
        text = result.get(name) or ours.files.read(edit.path) or b""
        new = edit.new_text.encode()
        result[name] = text[: edit.span.start] + new + text[edit.span.end :]
    return result


@pytest.mark.oracle
@pytest.mark.parametrize("goarch", GOARCHES)
def test_fixes(goarch: str) -> None:
    tried = 0
    ours = answers(goarch)
    for record in read_records():
        if record.goarch == goarch and record.vet:
            tried += try_fixes(ours, record)
    assert tried > 50


def try_fixes(ours: Answers, record: Record) -> int:
    directory = SYNTHETIC if record.files else f"{GOROOT}/src/{record.import_path}"
    texts = record.texts(directory)
    before = diagnostics(ours, directory, texts)
    tried = 0
    for place, diagnostic in before.items():
        assert sum(fix.is_preferred for fix in diagnostic.fixes) <= 1
        for fix in diagnostic.fixes:
            after = diagnostics(ours, directory, fixed(ours, directory, texts, fix))
            assert place not in after, fix
            assert codes(after) <= codes(before), (place, fix)
            tried += 1
    return tried
