"""Runs the real assembler on a text and tells what it said."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.goroot import GOROOT


def assemble(
    directory: Path,
    source: bytes,
    *options: str,
    goarch: str = "amd64",
    files: Mapping[str, str] | None = None,
) -> str:
    """Answers all that `go tool asm` prints, and "" when it accepts the text in silence."""
    for name, text in (files or {}).items():
        (directory / name).write_text(text)
    path = directory / "a.s"
    path.write_bytes(source)
    output = directory / "a.o"
    tool = Path(GOROOT, "pkg/tool/linux_amd64/asm")
    command = [str(tool), "-p", "p", "-I", f"{GOROOT}/pkg/include", "-o", str(output)]
    environment = {**os.environ, "GOROOT": GOROOT, "GOARCH": goarch, "GOOS": "linux"}
    result = subprocess.run(
        [*command, *options, "a.s"],
        cwd=directory,
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    said = (result.stdout + result.stderr).decode("utf-8", "replace")
    assert said or result.returncode == 0
    return said
