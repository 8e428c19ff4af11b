"""What is generated or copied into the editors' folders is what its source says."""

from __future__ import annotations

import json
import re

import pytest

from go_asm_lsp import __version__
from tests.editors.conftest import REPOSITORY
from tools.make_vscode_settings import MANIFEST, with_settings

QUERIES = REPOSITORY / "grammar" / "queries"
NEOVIM_QUERIES = REPOSITORY / "editors" / "neovim" / "queries" / "goasm"


def test_vscode_settings_are_those_of_the_server() -> None:
    text = MANIFEST.read_text()
    assert with_settings(text) == text, "run python -m tools.make_vscode_settings"


def test_neovim_has_the_grammar_s_queries() -> None:
    wanted = {path.name: path.read_text() for path in QUERIES.glob("*.scm")}
    copied = {path.name: path.read_text() for path in NEOVIM_QUERIES.glob("*.scm")}
    assert wanted
    assert copied == wanted, "copy grammar/queries/*.scm to editors/neovim/queries/goasm"


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("editors/vscode/package.json", r'"version": "([^"]+)"'),
        ("editors/emacs/go-asm-ls.el", r"^;; Version: (\S+)$"),
    ],
)
def test_version_is_the_server_s(path: str, pattern: str) -> None:
    found = re.search(pattern, (REPOSITORY / path).read_text(), re.M)
    assert found
    assert found[1] == __version__


def test_commands_are_known_to_the_code() -> None:
    manifest = json.loads(MANIFEST.read_text())
    commands = {command["command"] for command in manifest["contributes"]["commands"]}
    source = (MANIFEST.parent / "src" / "extension.ts").read_text()
    assert set(re.findall(r"registerCommand\('([^']+)'", source)) == commands
