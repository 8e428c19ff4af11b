"""What the editor tests share: the editors' folder, a package to open, the server's program."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.editors.install import default_cache, steps

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
OUTPUT = REPOSITORY / "tests" / "output"
PACKAGE = HERE / "package"


@pytest.fixture(scope="session")
def editors() -> Path:
    return default_cache()


@pytest.fixture(scope="session")
def installed(editors: Path) -> Callable[[str], Path]:
    """Answers the file that an installation step makes, or skips with the reason it is missing."""
    results = {step.name: step.result for step in steps()}

    def find(step: str) -> Path:
        result = editors / results[step]
        if not result.exists():
            reason = editors / f"{step}.reason"
            said = reason.read_text() if reason.exists() else "run tests/editors/install.py"
            pytest.skip(f"{step} is not installed: {said}")
        return result

    return find


@pytest.fixture(scope="session")
def server() -> Path:
    """Answers the installed program `go-asm-lsp` of this Python environment."""
    chosen = os.environ.get("GO_ASM_LSP")
    program = Path(chosen) if chosen else Path(sys.executable).parent / "go-asm-lsp"
    if not program.exists():
        pytest.skip(f"the project is not installed: {program} is missing")
    return program


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Copies the package that the scenarios open and edit."""
    return Path(shutil.copytree(PACKAGE, tmp_path / "kernel"))
