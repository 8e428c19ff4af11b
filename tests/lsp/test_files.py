"""Open documents over the disk."""

from __future__ import annotations

import pytest

from go_asm_lsp.lsp.documents import Change, Documents
from go_asm_lsp.lsp.files import OpenFileSystem
from go_asm_lsp.text import Position, Span
from tests.lsp.memory import MemoryFiles


@pytest.fixture
def disk() -> MemoryFiles:
    return MemoryFiles({"/w/a.s": b"disk", "/w/a.go": b"package w", "/w/sub/b.s": b""})


@pytest.fixture
def documents(disk: MemoryFiles) -> Documents:
    return Documents(disk, "utf-8")


@pytest.fixture
def files(documents: Documents, disk: MemoryFiles) -> OpenFileSystem:
    return OpenFileSystem(documents, disk)


def test_disk_without_documents(files: OpenFileSystem) -> None:
    assert files.read("/w/a.s") == b"disk"
    assert files.read("/w/none.s") is None
    assert files.list_directory("/w") == ("a.go", "a.s", "sub")
    assert files.is_directory("/w/sub")


def test_open_text_comes_first(files: OpenFileSystem, documents: Documents) -> None:
    documents.open("file:///w/a.s", "open")
    assert files.read("/w/a.s") == b"open"
    documents.close("file:///w/a.s")
    assert files.read("/w/a.s") == b"disk"


def test_unsaved_file_is_in_its_folder(files: OpenFileSystem, documents: Documents) -> None:
    documents.open("file:///w/new.s", "")
    assert files.list_directory("/w") == ("a.go", "a.s", "new.s", "sub")
    assert files.list_directory("/w/sub") == ("b.s",)


def test_stamp_changes_with_every_edit(files: OpenFileSystem, documents: Documents) -> None:
    stamps = [files.stamp("/w/a.s")]
    documents.open("file:///w/a.s", "disk")
    stamps.append(files.stamp("/w/a.s"))
    documents.change("file:///w/a.s", [Change("x", Position(0, 0), Position(0, 0))])
    stamps.append(files.stamp("/w/a.s"))
    documents.change("file:///w/a.s", [Change("disk")])
    stamps.append(files.stamp("/w/a.s"))
    assert len(set(stamps)) == 4


def test_folder_changes_when_a_file_comes(files: OpenFileSystem, documents: Documents) -> None:
    before = files.stamp("/w")
    documents.open("file:///w/a.s", "open")
    assert files.stamp("/w") == before
    documents.open("file:///w/new.s", "")
    assert files.stamp("/w") != before


def test_document_without_a_file_is_not_looked_for(
    files: OpenFileSystem, documents: Documents, disk: MemoryFiles
) -> None:
    disk.content["untitled:Untitled-1"] = b"never read"
    assert files.read("untitled:Untitled-1") is None
    assert files.list_directory("") == ()
    documents.open("untitled:Untitled-1", "TEXT", language="goasm")
    assert files.read("untitled:Untitled-1") == b"TEXT"


def test_index_follows_the_text(files: OpenFileSystem, documents: Documents) -> None:
    assert files.index("/w/a.s").position(4) == Position(0, 4)
    documents.open("file:///w/a.s", "a\nb")
    assert files.index("/w/a.s").position(3) == Position(1, 1)
    documents.close("file:///w/a.s")
    assert files.index("/w/a.s").position(4) == Position(0, 4)
    assert files.index("/w/none.s").position(Span(9, 9).start) == Position(0, 0)
