from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from go_asm_lsp.disk import DiskFileSystem, environment_from, host_from
from go_asm_lsp.golang.environment import GoSettings
from tests.goroot import GOROOT

_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "a.s").write_bytes(b"on disk")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "b.s").write_bytes(b"")
    return tmp_path.as_posix()


def test_the_disk_without_overlays(folder: str) -> None:
    fs = DiskFileSystem()
    assert fs.read(f"{folder}/a.s") == b"on disk"
    assert fs.list_directory(folder) == ("a.s", "d")
    assert fs.is_directory(f"{folder}/d")
    assert not fs.is_directory(f"{folder}/a.s")


@pytest.mark.parametrize("name", ["none", "none/a.s", "d", "a.s/x", "\0", "x" * 5000, ""])
def test_what_cannot_be_read_is_none(folder: str, name: str) -> None:
    fs = DiskFileSystem()
    assert fs.read(f"{folder}/{name}") is None


@pytest.mark.parametrize("name", ["none", "none/a.s", "a.s", "a.s/x", "\0", "x" * 5000])
def test_what_is_no_folder_is_empty(folder: str, name: str) -> None:
    fs = DiskFileSystem()
    assert fs.list_directory(f"{folder}/{name}") == ()
    assert not fs.is_directory(f"{folder}/{name}")
    assert name == "a.s" or fs.stamp(f"{folder}/{name}") is None


@_POSIX
def test_pipes_devices_and_loops_of_links(folder: str) -> None:
    os.mkfifo(f"{folder}/pipe.s")
    os.symlink("loop.s", f"{folder}/loop.s")
    os.symlink("a.s", f"{folder}/link.s")
    os.symlink(".", f"{folder}/self")
    fs = DiskFileSystem()
    assert fs.read(f"{folder}/pipe.s") is None
    assert fs.read(f"{folder}/loop.s") is None
    assert fs.read("/dev/zero") is None
    assert fs.read(f"{folder}/link.s") == b"on disk"
    assert fs.list_directory(f"{folder}/self/self") == fs.list_directory(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_names_that_are_not_utf_8(folder: str) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.s")).write_bytes(b"x")
    fs = DiskFileSystem()
    assert "\udcff.s" in fs.list_directory(folder)
    assert fs.read(f"{folder}/\udcff.s") == b"x"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_without_permission(folder: str) -> None:
    os.chmod(f"{folder}/d", 0)
    fs = DiskFileSystem()
    assert fs.list_directory(f"{folder}/d") == ()
    assert fs.read(f"{folder}/d/b.s") is None


def test_an_overlay_hides_the_disk(folder: str) -> None:
    fs = DiskFileSystem()
    fs.set_overlay(f"{folder}/a.s", b"in the editor")
    fs.set_overlay(f"{folder}/new.s", b"")
    assert fs.read(f"{folder}/a.s") == b"in the editor"
    assert fs.list_directory(folder) == ("a.s", "d", "new.s")
    fs.remove_overlay(f"{folder}/a.s")
    fs.remove_overlay(f"{folder}/new.s")
    fs.remove_overlay(f"{folder}/new.s")
    assert fs.read(f"{folder}/a.s") == b"on disk"
    assert fs.list_directory(folder) == ("a.s", "d")


def test_an_overlay_may_delete(folder: str) -> None:
    fs = DiskFileSystem()
    fs.set_overlay(f"{folder}/a.s", None)
    assert fs.read(f"{folder}/a.s") is None
    assert fs.list_directory(folder) == ("d",)
    assert fs.stamp(f"{folder}/a.s") is None


def test_an_overlay_brings_its_folders(folder: str) -> None:
    fs = DiskFileSystem()
    fs.set_overlay(f"{folder}/x/y/a.s", b"")
    assert fs.is_directory(f"{folder}/x")
    assert fs.list_directory(f"{folder}/x") == ("y",)
    assert fs.list_directory(f"{folder}/x/y/") == ("a.s",)
    assert "x" in fs.list_directory(folder)
    fs.remove_overlay(f"{folder}/x/y/a.s")
    assert not fs.is_directory(f"{folder}/x")


def test_many_overlays_take_linear_time(folder: str) -> None:
    fs = DiskFileSystem()
    for number in range(20_000):
        fs.set_overlay(f"{folder}/x/{number % 100}/{number}.s", b"")
    assert len(fs.list_directory(f"{folder}/x/7")) == 200


@pytest.mark.parametrize("deleted_first", [True, False])
def test_a_file_replaced_by_a_folder(folder: str, deleted_first: bool) -> None:
    fs = DiskFileSystem()
    changes: list[tuple[str, bytes | None]] = [(f"{folder}/a.s", None), (f"{folder}/a.s/b.s", b"")]
    for path, text in changes if deleted_first else reversed(changes):
        fs.set_overlay(path, text)
    assert "a.s" in fs.list_directory(folder)
    assert fs.list_directory(f"{folder}/a.s") == ("b.s",)


def test_stamps_change_with_the_content(folder: str) -> None:
    fs = DiskFileSystem()
    path = f"{folder}/a.s"
    stamps = [fs.stamp(path)]
    assert fs.stamp(path) == stamps[0]
    for text in (b"one", b"two", b"one"):
        fs.set_overlay(path, text)
        stamps.append(fs.stamp(path))
    fs.remove_overlay(path)
    assert fs.stamp(path) == stamps[0]
    Path(path).write_bytes(b"longer on disk")
    stamps.append(fs.stamp(path))
    assert len(set(stamps)) == 5


def test_a_folders_stamp_changes_with_its_names(folder: str) -> None:
    fs = DiskFileSystem()
    stamps = [fs.stamp(folder)]
    fs.set_overlay(f"{folder}/new.s", b"")
    stamps.append(fs.stamp(folder))
    fs.set_overlay(f"{folder}/new.s", None)
    stamps.append(fs.stamp(folder))
    fs.set_overlay(f"{folder}/new.s", b"again")
    assert fs.stamp(folder) == stamps[1]
    assert len(set(stamps)) == 3


def test_environment_of_this_machine(folder: str) -> None:
    environment = environment_from({"GOROOT": GOROOT, "HOME": folder}, GoSettings())
    assert environment.goroot == Path(GOROOT).as_posix()
    assert environment.gopath == (f"{folder}/go",)
    assert environment.configuration.goarch


def test_programs_on_path(folder: str) -> None:
    program = Path(folder, "bin", "go.exe" if sys.platform == "win32" else "go")
    program.parent.mkdir()
    program.write_bytes(b"")
    program.chmod(0o755)
    found = host_from({"PATH": os.pathsep.join(("", "/none", str(program.parent)))})
    assert found.go_programs[0] == program.as_posix()
    assert host_from({}).go_programs == ()
