"""The standard library has no findings, on any architecture: go vet has none either."""

from __future__ import annotations

import pytest

from go_asm_lsp.golang.model import GOARCHES
from tests.goroot import std_assembly_files
from tests.oracle.answers import answers


@pytest.mark.oracle
@pytest.mark.parametrize("goarch", GOARCHES)
def test_no_findings(goarch: str) -> None:
    folders = {path.parent for path in std_assembly_files() if "testdata" not in path.parts}
    found = [answers(goarch).findings(str(folder), {}) for folder in sorted(folders)]
    assert len(found) > 50
    assert not frozenset().union(*found)
