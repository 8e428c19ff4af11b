"""Loads Go packages for tests: from texts, or from the installed Go distribution."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from go_asm_lsp.disk import DiskFileSystem
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.golang.package import GoPackage, load_package
from go_asm_lsp.golang.packages import package_files
from go_asm_lsp.golang.source import SourceFile, read_source
from tests.goroot import SOURCE_ROOT


def go_package(source: str, goarch: str = "amd64", **imports: GoPackage) -> GoPackage:
    """Loads a package of one file; `imports` are the packages it can import, by path."""
    files = {"p.go": source}
    return go_packages({"p": files}, goarch, imports)["p"]


def go_packages(
    sources: Mapping[str, Mapping[str, str]],
    goarch: str = "amd64",
    imports: Mapping[str, GoPackage] | None = None,
) -> dict[str, GoPackage]:
    """Loads packages that may import each other, from texts by import path and file name."""
    packages = dict(imports or {})
    configuration = BuildConfiguration("js" if goarch == "wasm" else "linux", goarch)
    for path, texts in sources.items():
        files = [read_source(f"/{path}/{name}", text.encode()) for name, text in texts.items()]
        packages[path] = load_package(
            files, path, configuration, lambda written, _: packages.get(written)
        )
    return packages


def std_package(import_path: str, configuration: BuildConfiguration) -> GoPackage | None:
    """Loads a package of the standard library, as its own packages import it."""
    for path in (import_path, f"vendor/{import_path}"):
        if (SOURCE_ROOT / path).is_dir():
            return _std_package(path, configuration)
    return None


@cache
def _std_package(import_path: str, configuration: BuildConfiguration) -> GoPackage:
    directory = SOURCE_ROOT / import_path
    names = package_files(DiskFileSystem(), str(directory), configuration).go_files
    return load_package(
        [_std_source(directory / name) for name in names],
        import_path,
        configuration,
        lambda written, _: std_package(written, configuration),
    )


@cache
def _std_source(path: Path) -> SourceFile:
    return read_source(str(path), path.read_bytes())
