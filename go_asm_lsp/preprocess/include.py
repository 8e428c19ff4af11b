"""Finds what an `#include` means, as the go command's assembler would find it.

Reading goes through a FileSystem. How go_asm.h is computed is the Go side's question: its
text is given.
"""

from __future__ import annotations

import os.path
from functools import cache
from importlib import resources
from pathlib import Path

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.preprocess.chunk import IncludeResolver

_BUILT_IN = ("textflag.h", "funcdata.h")


def include_resolver(
    files: FileSystem,
    configuration: BuildConfiguration,
    goroot: str | None = None,
    go_asm_h: bytes | None = None,
) -> IncludeResolver:
    """Makes a resolver for the files of one package under one configuration.

    The order is that of asmArgs in cmd/go/internal/work/gc.go: the package's folder, then
    what the build writes (go_asm.h, and x_GOOS.h copied from x_linux.h), then
    GOROOT/pkg/include. An `#include` in a header is looked up from the assembled file's
    folder too, never from the header's own.
    """

    def resolve(written: str, from_path: str) -> tuple[str, bytes] | None:
        if not written or "\0" in written:
            return None
        folder = os.path.dirname(from_path)
        candidates = [os.path.normpath(os.path.join(folder, written))]
        candidates += (os.path.join(folder, name) for name in _copied_from(written, configuration))
        found = _first(files, candidates[:1])
        if found is None and written == "go_asm.h" and go_asm_h is not None:
            return os.path.join(folder, written), go_asm_h
        found = found or _first(files, candidates[1:])
        if found is None and goroot is not None:
            found = _first(files, [os.path.normpath(os.path.join(goroot, "pkg/include", written))])
        if found is None and written in _BUILT_IN:
            return _built_in(written)
        return found

    return resolve


def _first(files: FileSystem, paths: list[str]) -> tuple[str, bytes] | None:
    for path in paths:
        text = files.read(path)
        if text is not None:
            return path, text
    return None


def _copied_from(written: str, configuration: BuildConfiguration) -> list[str]:
    """Names the headers that the go command copies to `written` for this configuration."""
    stem, dot, extension = written.partition(".")
    if os.path.basename(written) != written or not stem.endswith(("_GOOS", "_GOARCH")):
        return []
    stem = stem.replace("_GOOS", f"_{configuration.goos}").replace(
        "_GOARCH", f"_{configuration.goarch}"
    )
    return [stem + dot + extension]


@cache
def _built_in(name: str) -> tuple[str, bytes]:
    path = Path(str(resources.files("go_asm_lsp.preprocess") / "headers" / name))
    return str(path), path.read_bytes()
