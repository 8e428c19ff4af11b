"""The grammar: its corpus, its generated parser, and every real file without an error."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tree_sitter import Node

from go_asm_lsp.syntax.parser import parse_tree
from tests.goroot import std_assembly_files

GRAMMAR = Path(__file__).parents[2] / "grammar"
_CASE = re.compile(rb"^=+\n([^\n]+)\n=+\n\n(.*?)\n-{10,}\n\n(.*?)\s*(?=^=+\n|\Z)", re.M | re.S)

# Not Go assembly: it tests what go/build does with a file that cannot be read.
BROKEN_ON_PURPOSE = "go/build/testdata/bads/bad.s"


def cases() -> Iterator[object]:
    for path in sorted((GRAMMAR / "test" / "corpus").glob("*.txt")):
        for title, source, expected in _CASE.findall(path.read_bytes()):
            yield pytest.param(source, expected, id=f"{path.stem}: {title.decode()}")


def errors(node: Node) -> list[Node]:
    """Lists the ERROR and MISSING nodes below a node."""
    if not node.has_error:
        return []
    if node.is_error or node.is_missing:
        return [node]
    return [found for child in node.children for found in errors(child)]


def drawn(node: Node, field: str | None = None) -> str:
    prefix = f"{field}: " if field else ""
    if node.is_missing:
        return f'{prefix}(MISSING "{node.type}")'
    children = [
        drawn(child, node.field_name_for_child(index))
        for index, child in enumerate(node.children)
        if child.is_named or child.is_missing
    ]
    return f"{prefix}({' '.join([node.type, *children])})"


@pytest.mark.parametrize(("source", "expected"), list(cases()))
def test_corpus(source: bytes, expected: bytes) -> None:
    assert drawn(parse_tree(source).root_node) == " ".join(expected.decode().split())


def test_corpus_is_read_whole() -> None:
    texts = [path.read_bytes() for path in (GRAMMAR / "test" / "corpus").glob("*.txt")]
    titles = sum(len(re.findall(rb"^=+\n.+\n=+\n", text, re.M)) for text in texts)
    count = len(list(cases()))
    assert count == titles > 75


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in std_assembly_files()
        if not path.name.endswith("error.s") and not str(path).endswith(BROKEN_ON_PURPOSE)
    ],
    ids=lambda path: "/".join(path.parts[-3:]),
)
def test_standard_file_has_no_error(path: Path) -> None:
    found = errors(parse_tree(path.read_bytes()).root_node)
    assert [(node.start_point.row + 1, node.type) for node in found] == []


@pytest.fixture
def tree_sitter() -> str:
    """The tree-sitter command line tool, which only who changes the grammar needs."""
    command = os.environ.get("TREE_SITTER") or shutil.which("tree-sitter")
    if command is None:
        pytest.skip("no tree-sitter command: set TREE_SITTER or put it on PATH to run this")
    return command


def test_corpus_passes_in_the_tool(tree_sitter: str, tmp_path: Path) -> None:
    shutil.copytree(GRAMMAR, tmp_path / "grammar")
    done = subprocess.run(
        [tree_sitter, "test"],
        cwd=tmp_path / "grammar",
        env={**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_generated_files_are_what_the_tool_makes(tree_sitter: str, tmp_path: Path) -> None:
    shutil.copytree(GRAMMAR, tmp_path / "grammar")
    generated = ("parser.c", "grammar.json", "node-types.json")
    headers = tuple(f"tree_sitter/{path.name}" for path in (GRAMMAR / "src/tree_sitter").iterdir())
    for name in generated + headers:
        (tmp_path / "grammar" / "src" / name).unlink()
    subprocess.run([tree_sitter, "generate"], cwd=tmp_path / "grammar", check=True, timeout=300)
    for name in generated + headers:
        made = (tmp_path / "grammar" / "src" / name).read_bytes()
        assert made == (GRAMMAR / "src" / name).read_bytes(), name
