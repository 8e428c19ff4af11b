"""Versions chosen in generated module graphs, compared with the go command's choice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from go_asm_lsp.disk import DiskFileSystem
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.golang.modules import resolve_import
from tests.golang.go_command import go_list, run_go
from tests.golang.module_proxy import write_proxy
from tests.goroot import GOROOT

_GO_LINES = ("", "go 1.13\n", "go 1.16\n", "go 1.17\n", "go 1.20\n", "go 1.22\n")
_VERSIONS = ("v0.1.0", "v1.0.0-rc.1", "v1.0.0", "v1.2.0", "v1.10.0")


def _modules(choose: random.Random) -> dict[str, str]:
    """Makes modules m0 to m9 in several versions; each needs later ones, some earlier."""
    files = {}
    for number in range(10):
        for version in choose.sample(_VERSIONS, 3):
            requires = "".join(
                f"require example.com/m{other} {choose.choice(_VERSIONS)}\n"
                for other in choose.sample(range(10), choose.randrange(3))
                if other != number
            )
            module = f"example.com/m{number}"
            files[f"{module}@{version}/go.mod"] = f"module {module}\n{choose.choice(_GO_LINES)}"
            files[f"{module}@{version}/go.mod"] += requires
            files[f"{module}@{version}/m.go"] = "package m\n"
    return _with_existing_versions(files)


def _with_existing_versions(files: dict[str, str]) -> dict[str, str]:
    """Leaves out requirements on versions that were not made."""
    made = {tuple(name.partition("/go.mod")[0].split("@")) for name in files}
    fixed = {}
    for name, text in files.items():
        lines = text.splitlines(keepends=True)
        kept = [
            line
            for line in lines
            if not line.startswith("require") or tuple(line.split()[1:]) in made
        ]
        fixed[name] = "".join(kept)
    return fixed


@pytest.mark.parametrize(
    "seed", [1, 2, 3, 4, *(pytest.param(seed, marks=pytest.mark.oracle) for seed in range(5, 21))]
)
def test_generated_graph(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)
    root = tmp_path.resolve()
    files = _modules(choose)
    made = sorted({name.partition("/go.mod")[0] for name in files if name.endswith("go.mod")})
    roots = {entry.partition("@")[0]: entry for entry in choose.sample(made, 4)}
    requires = "".join("require {} {}\n".format(*entry.split("@")) for entry in roots.values())
    main = root / "main"
    main.mkdir()
    (main / "go.mod").write_text(f"module main\n{choose.choice(_GO_LINES[1:])}{requires}")
    (main / "main.go").write_text("package main\n")
    variables = {
        "GOPROXY": write_proxy(root / "proxy", files),
        "GOPATH": f"{root}/gopath",
        "GOFLAGS": "-mod=mod",
    }

    # The first run makes go.mod consistent, as it is in a module that builds.
    go_list(main, "-json=Dir", *roots, **variables)
    known = run_go(main, ["list", "-m", "all"], **variables).splitlines()
    paths = sorted({line.split()[0] for line in known} - {"main"})
    assert paths
    listed = go_list(main, "-json=ImportPath,Dir,Error", *paths, **variables)
    expected = {str(package["ImportPath"]): package["Dir"] for package in listed}
    environment = GoEnvironment(
        BuildConfiguration("linux", "amd64"),
        goroot=GOROOT,
        gopath=(f"{root}/gopath",),
        gomodcache=f"{root}/gopath/pkg/mod",
        module_flag="mod",
    )
    found = {path: resolve_import(DiskFileSystem(), path, str(main), environment) for path in paths}
    assert found == expected
