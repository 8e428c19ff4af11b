"""The VS Code extension in the real workbench: the scenarios of vscode/scenarios.mjs."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.editors import code_server
from tests.editors.conftest import HERE, OUTPUT, PACKAGE
from tests.editors.vscode_build import (
    EXTENSION,
    Tools,
    build_extension,
    build_stand_in,
    stage,
)
from tests.goroot import GOROOT

# One worker runs all editors, one after the other: each takes a core for itself.
pytestmark = [pytest.mark.editor, pytest.mark.xdist_group("editors")]

SCENARIOS = (
    "diagnostics",
    "hover",
    "definition",
    "quickFix",
    "framePanel",
    "colours",
    "architecture",
    "unsavedPrototype",
    "crash",
    "switchSource",
    "createStub",
    "otherDialect",
    "oddPath",
    "besideGopls",
    "multiRoot",
    "themes",
)
# In an instance without the Go extension's stand-in and without a server on PATH.
BARE_SCENARIOS = ("detection", "serverFromSetting", "serverFromPython", "wrongPath", "firstRun")
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
RESTRICTED = {
    "security.workspace.trust.enabled": True,
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
}
LARGEST_PACKAGE = 3 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    failure: str | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Workbench:
    """What it takes to run scenarios: the programs and the built extensions."""

    code_server: Path
    driver: tuple[str, ...]
    configuration: dict[str, str]
    extensions: tuple[Path, ...]


@pytest.fixture(scope="session")
def tools(installed: Callable[[str], Path], editors: Path) -> Tools:
    for step in ("node", "vscode-modules"):
        installed(step)
    return Tools(editors)


@pytest.fixture(scope="session")
def extension(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_extension(tools, tmp_path_factory.mktemp("vscode"))


@pytest.fixture(scope="session")
def workbench(
    tools: Tools,
    extension: Path,
    installed: Callable[[str], Path],
    server: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Workbench:
    output = OUTPUT / "vscode"
    output.mkdir(parents=True, exist_ok=True)
    configuration = {
        "playwright": str(installed("playwright").parent),
        "chromium": str(installed("chromium")),
        "gopls": str(tools.editors / "gopls" / "gopls"),
        "server": str(server),
        "goPath": str(Path(GOROOT) / "bin"),
        "package": str(PACKAGE),
        "output": str(output),
    }
    return Workbench(
        installed("code-server"),
        (str(tools.editors / "node" / "bin" / "node"), str(HERE / "vscode" / "run.mjs")),
        configuration,
        (extension, build_stand_in(tools, tmp_path_factory.mktemp("stand-in"))),
    )


def run_scenarios(
    workbench: Workbench,
    scratch: Path,
    names: tuple[str, ...],
    path: str,
    settings: dict[str, object] | None = None,
    extensions: tuple[Path, ...] | None = None,
) -> dict[str, Outcome]:
    """Runs scenarios one after the other in one instance and one browser."""
    (scratch / "instance").mkdir()
    (scratch / "work").mkdir()
    with code_server.running(
        workbench.code_server,
        scratch / "instance",
        extensions or workbench.extensions,
        path=path,
        settings=settings,
    ) as instance:
        configuration = {
            **workbench.configuration,
            "address": instance.address,
            "codeServer": instance.process,
            "scratch": str(scratch / "work"),
        }
        done = subprocess.run(
            [*workbench.driver, json.dumps(configuration), *names],
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    found = {line["scenario"]: Outcome(line["failure"], line["seconds"]) for line in lines}
    return {name: found.get(name, Outcome(f"did not run: {done.stderr}", 0)) for name in names}


def selected(session: pytest.Session, scenarios: tuple[str, ...]) -> tuple[str, ...]:
    """Answers those of the scenarios that are to be run, in their order."""
    names = {
        item.callspec.params.get("scenario")
        for item in session.items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
    }
    return tuple(name for name in scenarios if name in names)


@pytest.fixture(scope="session")
def outcomes(
    workbench: Workbench,
    server: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> dict[str, Outcome]:
    """Runs the scenarios that are selected, with the server on PATH."""
    names = selected(request.session, SCENARIOS)
    path = f"{server.parent}:{SYSTEM_PATH}"
    return run_scenarios(workbench, tmp_path_factory.mktemp("main"), names, path)


@pytest.fixture(scope="session")
def bare_outcomes(
    workbench: Workbench,
    extension: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> dict[str, Outcome]:
    """Runs the scenarios that are selected, with nothing but our extension."""
    names = selected(request.session, BARE_SCENARIOS)
    scratch = tmp_path_factory.mktemp("bare")
    return run_scenarios(workbench, scratch, names, SYSTEM_PATH, extensions=(extension,))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(
    scenario: str, outcomes: dict[str, Outcome], installed: Callable[[str], Path]
) -> None:
    if scenario == "besideGopls":
        installed("gopls")
    assert outcomes[scenario].failure is None, outcomes[scenario].failure


@pytest.mark.parametrize("scenario", BARE_SCENARIOS)
def test_bare_scenario(scenario: str, bare_outcomes: dict[str, Outcome]) -> None:
    assert bare_outcomes[scenario].failure is None, bare_outcomes[scenario].failure


def test_restricted_workspace(workbench: Workbench, server: Path, tmp_path: Path) -> None:
    path = f"{server.parent}:{SYSTEM_PATH}"
    outcome = run_scenarios(workbench, tmp_path, ("restricted",), path, RESTRICTED)["restricted"]
    assert outcome.failure is None, outcome.failure


def test_sources_are_typed_and_linted(tools: Tools, tmp_path: Path) -> None:
    folder = stage(tools, EXTENSION, tmp_path / "extension")
    tools.run(folder, "tsc", "--noEmit")
    tools.run(folder, "eslint", ".")


def test_package_is_small_and_whole(extension: Path) -> None:
    with zipfile.ZipFile(extension) as package:
        names = {info.filename: info.compress_size for info in package.infolist()}
    wheels = [name for name in names if name.endswith(".whl")]
    assert len(wheels) == 1
    assert sum(size for name, size in names.items() if name not in wheels) <= LARGEST_PACKAGE
    manifest = json.loads((EXTENSION / "package.json").read_text())
    contributed = manifest["contributes"]
    assert f"extension/{manifest['main'].removeprefix('./')}" in names
    for step in contributed["walkthroughs"][0]["steps"]:
        assert f"extension/{step['media']['markdown']}" in names
    for part in (*contributed["grammars"], *contributed["snippets"]):
        assert f"extension/{part['path'].removeprefix('./')}" in names
    assert {"extension/README.md", "extension/CHANGELOG.md", "extension/LICENSE.txt"} <= {
        name.replace("readme.md", "README.md").replace("changelog.md", "CHANGELOG.md")
        for name in names
    }


def test_lock_file_names_no_registry() -> None:
    lock = (EXTENSION / "package-lock.json").read_text()
    assert '"resolved"' not in lock
