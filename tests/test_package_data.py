"""What is installed beside the modules: a missing data file shows only in a wheel."""

from __future__ import annotations

import sys
from fnmatch import fnmatch
from pathlib import Path

import go_asm_lsp

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
BUILT = {".py", ".pyc", ".so", ".pyd"}


def test_every_data_file_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    patterns = project["tool"]["setuptools"]["package-data"]["*"]
    package = Path(go_asm_lsp.__file__).parent
    data = [path for path in package.rglob("*.*") if path.is_file() and path.suffix not in BUILT]
    assert data
    assert not [path for path in data if not any(fnmatch(path.name, p) for p in patterns)]
