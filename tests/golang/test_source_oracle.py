"""Every declaration of the Go distribution, as go/parser reads it: name, kind, place, body."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from go_asm_lsp.golang.source import read_source
from tests.golang.go_command import GO, variables
from tests.goroot import SOURCE_ROOT


@pytest.mark.oracle
@pytest.mark.parametrize("folder", ["runtime", "crypto", "syscall", "go", "net", "cmd/compile"])
def test_declarations_of_the_distribution(folder: str) -> None:
    listed = witness(SOURCE_ROOT / folder)
    differing = [path for path, expected in listed.items() if declared(path) != expected]
    assert differing == []
    assert sum(map(len, listed.values())) > 500


def declared(path: str) -> list[str]:
    """Writes our answer in the witness's form."""
    file = read_source(path, Path(path).read_bytes())
    lines = [f"file\t{path}\t{file.package_name}"]
    for each in file.declarations:
        line = f"{each.kind}\t{each.name}\t{each.name_span.start}"
        if each.kind == "func":
            line += f"\t{each.has_body}\t{each.is_method}".lower()
        lines.append(line)
    return lines


def witness(directory: Path) -> dict[str, list[str]]:
    program = Path(__file__).parent / "witness" / "main.go"
    result = subprocess.run(
        [GO, "run", str(program), str(directory)],
        env=variables(GO111MODULE="off"),
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    files: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in result.stdout.splitlines():
        if line.startswith("file\t"):
            lines = files.setdefault(line.split("\t")[1], [])
        lines.append(line)
    return files
