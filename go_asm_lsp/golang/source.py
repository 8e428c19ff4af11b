"""Which declarations a Go file has at package scope, and where.

The file is only split: a declaration's text is parsed when someone asks for it (parser.py),
function bodies never. A half-typed file still yields the declarations around the broken one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from go_asm_lsp.golang.declarations import Declaration, Import
from go_asm_lsp.golang.splitter import IDENTIFIER, Splitter, after_blanks, text_of


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Go file split into its declarations, in order.

    `is_broken` tells that brackets or quotes do not balance, so that a declaration may be
    missing; sound brackets are no proof of a sound file.
    """

    path: str
    source: bytes
    package_name: str
    imports: tuple[Import, ...]
    declarations: tuple[Declaration, ...]
    is_broken: bool = False


def read_source(path: str, source: bytes) -> SourceFile:
    """Splits one Go file. Pure: the result may be kept for as long as the bytes are the same."""
    splitter = Splitter(source, 0, len(source))
    splitter.run()
    if splitter.is_broken:
        # Brackets or quotes do not balance, so an unclosed one would swallow the rest of the
        # file. gofmt puts the keyword of each declaration, and nothing else, at column 0:
        # read each such stretch for itself.
        edges = [*(match.start() for match in _COLUMN_ZERO.finditer(source)), len(source)]
        declarations: list[Declaration] = []
        imports: list[Import] = []
        for start, end in pairwise(edges):
            part = Splitter(source, start, end)
            part.run()
            declarations += part.declarations
            imports += part.imports
    else:
        declarations = splitter.declarations
        imports = splitter.imports
    start = 3 if source.startswith(b"\xef\xbb\xbf") else 0
    clause = _PACKAGE.match(source, after_blanks(source, start, len(source)))
    package_name = text_of(clause[1]) if clause else ""
    return SourceFile(
        path, source, package_name, tuple(imports), tuple(declarations), splitter.is_broken
    )


_PACKAGE = re.compile(rb"package\s+(" + IDENTIFIER + rb")")
_COLUMN_ZERO = re.compile(rb"^(?:import|const|type|var|func)\b", re.M)
