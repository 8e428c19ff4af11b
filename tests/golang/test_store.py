"""Packages that are kept: what makes one new, and what of go_asm.h is written."""

from __future__ import annotations

from textwrap import dedent

import pytest

from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.golang.store import PackageStore
from go_asm_lsp.recorder import Recorder
from tests.lsp.memory import MemoryFiles
from tests.support import split_files

AMD64 = BuildConfiguration("linux", "amd64")
PACKAGE = """
    -- /w/go.mod --
    module example.com/w
    -- /w/a.go --
    package w

    import "example.com/w/sub"

    const size = 4 + sub.More

    type pair struct{ a, b int64 }

    func f(p pair) int
    -- /w/a_test.go --
    package w

    func onlyInTests(x int8)
    -- /w/sub/sub.go --
    package sub

    const More = 1
"""


class Stored:
    def __init__(self) -> None:
        texts = split_files(dedent(PACKAGE).strip("\n") + "\n")
        self.files = MemoryFiles({path: text.encode() for path, text in texts.items()})
        self.recorder = Recorder(self.files)
        self.store = PackageStore(self.recorder, GoEnvironment(AMD64))

    def edit(self, path: str, old: str, new: str) -> None:
        self.files.content[path] = self.files.content[path].replace(old.encode(), new.encode())
        self.recorder.changed(path)


def test_package_is_kept() -> None:
    stored = Stored()
    before = stored.store.package("/w", AMD64)
    assert stored.store.package("/w", AMD64) is before
    stored.edit("/w/sub/sub.go", "1", "2")
    assert stored.store.package("/w", AMD64) is before, "nothing of sub was asked for"


def test_change_of_what_was_asked_for_makes_it_new() -> None:
    stored = Stored()
    before = stored.store.package("/w", AMD64)
    assert before.header(["const_size"]) == b"#define const_size 5\n"
    stored.edit("/w/sub/sub.go", "1", "2")
    after = stored.store.package("/w", AMD64)
    assert after is not before
    assert after.header(["const_size"]) == b"#define const_size 6\n"


def test_builds_are_kept_apart() -> None:
    stored = Stored()
    arm = BuildConfiguration("linux", "arm")
    sizes = [stored.store.package("/w", c).frame("f") for c in (AMD64, arm)]
    assert [frame and frame.size for frame in sizes] == [24, 20]


def test_function_declared_in_a_test_of_the_package() -> None:
    package = Stored().store.package("/w", AMD64)
    assert package.prototype("onlyInTests")
    assert package.frame("onlyInTests")
    assert package.prototype("nowhere") is None
    assert package.frame("nowhere") is None


@pytest.mark.parametrize(
    ("words", "header"),
    [
        ([], ""),
        (["pair_c", "const_nothing", "pair", "x_y_z"], ""),
        (["pair_b", "pair__size"], "#define pair__size 16\n#define pair_b 8\n"),
        (["const_size", "const_size"], "#define const_size 5\n"),
    ],
    ids=str,
)
def test_header_has_what_is_named(words: list[str], header: str) -> None:
    assert Stored().store.package("/w", AMD64).header(words) == header.encode()


def test_header_is_one_object_while_the_same_is_named() -> None:
    package = Stored().store.package("/w", AMD64)
    first = package.header(["pair_b", "loop_1"])
    assert package.header(["loop_12", "pair_b"]) is first
    assert package.header(["pair_a", "pair_b"]) is not first


def test_folder_without_go() -> None:
    package = Stored().store.package("/nowhere", AMD64)
    assert (package.go, package.prototype("f"), package.header(["pair_b"])) == (None, None, b"")


def test_import() -> None:
    store = Stored().store
    found = store.imported("example.com/w/sub", "/w", AMD64)
    assert found is not None
    assert found.name == "sub"
    assert store.imported("example.com/none", "/w", AMD64) is None
    assert store.import_path("/w/sub") == "example.com/w/sub"
