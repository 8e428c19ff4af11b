"""The sample package: its mistakes are the toolchain's own findings, and nothing else is wrong."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from go_asm_lsp.cli import main
from tests.golang.go_command import GO, variables

SAMPLE = Path(__file__).parent.parent / "sample"
ARCHITECTURES = ("386", "amd64", "arm64", "riscv64")


def go(goarch: str, command: str, cache: Path) -> str:
    finished = subprocess.run(
        [GO, command, "./..."],
        cwd=SAMPLE,
        env=variables(GOARCH=goarch, GOOS="linux", GOCACHE=str(cache)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return finished.stdout + finished.stderr


@pytest.mark.oracle
@pytest.mark.parametrize("goarch", ARCHITECTURES)
def test_go_vet_finds_the_same(
    goarch: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SAMPLE)
    main(["check", "--goarch", goarch, "--goos", "linux", "./..."])
    shown = capsys.readouterr().out
    ours = re.findall(r"^(\S+?):(\d+):\d+: (.*) \(\S+\)$", shown, re.M)
    theirs = re.findall(r"^(\S+?):(\d+):\d+: (.*)$", go(goarch, "vet", tmp_path), re.M)
    assert sorted(ours) == sorted(theirs)


@pytest.mark.oracle
def test_assembler_accepts_all_of_it(tmp_path: Path) -> None:
    # Only the package's own code is built: it imports nothing, and nothing is linked.
    for goarch in ("amd64", "arm64", "riscv64"):
        assembler = Path(GO).parent.parent / "pkg" / "tool" / "linux_amd64" / "asm"
        header = tmp_path / "go_asm.h"
        header.write_text("#define const_Lanes 4\n")
        finished = subprocess.run(
            [
                str(assembler),
                "-p",
                "sample/vector",
                "-I",
                str(tmp_path),
                "-I",
                str(Path(GO).parent.parent / "pkg" / "include"),
                "-o",
                str(tmp_path / f"{goarch}.o"),
                str(SAMPLE / "vector" / f"vector_{goarch}.s"),
            ],
            env=variables(GOARCH=goarch, GOOS="linux"),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (finished.returncode, finished.stderr) == (0, "")
