"""One Go file and one assembly file, checked, with the findings drawn into the assembly."""

from __future__ import annotations

from textwrap import dedent

from go_asm_lsp.checks.diagnostic import Diagnostic
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.workspace import Workspace
from tests.lsp.memory import MemoryFiles
from tests.support import annotate, strip_annotations

FOLDER = "/src/p"


def findings(
    go: str, assembly: bytes, goarch: str = "amd64", goos: str = "linux", folder: str = FOLDER
) -> list[Diagnostic]:
    """Checks the .s file of a package whose Go file holds `go`."""
    path = f"{folder}/a.s"
    files = MemoryFiles({path: assembly, f"{folder}/a.go": f"package p\n{go}\n".encode()})
    environment = GoEnvironment(BuildConfiguration(goos, goarch))
    return list(Workspace(files, environment, (goarch,)).diagnostics(path))


def check(
    go: str, marked: str, goarch: str = "amd64", goos: str = "linux", folder: str = FOLDER
) -> None:
    """Asserts that the findings are those drawn below the lines, and no others."""
    marked = dedent(marked)
    source = strip_annotations(marked)
    found = findings(go, source, goarch, goos, folder)
    assert annotate(source, [(d.span, d.message) for d in found]) == marked


def apply_fix(go: str, assembly: str, title: str, goarch: str = "amd64") -> str:
    """Makes the one fix of that title and answers the assembly after it."""
    source = dedent(assembly).encode()
    fixes = [fix for d in findings(go, source, goarch) for fix in d.fixes if fix.title == title]
    assert len(fixes) == 1, [fix.title for d in findings(go, source, goarch) for fix in d.fixes]
    for edit in sorted(fixes[0].edits, key=lambda edit: edit.span, reverse=True):
        assert edit.path == f"{FOLDER}/a.s"
        source = source[: edit.span.start] + edit.new_text.encode() + source[edit.span.end :]
    return source.decode()
