"""Every standard assembly file as the assembler itself parsed it, for all architectures.

`go tool asm -debug` prints each instruction it made with its line: an independent witness
for the grammar, for expansion, and for which code is active.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from go_asm_lsp.disk import DiskFileSystem, environment_from
from go_asm_lsp.golang.asmhdr import header_text
from go_asm_lsp.golang.environment import GoSettings
from go_asm_lsp.preprocess.predefined import predefined
from go_asm_lsp.semantics.model import FileModel
from go_asm_lsp.syntax.nodes import Instruction, Text
from go_asm_lsp.syntax.parser import statements
from go_asm_lsp.text import LineIndex
from go_asm_lsp.workspace import Workspace
from tests.goroot import GOROOT, SOURCE_ROOT, std_assembly_files

GOARCHES = (
    *("386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle"),
    *("ppc64", "ppc64le", "riscv64", "s390x", "wasm"),
)

# The names that several architectures give the same two instructions.
_JUMPS = {"B": "JMP", "BR": "JMP", "BL": "CALL", "JAL": "CALL"}
# How arm prints the suffixes that the standard library uses (cmd/asm/internal/arch/arm.go).
_ARM_SUFFIXES = {
    "IA": "U",
    "IAW": "W.U",
    "IA.W": "W.U",
    "IB": "P.U",
    "DB.W": "P.W",
    "WP": "P.W",
    "HS": "CS",
}
_X86_NAME = re.compile(r'instructions\["(\w+)"\] = x86\.A(\w+)')
_MADE = re.compile(r"^(\d+) \d+ \([^)]*\)\t(\S+)", re.M)


def x86_names() -> dict[str, str]:
    """Answers the mnemonics that x86 reads as others."""
    source = (SOURCE_ROOT / "cmd/asm/internal/arch/arch.go").read_text()
    return dict(_X86_NAME.findall(source))


def as_printed(word: str, goarch: str, names: dict[str, str]) -> str:
    """Answers a written mnemonic as the assembler prints it."""
    mnemonic, dot, suffix = word.partition(".")
    if goarch in ("386", "amd64"):
        return names.get(mnemonic, mnemonic) + dot + suffix
    if goarch == "arm":
        suffix = _ARM_SUFFIXES.get(suffix, suffix)
        if mnemonic == "B" and suffix:
            return mnemonic + suffix
    return _JUMPS.get(mnemonic, mnemonic) + dot + suffix


def assembled(model: FileModel, folder: Path) -> list[tuple[int, str]]:
    """Lists the line and the mnemonic of each instruction the assembler made."""
    configuration = model.configuration
    arguments = [f"{GOROOT}/pkg/tool/linux_amd64/asm", "-debug", "-std", "-p", model.import_path]
    arguments += ["-I", str(folder), "-I", f"{GOROOT}/pkg/include", "-o", str(folder / "out.o")]
    for name in predefined(configuration):
        arguments += ["-D", name]
    done = subprocess.run(
        [*arguments, model.path],
        cwd=os.path.dirname(model.path),
        env={"GOARCH": configuration.goarch, "GOOS": configuration.goos, "GOROOT": GOROOT},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [(int(line), word) for line, word in _MADE.findall(done.stdout)]


def read(model: FileModel, names: dict[str, str]) -> list[tuple[int, str]]:
    """Lists the same of the statements we read."""
    lines = LineIndex(model.source)
    listed: list[tuple[int, str]] = []
    for block in model.preprocessed.blocks:
        parsed = statements(block.text)
        assert parsed.problems == ()
        for statement in parsed.statements:
            match statement:
                case Text():
                    span, word = statement.keyword, "TEXT"
                case Instruction():
                    span = statement.mnemonic_span
                    word = ".".join((statement.mnemonic, *statement.suffixes))
                case _:
                    continue
            line = lines.line_of(block.source_map.origin(span).span.start) + 1
            listed.append((line, as_printed(word, model.configuration.goarch, names)))
    return listed


@pytest.mark.oracle
@pytest.mark.parametrize("goarch", GOARCHES)
def test_statements_are_those_the_assembler_made(goarch: str, tmp_path: Path) -> None:
    settings = GoSettings(goroot=GOROOT, goarch=goarch, goos="js" if goarch == "wasm" else "linux")
    workspace = Workspace(DiskFileSystem(), environment_from({}, settings), (goarch,))
    names = x86_names()
    folders: dict[object, Path] = {}
    count = 0
    for path in map(str, std_assembly_files()):
        if "/testdata/" in path or not workspace.configurations(path):
            continue
        for model in workspace.models(path):
            key = os.path.dirname(path), model.configuration
            if key not in folders:
                folders[key] = tmp_path / str(len(folders))
                folders[key].mkdir()
                package = workspace.package(*key)
                header = header_text(package) if package else ""
                (folders[key] / "go_asm.h").write_text(header)
            expected = assembled(model, folders[key])
            assert read(model, names) == expected, f"{path}, {model.configuration.goos}"
            count += len(expected)
    assert count > 1000
