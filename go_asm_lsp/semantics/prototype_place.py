"""Decides which Go file of a package a new prototype goes into."""

from __future__ import annotations

import posixpath
import re

from go_asm_lsp.golang.model import GoPlace
from go_asm_lsp.golang.package import GoPackage
from go_asm_lsp.golang.source import SourceFile
from go_asm_lsp.text import Span

# https://go.dev/s/generatedcode
_GENERATED = re.compile(rb"^// Code generated .* DO NOT EDIT\.$", re.M)


def prototype_place(assembly_path: str, package: GoPackage) -> GoPlace | None:
    """Answers the end of the file named like the assembly, else of one with other prototypes.

    Generated files are left alone.
    """
    written = [file for file in package.files if not _GENERATED.search(file.source)]
    if not written:
        return None
    stem = posixpath.splitext(posixpath.basename(assembly_path))[0]
    best = min(written, key=lambda file: (_name(file) != f"{stem}.go", _has_body_only(file)))
    return GoPlace(best.path, Span(len(best.source), len(best.source)))


def _name(file: SourceFile) -> str:
    return posixpath.basename(file.path)


def _has_body_only(file: SourceFile) -> bool:
    return all(d.has_body for d in file.declarations if d.kind == "func")
