"""Asks the real go command what it sees, offline and without the user's own settings."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.goroot import GOROOT

GO = str(Path(GOROOT, "bin", "go"))


def variables(**changes: str) -> dict[str, str]:
    """Makes an environment in which the go command uses only what the test gives it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GO")}
    scratch = tempfile.gettempdir()
    return {
        **kept,
        "GOROOT": GOROOT,
        "GOENV": "off",
        "GOFLAGS": "",
        "GOPROXY": "off",
        "GOSUMDB": "off",
        "GOTELEMETRY": "off",
        "GOTOOLCHAIN": "local",
        "GOPATH": f"{scratch}/no-gopath",
        "GOCACHE": f"{scratch}/go-asm-lsp-go-build",
        "CGO_ENABLED": "0",
        **changes,
    }


def run_go(directory: Path | str, arguments: Sequence[str], **changes: str) -> str:
    """Runs the go command and answers what it prints."""
    result = subprocess.run(
        [GO, *arguments],
        cwd=directory,
        env=variables(**changes),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.stdout or not result.returncode, result.stderr
    return result.stdout


def go_list(
    directory: Path | str, *arguments: str, **changes: str
) -> list[dict[str, str | list[str]]]:
    """Lists packages without looking at what they import."""
    text = run_go(directory, ["list", "-find", "-e", *arguments], **changes).strip()
    decoder = json.JSONDecoder()
    packages = []
    while text:
        package, end = decoder.raw_decode(text)
        packages.append(package)
        text = text[end:].lstrip()
    return packages
