"""Recorded mistakes with go vet's answers: ours are the same, but for listed differences."""

from __future__ import annotations

from functools import cache

import pytest

from go_asm_lsp.golang.model import GOARCHES
from tests.oracle.compare import Difference, differences, explanation
from tests.oracle.records import Record, read_records


@cache
def records() -> tuple[Record, ...]:
    return tuple(read_records())


@pytest.mark.oracle
@pytest.mark.parametrize("goarch", GOARCHES)
def test_findings_are_those_of_go_vet(goarch: str) -> None:
    unexplained = [
        (record.kind, record.import_path, difference.is_ours, difference.finding, difference.line)
        for record in records()
        if record.goarch == goarch
        for difference in differences(record)
        if explanation(difference) is None
    ]
    assert not unexplained


def test_recorded_set_says_something() -> None:
    """Guards the comparison itself: many records have findings, of every family."""
    found = [finding for record in records() for finding in record.vet or []]
    assert len(records()) >= 1000
    assert sum(bool(record.vet) for record in records()) > len(records()) / 3
    for part in ("RET without", "wrong argument", "unknown", "unnamed", "invalid offset"):
        assert sum(part in message for _, _, message in found) > 20, part
    for part in ("missing Go", "beyond argument", "frame pointer", "should be"):
        assert sum(part in message for _, _, message in found) >= 10, part


def test_a_difference_is_noticed() -> None:
    record = next(r for r in records() if r.vet)
    lost = Record(record.kind, record.goarch, record.import_path, record.files, record.changes, [])
    assert any(explanation(difference) is None for difference in differences(lost))
    assert isinstance(differences(lost)[0], Difference)
