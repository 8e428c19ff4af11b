"""The Neovim plugin in real Neovims: the scenarios of neovim/scenarios.lua, each in its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.editors.conftest import HERE, REPOSITORY
from tests.goroot import GOROOT

# One worker runs all editors, one after the other: each takes a core for itself.
pytestmark = [pytest.mark.editor, pytest.mark.xdist_group("editors")]

PLUGIN = REPOSITORY / "editors" / "neovim"
VERSIONS = ("0.7", "0.10", "0.12")
EVERYWHERE = (
    "filetype",
    "indent",
    "colours",
    "diagnostics",
    "hover",
    "definition",
    "quick_fix",
    "frame",
    "architecture",
    "unsaved_prototype",
    "crash",
    "switch_source",
    "create_stub",
    "health",
    "missing_server",
)
NEWEST_ONLY = ("enable", "parser", "beside_gopls")
SCENARIOS = (
    *((version, scenario) for version in VERSIONS for scenario in EVERYWHERE),
    *((VERSIONS[-1], scenario) for scenario in NEWEST_ONLY),
)


def run_scenario(
    neovim: Path, scenario: str, package: Path, environment: dict[str, str], file: str
) -> None:
    """Runs one scenario; its own words are the failure's."""
    home = package.parent / "home"
    home.mkdir()
    folders = {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    done = subprocess.run(
        [neovim, "--headless", "--clean", "-u", HERE / "neovim" / "run.lua", file],
        cwd=package,
        env={
            **os.environ,
            **folders,
            **environment,
            "HOME": str(home),
            "GO_ASM_SCENARIO": scenario,
            "GO_ASM_PLUGIN": str(PLUGIN),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("version", "scenario"), SCENARIOS)
def test_scenario(
    version: str,
    scenario: str,
    installed: Callable[[str], Path],
    server: Path,
    package: Path,
) -> None:
    environment = {"GO_ASM_SERVER": str(server)}
    if scenario == "beside_gopls":
        environment["GO_ASM_GOPLS"] = str(installed("gopls"))
        environment["PATH"] = f"{GOROOT}/bin:{os.environ['PATH']}"
    run_scenario(installed(f"neovim-{version}"), scenario, package, environment, "sum_amd64.s")


@pytest.mark.parametrize("version", VERSIONS)
def test_path_with_odd_characters(
    version: str, installed: Callable[[str], Path], server: Path, package: Path
) -> None:
    odd = package.with_name("go asm #1 %41 é")
    shutil.move(package, odd)
    (odd / "go.mod").unlink()
    environment = {"GO_ASM_SERVER": str(server)}
    run_scenario(installed(f"neovim-{version}"), "single_file", odd, environment, "sum_amd64.s")
