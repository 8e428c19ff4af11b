"""The layering of docs/architecture.md, as code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import go_asm_lsp
from go_asm_lsp.checks import ALL_CHECKS

PACKAGE = Path(go_asm_lsp.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
EDGE = {"lsp", "cli", "__main__.py", "disk.py"}
CORE = [path for path in MODULES if path.parts[0] not in EDGE]

# What a pure and total core has no use for: the protocol, other programs, the machine.
IMPURE = {
    "pygls",
    "lsprotocol",
    "asyncio",
    "threading",
    "multiprocessing",
    "concurrent",
    "subprocess",
    "socket",
    "os",
    "sys",
    "io",
    "pathlib",
    "shutil",
    "tempfile",
    "time",
    "datetime",
    "random",
    "go_asm_lsp.lsp",
    "go_asm_lsp.cli",
    "go_asm_lsp.disk",
}

# Each layer may import itself and those before it.
LAYERS = (
    "text.py",
    "filesystem.py",
    "recorder.py",
    "syntax",
    "golang",
    "preprocess",
    "arch",
    "semantics",
    "checks",
    "features",
    "workspace.py",
)
# The workspace assembles models for the features that span files; they import its type.
ALLOWED_UPWARDS = {("features", "workspace.py")}


def imported_names(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse((PACKAGE / path).read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_below(name: str, module: str) -> bool:
    return name == module or name.startswith(module + ".")


def calls_open(path: Path) -> bool:
    tree = ast.parse((PACKAGE / path).read_text())
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize("path", CORE, ids=str)
def test_core_is_pure(path: Path) -> None:
    names = imported_names(path)
    assert not [n for n in names if any(is_below(n, module) for module in IMPURE)]
    assert not calls_open(path)


@pytest.mark.parametrize("path", CORE, ids=str)
def test_imports_point_downwards(path: Path) -> None:
    if path.parts[0] not in LAYERS:
        assert path.name == "__init__.py"
        return
    own = LAYERS.index(path.parts[0])
    above = [layer for layer in LAYERS[own + 1 :] if (path.parts[0], layer) not in ALLOWED_UPWARDS]
    modules = ["go_asm_lsp." + layer.removesuffix(".py") for layer in above]
    assert not [n for n in imported_names(path) if any(is_below(n, m) for m in modules)]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_protocol_stays_at_the_edge(path: Path) -> None:
    if path.parts[0] == "lsp":
        return
    names = imported_names(path)
    assert not [n for n in names if is_below(n, "pygls") or is_below(n, "lsprotocol")]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_tree_sitter_stays_in_syntax(path: Path) -> None:
    if path.parts[0] == "syntax":
        return
    assert not [n for n in imported_names(path) if is_below(n, "tree_sitter")]


# What several features or checks need lies in semantics/; these two only say how results look.
RESULT_MODULES = {"go_asm_lsp.features.markup", "go_asm_lsp.checks.diagnostic"}


@pytest.mark.parametrize("folder", ["features", "checks"])
def test_no_feature_imports_a_feature_and_no_check_a_check(folder: str) -> None:
    package = f"go_asm_lsp.{folder}"
    for path in MODULES:
        if path.parts[0] != folder or path.name == "__init__.py":
            continue
        siblings = {n for n in imported_names(path) if is_below(n, package)}
        assert not [
            n for n in siblings if not any(is_below(n, module) for module in RESULT_MODULES)
        ], path


def test_every_check_is_listed() -> None:
    checks = {
        path.stem
        for path in (PACKAGE / "checks").glob("*.py")
        if re.search(r"^CODE = ", path.read_text(), re.M)
    }
    assert {check.__module__.rpartition(".")[2] for check in ALL_CHECKS} == checks
