"""Builds the VS Code extension's package, with the server's wheel in it, outside the tree."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
EXTENSION = REPOSITORY / "editors" / "vscode"
STAND_IN = Path(__file__).resolve().parent / "vscode" / "go-extension"
BUNDLE = ("--bundle", "--platform=node", "--format=cjs", "--external:vscode")


@dataclass(frozen=True, slots=True)
class Tools:
    """The editors' cache folder, from which node and the modules are taken."""

    editors: Path

    def run(self, folder: Path, *command: str) -> str:
        """Runs a program of the modules or node itself; raises with what it printed."""
        node = self.editors / "node" / "bin"
        programs = self.editors / "vscode-modules" / "node_modules" / ".bin"
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PATH": f"{programs}:{node}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr


def stage(tools: Tools, source: Path, target: Path) -> Path:
    """Copies an extension beside the modules that its build needs."""
    ignore = shutil.ignore_patterns("node_modules", "dist", "server", "*.vsix")
    shutil.copytree(source, target, ignore=ignore)
    (target / "node_modules").symlink_to(tools.editors / "vscode-modules" / "node_modules")
    return target


def build_wheel(target: Path, scratch: Path) -> Path:
    """Builds the server's wheel from a copy of the tree's sources."""
    sources = scratch / "wheel-source"
    sources.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, sources / name)
    ignore = shutil.ignore_patterns("__pycache__", "*.so", "corpus")
    for name in ("go_asm_lsp", "grammar"):
        shutil.copytree(REPOSITORY / name, sources / name, ignore=ignore)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(target)]
    subprocess.run([*command, str(sources)], check=True, capture_output=True, timeout=300)
    return next(target.glob("*.whl"))


def build_extension(tools: Tools, scratch: Path, *, with_wheel: bool = True) -> Path:
    """Answers the extension's package, as a user would install it."""
    folder = stage(tools, EXTENSION, scratch / "extension")
    if with_wheel:
        (folder / "server").mkdir()
        build_wheel(folder / "server", scratch)
    tools.run(folder, "node", "esbuild.mjs")
    package = scratch / "go-asm-lsp.vsix"
    # As the manifest's own script does it, but for where the package goes.
    script = json.loads((folder / "package.json").read_text())["scripts"]["package"]
    flags = [word for word in script.split() if word.startswith("--")]
    tools.run(folder, "vsce", "package", *flags, "--out", str(package))
    return package


def build_stand_in(tools: Tools, scratch: Path) -> Path:
    """Answers the package of the extension that stands in for the Go extension."""
    folder = stage(tools, STAND_IN, scratch / "stand-in")
    tools.run(folder, "esbuild", "extension.ts", *BUNDLE, "--outfile=dist/extension.js")
    (folder / "README.md").write_text("A stand-in for tests.\n")
    package = scratch / "stand-in.vsix"
    flags = ("--no-dependencies", "--allow-missing-repository", "--skip-license")
    tools.run(folder, "vsce", "package", *flags, "--out", str(package))
    return package
