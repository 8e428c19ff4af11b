from __future__ import annotations

import pytest

from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.golang.packages import FileHead, PackageFiles, file_head, package_files, read_head
from tests.lsp.memory import MemoryFiles
from tests.support import split_files

_LINUX = BuildConfiguration("linux", "amd64")
_CGO = BuildConfiguration("linux", "amd64", cgo=True)


def _package(archive: str, configuration: BuildConfiguration = _LINUX) -> PackageFiles:
    files = {f"/p/{name}": text.encode() for name, text in split_files(archive).items()}
    return package_files(MemoryFiles(files), "/p", configuration)


_MIXED = """
-- a.go --
package p
-- a_windows.go --
package p
-- a_test.go --
package p
-- b_test.go --
package p_test
-- doc.go --
package documentation
-- tool.go --
//go:build ignore
package main
-- f_amd64.s --
-- f_arm64.s --
-- f_test.s --
-- f.h --
-- g.hpp --
-- c.S --
-- x.c --
-- notes.txt --
-- _f.s --
-- .f.go --
-- d/e.go --
package e
"""


def test_files_by_role() -> None:
    assert _package(_MIXED) == PackageFiles(
        "/p",
        "p",
        go_files=("a.go",),
        test_go_files=("a_test.go",),
        external_test_go_files=("b_test.go",),
        assembly_files=("f_amd64.s", "f_test.s"),
        header_files=("f.h", "g.hpp"),
        ignored_files=("a_windows.go", "c.S", "doc.go", "f_arm64.s", "tool.go"),
    )


_USES_C = """
-- a.go --
package p
import "C"
-- f.s --
-- g.S --
"""


def test_cgo_takes_the_files_of_the_c_compiler() -> None:
    without, with_cgo = _package(_USES_C), _package(_USES_C, _CGO)
    assert (without.go_files, without.cgo_files) == ((), ())
    assert without.ignored_files == ("a.go", "g.S")
    assert without.go_assembly_files("p") == ("f.s",)
    assert with_cgo.cgo_files == ("a.go",)
    assert with_cgo.assembly_files == ("f.s", "g.S")
    assert with_cgo.go_assembly_files("p") == ()


def test_runtime_cgo_has_both_kinds_of_assembly() -> None:
    files = _package('-- a.go --\npackage cgo\nimport "C"\n-- asm.s --\n-- gcc_a.S --\n', _CGO)
    assert files.go_assembly_files("runtime/cgo") == ("asm.s",)


@pytest.mark.parametrize(
    ("source", "package", "imports_c"),
    [
        ("package p", "p", False),
        ("\ufeff// doc\n\n/* x */ package /* y */ p;", "p", False),
        ("package ünï", "ünï", False),
        ('package p\nimport "C"', "p", True),
        ("package p\nimport `C`", "p", True),
        ('package p; import _ "C"', "p", True),
        ('package p\nimport "x"\nimport . "C"\n', "p", True),
        ('package p\nimport (\n"a" // "C"\nb "c";"C"\n)\n', "p", True),
        ('package p\nimport ()\nimport ("a")\nimport "C"\n', "p", True),
        ('package p\n// import "C"\nvar c = "C"\n', "p", False),
        ('package p\nimport "x"\nvar i = `import "C"`\n', "p", False),
        ('package p\nimport ("x"\n+\n"C")\n', "p", False),
        ('package p\nimport (\n"x\n"C"', "p", False),
        ("", "", False),
        ("package", "", False),
        ("packages p", "", False),
        ("func package p", "", False),
        ("/* package p", "", False),
    ],
)
def test_file_head(source: str, package: str, imports_c: bool) -> None:
    assert file_head("a.go", source.encode()) == FileHead((), package, imports_c)


def test_long_blanks_and_garbage_end_soon() -> None:
    blanks = b"package p\n" + b" " * 1_000_000 + b'import "C"+' + b"/*" * 100_000
    assert file_head("a.go", blanks) == FileHead((), "p", True)
    assert file_head("a.go", b"\xff\0(" * 100_000).package == ""


def test_name_is_that_of_the_first_file() -> None:
    assert _package("-- a_test.go --\npackage q_test\n-- b.go --\npackage r\n").name == "q"
    assert _package("-- a.go --\nbroken\n-- b.go --\npackage r\n").name == "r"
    assert _package("-- a.go --\npackage a\n-- b.go --\npackage b\n").name == "a"
    assert _package("-- x.s --\n") == PackageFiles("/p", "", assembly_files=("x.s",))


def test_a_test_of_a_package_whose_name_ends_in_test() -> None:
    files = _package("-- a.go --\npackage x_test\n-- a_test.go --\npackage x_test\n")
    assert files.test_go_files == ("a_test.go",)
    assert files.has_go


def test_a_missing_folder_is_empty() -> None:
    assert package_files(MemoryFiles({}), "/none", _LINUX) == PackageFiles("/none", "")


def test_unreadable_files_are_left_out() -> None:
    class Broken(MemoryFiles):
        def read(self, path: str) -> bytes | None:
            return None if path == "/p/a.go" else super().read(path)

    fs = Broken({"/p/a.go": b"package p", "/p/b.go": b"package p", "/p/f.s": b""})
    assert package_files(fs, "/p", _LINUX).go_files == ("b.go",)
    assert read_head(fs, "/p/a.go") is None


def test_heads_may_come_from_a_cache() -> None:
    fs = MemoryFiles({"/p/a.go": b"package p", "/p/f.s": b""})
    asked = []

    def head(_: object, path: str) -> FileHead | None:
        asked.append(path)
        return read_head(fs, path)

    assert package_files(fs, "/p", _LINUX, head).go_files == ("a.go",)
    assert asked == ["/p/a.go", "/p/f.s"]
