"""Finds what an `#include` means, as the go command's assembler would find it.

Reading goes through a FileSystem. What go_asm.h says is the Go side's question: its text
comes from a function that is called only when a file asks for it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import cache
from importlib import resources

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.preprocess.chunk import IncludeResolver

_BUILT_IN = ("textflag.h", "funcdata.h")


def include_resolver(
    files: FileSystem,
    configuration: BuildConfiguration,
    goroot: str | None = None,
    go_asm_h: Callable[[], bytes | None] | None = None,
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
        folder = posixpath.dirname(from_path)
        found = _read(files, folder, written)
        if found is None and written == "go_asm.h" and go_asm_h is not None:
            text = go_asm_h()
            found = None if text is None else (posixpath.join(folder, written), text)
        copied = _copied_from(written, configuration)
        if found is None and copied is not None:
            found = _read(files, folder, copied)
        if found is None and goroot:
            found = _read(files, posixpath.join(goroot, "pkg/include"), written)
        if found is None and written in _BUILT_IN:
            found = _built_in(written)
        return found

    return resolve


def _read(files: FileSystem, folder: str, written: str) -> tuple[str, bytes] | None:
    path = posixpath.normpath(posixpath.join(folder, written))
    text = files.read(path)
    return None if text is None else (path, text)


def _copied_from(written: str, configuration: BuildConfiguration) -> str | None:
    """Names the header that the go command copies to `written` for this configuration."""
    stem, dot, extension = written.partition(".")
    if "/" in written:
        return None
    for ending in ("_GOOS_GOARCH", "_GOARCH", "_GOOS"):
        if stem.endswith(ending):
            own = ending.replace("GOOS", configuration.goos)
            own = own.replace("GOARCH", configuration.goarch)
            return stem.removesuffix(ending) + own + dot + extension
    return None


@cache
def _built_in(name: str) -> tuple[str, bytes]:
    header = resources.files("go_asm_lsp.preprocess") / "headers" / name
    return str(header), header.read_bytes()
