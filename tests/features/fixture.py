"""A workspace over files drawn in one string, with a cursor in one of them."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

from go_asm_lsp.disk import DiskFileSystem
from go_asm_lsp.features.markup.document import Document
from go_asm_lsp.features.markup.render import to_plain
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.workspace import Workspace
from tests.goroot import GOROOT
from tests.support import CURSOR, extract_cursor, split_files, strip_annotations

# A folder that no machine has; the files lie over the disk, where GOROOT is.
FOLDER = "/nowhere/w"


@dataclass(frozen=True, slots=True)
class Fixture:
    """`path` and `offset` are the cursor's; path is "" without one."""

    workspace: Workspace
    texts: dict[str, bytes]  # by absolute path, without annotations and cursor
    path: str
    offset: int


def open_fixture(archive: str, goos: str = "linux", goarch: str = "amd64") -> Fixture:
    """Opens `-- name --` sections as files of the module `w`."""
    path, offset = "", 0
    texts = {}
    for name, marked in split_files(dedent(archive).lstrip("\n")).items():
        text = strip_annotations(marked)
        if CURSOR.encode() in text:
            path = f"{FOLDER}/{name}"
            text, offset = extract_cursor(text.decode())
        texts[f"{FOLDER}/{name}"] = text
    texts.setdefault(f"{FOLDER}/go.mod", b"module w\n\ngo 1.27\n")
    environment = GoEnvironment(BuildConfiguration(goos, goarch), goroot=GOROOT)
    files = DiskFileSystem()
    for name, text in texts.items():
        files.set_overlay(name, text)
    return Fixture(Workspace(files, environment), texts, path, offset)


def plain(document: Document) -> str:
    """Renders as plain text, line ends without blanks before them."""
    return "\n".join(line.rstrip() for line in to_plain(document).splitlines()) + "\n"
