"""Writes modules as files from which the go command can download them without a network."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path


def _escaped(path: str) -> str:
    return re.sub("[A-Z]", lambda letter: "!" + letter[0].lower(), path)


def write_proxy(root: Path, files: dict[str, str]) -> str:
    """Writes `module@version/file` texts as a module proxy; answers its GOPROXY address."""
    modules: dict[tuple[str, str], dict[str, str]] = {}
    for name, text in files.items():
        module, _, rest = name.partition("@")
        version, _, file = rest.partition("/")
        modules.setdefault((module, version), {})[file] = text
    for (module, version), texts in modules.items():
        folder = root / _escaped(module) / "@v"
        folder.mkdir(parents=True, exist_ok=True)
        time = "2020-01-01T00:00:00Z"
        (folder / f"{version}.info").write_text(json.dumps({"Version": version, "Time": time}))
        mod = texts.get("go.mod", f"module {module}\n")
        (folder / f"{version}.mod").write_text(mod)
        with zipfile.ZipFile(folder / f"{version}.zip", "w") as archive:
            for file, text in texts.items():
                archive.writestr(f"{module}@{version}/{file}", text)
        with (folder / "list").open("a") as versions:
            versions.write(f"{version}\n")
    return root.as_uri()
