"""Asks the real Go compiler what it makes of a package: its go_asm.h, and its errors."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.golang.go_command import run_go
from tests.goroot import GOROOT, SOURCE_ROOT
from tests.oracle.toolchain import environment, goos_of, tool

_ERROR = re.compile(r"^(.*?\.go):(\d+)(?::\d+)?: (.*)$", re.M)


@dataclass(frozen=True)
class Compiled:
    """`header` is empty when there are errors: (line from 1, message)."""

    header: str
    archive: Path
    errors: tuple[tuple[int, str], ...]


def compile_package(
    scratch: Path, import_path: str, source: str, goarch: str, imports: Mapping[str, Path]
) -> Compiled:
    """Compiles one Go file as a package. `imports` leads from import paths to archives."""
    stem = import_path.replace("/", "_")
    path = scratch / f"{stem}.go"
    path.write_text(source)
    configuration = scratch / f"{stem}.importcfg"
    configuration.write_text("".join(f"packagefile {k}={v}\n" for k, v in imports.items()))
    header = scratch / f"{stem}.h"
    archive = scratch / f"{stem}.a"
    header.unlink(missing_ok=True)
    command = [
        *(tool("compile"), "-p", import_path, "-lang=go1.27", "-e", "-N", "-l", "-dwarf=false"),
        *("-importcfg", str(configuration), "-asmhdr", str(header)),
        *("-o", str(archive), str(path)),
    ]
    result = subprocess.run(
        command,
        cwd=scratch,
        env=environment(goarch),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    output = result.stdout + result.stderr
    errors = tuple((int(line), message) for _, line, message in _ERROR.findall(output))
    assert (result.returncode == 0) == (not errors), output
    return Compiled("" if errors else header.read_text(), archive, errors)


def compile_std_headers(scratch: Path, patterns: tuple[str, ...], goarch: str) -> dict[str, str]:
    """Compiles the packages with assembly that patterns name, and their imports, in order.

    Answers the go_asm.h of each by import path.
    """
    listed = _list(goarch, "-json=ImportPath,SFiles", *patterns)
    wanted = [package["ImportPath"] for package in listed if "SFiles" in package]
    fields = "-json=ImportPath,Dir,GoFiles,SFiles,ImportMap"
    headers: dict[str, str] = {}
    archives: dict[str, Path] = {}
    # `go list -deps` puts each package after those it imports.
    for package in _list(goarch, "-deps", fields, *wanted):
        path = package["ImportPath"]
        if path == "unsafe":
            continue
        archives[path] = scratch / f"{path.replace('/', '_')}.a"
        headers[path] = _compile_std_package(scratch, package, archives, goarch)
    return headers


def _compile_std_package(
    scratch: Path, package: dict[str, Any], archives: Mapping[str, Path], goarch: str
) -> str:
    path = package["ImportPath"]
    archive = archives[path]
    header = archive.with_suffix(".h")
    configuration = archive.with_suffix(".importcfg")
    lines = [f"importmap {k}={v}\n" for k, v in package.get("ImportMap", {}).items()]
    lines += [f"packagefile {k}={v}\n" for k, v in archives.items() if k != path]
    configuration.write_text("".join(lines))
    # Which functions are assembly the compiler learns from a first pass of the assembler, for
    # which the header may be empty.
    symbols: list[str] = []
    if package.get("SFiles"):
        (scratch / "go_asm.h").touch()
        symbols = ["-symabis", str(scratch / "symabis")]
        include = ["-I", str(scratch), "-I", f"{GOROOT}/pkg/include"]
        defined = ["-D", f"GOOS_{goos_of(goarch)}", "-D", f"GOARCH_{goarch}"]
        _run(
            [
                *(tool("asm"), "-p", path, "-std", *include, *defined, "-gensymabis"),
                *("-o", symbols[1], *package["SFiles"]),
            ],
            package["Dir"],
            goarch,
        )
    command = [
        *(tool("compile"), "-p", path, "-std", "-lang=go1.27", "-N", "-l", "-dwarf=false"),
        *("-importcfg", str(configuration), "-asmhdr", str(header), *symbols),
        *("-o", str(archive), "-linkobj", f"{archive}.obj", *package["GoFiles"]),
    ]
    _run(command, package["Dir"], goarch)
    return header.read_text()


def _run(command: list[str], directory: str, goarch: str) -> None:
    result = subprocess.run(
        command,
        cwd=directory,
        env=environment(goarch),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def _list(goarch: str, *arguments: str) -> list[dict[str, Any]]:
    text = run_go(SOURCE_ROOT, ["list", *arguments], GOARCH=goarch, GOOS=goos_of(goarch)).strip()
    decoder = json.JSONDecoder()
    packages = []
    while text:
        package, end = decoder.raw_decode(text)
        packages.append(package)
        text = text[end:].lstrip()
    return packages
