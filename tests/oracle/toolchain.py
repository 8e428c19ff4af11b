"""Asks the real toolchain: what asmdecl and framepointer of go vet say of one package, as it
is or with some files changed.

The vet tool is driven through the protocol of `go vet -vettool`, a JSON file that names the
files and the export data of the imports, and answers in tens of milliseconds. Nothing under
GOROOT is changed; what has to be built once per architecture lies in a cache folder.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.goroot import GOROOT

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "go-asm-lsp" / "oracle"
SYSTEMS = {"wasm": "js"}

# File name, line from 1, message.
Finding = tuple[str, int, str]


@dataclass(frozen=True, eq=False)
class Package:
    """A package under one configuration. `imports` leads from what is written to the path."""

    import_path: str
    directory: str
    go_files: tuple[str, ...]
    other_files: tuple[str, ...]  # headers and assembly
    imports: Mapping[str, str]
    exports: Mapping[str, str]  # import path to a file of export data

    @property
    def assembly_files(self) -> tuple[str, ...]:
        return tuple(name for name in self.other_files if name.endswith(".s"))


def goos_of(goarch: str) -> str:
    return SYSTEMS.get(goarch, "linux")


def vet(
    package: Package, goarch: str, changed: Mapping[str, bytes], scratch: Path
) -> frozenset[Finding] | None:
    """Answers go vet's findings, or None when the package does not type-check.

    `changed` are whole files by name. They are written to `scratch`, which must be empty or
    used for this alone.
    """
    original = {}
    for name, text in changed.items():
        path = scratch / name
        path.write_bytes(text)
        original[str(path)] = name

    def paths(names: tuple[str, ...]) -> list[str]:
        return [
            str(scratch / name) if name in changed else os.path.join(package.directory, name)
            for name in names
        ]

    configuration = {
        "ID": package.import_path,
        "Compiler": "gc",
        "Dir": package.directory,
        "ImportPath": package.import_path,
        "GoVersion": "go1.27",
        "GoFiles": paths(package.go_files),
        "NonGoFiles": paths(package.other_files),
        "IgnoredFiles": [],
        "ImportMap": dict(package.imports),
        "PackageFile": dict(package.exports),
        "Standard": dict.fromkeys(package.exports, True),
        "PackageVetx": {},
        "VetxOnly": False,
        "VetxOutput": str(scratch / "vet.out"),
        "SucceedOnTypecheckFailure": False,
    }
    (scratch / "vet.cfg").write_text(json.dumps(configuration))
    result = subprocess.run(
        [tool("vet"), "-asmdecl", "-framepointer", "-json", str(scratch / "vet.cfg")],
        env=environment(goarch) | {"GOMAXPROCS": "1", "GOGC": "off"},
        capture_output=True,
        text=True,
        errors="surrogateescape",
        timeout=60,
    )
    if result.stderr.strip():
        return None
    findings = set()
    for unit in json.loads(result.stdout or "{}").values():
        for reports in unit.values():
            for report in reports:
                path, line, _ = report["posn"].rsplit(":", 2)
                name = original.get(path, os.path.basename(path))
                findings.add((name, int(line), report["message"]))
    return frozenset(findings)


@cache
def std_packages(goarch: str) -> dict[str, Package]:
    """Lists the packages of the standard library that have assembly, by import path."""
    wanted = [
        p["ImportPath"] for p in _list(goarch, "-json=ImportPath,SFiles", "std") if "SFiles" in p
    ]
    fields = "-json=ImportPath,Dir,Export,GoFiles,SFiles,HFiles,Imports,ImportMap,Deps"
    listed = {p["ImportPath"]: p for p in _list(goarch, "-deps", "-export", fields, *wanted)}
    return {path: _package(path, listed) for path in wanted}


def _package(path: str, listed: dict[str, Any]) -> Package:
    found = listed[path]
    imports = {name: name for name in found.get("Imports", ())} | found.get("ImportMap", {})
    dependencies = (name for name in found.get("Deps", ()) if name != "unsafe")
    return Package(
        import_path=path,
        directory=found["Dir"],
        go_files=tuple(found.get("GoFiles", ())),
        other_files=(*found.get("HFiles", ()), *found["SFiles"]),
        imports=imports,
        exports={name: listed[name]["Export"] for name in dependencies},
    )


def _list(goarch: str, *arguments: str) -> list[dict[str, Any]]:
    CACHE.mkdir(parents=True, exist_ok=True)
    result = subprocess.run(
        [tool("go"), "list", *arguments],
        cwd=f"{GOROOT}/src",
        env=environment(goarch),
        capture_output=True,
        text=True,
        check=True,
    )
    decoder = json.JSONDecoder()
    values = []
    text = result.stdout.strip()
    start = 0
    while start < len(text):
        value, start = decoder.raw_decode(text, start)
        values.append(value)
        while start < len(text) and text[start].isspace():
            start += 1
    return values


@cache
def tool(name: str) -> str:
    """Answers the path of a program of the Go distribution."""
    if name == "go":
        return f"{GOROOT}/bin/go"
    return str(next(Path(GOROOT, "pkg/tool").glob(f"*/{name}")))


def environment(goarch: str) -> dict[str, str]:
    """Makes an environment in which the go command uses nothing but what is here."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GO")}
    return kept | {
        "GOROOT": GOROOT,
        "GOCACHE": str(CACHE / "go-build"),
        "GOPATH": str(CACHE / "gopath"),
        "GOTOOLCHAIN": "local",
        "GOPROXY": "off",
        "GOENV": "off",
        "GOFLAGS": "",
        "GOTELEMETRY": "off",
        "CGO_ENABLED": "0",
        "GOARCH": goarch,
        "GOOS": goos_of(goarch),
    }
