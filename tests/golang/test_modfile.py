from __future__ import annotations

import pytest

from go_asm_lsp.golang.modfile import (
    ModFile,
    ModuleVersion,
    Replacement,
    VendorList,
    WorkFile,
    is_directory_path,
    parse_mod,
    parse_vendor_list,
    parse_work,
)

_EMPTY = ModFile("", "", "", (), (), ())


def test_go_mod() -> None:
    source = b"""// A module.
module "example.com/m" // the path

go 1.22.1
toolchain go1.23.0

require example.com/a v1.2.3
require (
\texample.com/b/v2 v2.0.0 // indirect
\t// between
\t`example.com/c` v0.0.0-20200101000000-0123456789ab

)
exclude example.com/b v2.0.1
replace (
\texample.com/a => ../a
\texample.com/a v1.2.3 => "./with space"
)
replace example.com/b/v2 v2.0.0 => example.com/fork/b/v2 v2.1.0
retract [v1.0.0, v1.1.0]
tool example.com/a/cmd
godebug default=go1.21
"""
    replacements = (
        Replacement(ModuleVersion("example.com/a"), ModuleVersion("../a")),
        Replacement(ModuleVersion("example.com/a", "v1.2.3"), ModuleVersion("./with space")),
        Replacement(
            ModuleVersion("example.com/b/v2", "v2.0.0"),
            ModuleVersion("example.com/fork/b/v2", "v2.1.0"),
        ),
    )
    assert parse_mod(source) == ModFile(
        module="example.com/m",
        go="1.22.1",
        toolchain="go1.23.0",
        requires=(
            ModuleVersion("example.com/a", "v1.2.3"),
            ModuleVersion("example.com/b/v2", "v2.0.0"),
            ModuleVersion("example.com/c", "v0.0.0-20200101000000-0123456789ab"),
        ),
        replaces=replacements,
        excludes=(ModuleVersion("example.com/b", "v2.0.1"),),
    )


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\n\n// only a comment",
        "module",
        "module a b",
        "require example.com/a",
        "require example.com/a latest",
        "require (\nexample.com/a\n",
        "require ()\n",
        "replace a => b\n",
        "replace a => ../b v1.0.0\n",
        "replace a v1.0.0\n",
        "unknown x\n",
        '"unterminated\n',
        "module `x\n",
        "\0\xff\n(((\n)))\n",
        "[,]{}",
    ],
)
def test_what_is_malformed_is_passed_over(source: str) -> None:
    assert parse_mod(source.encode("latin-1")) == _EMPTY


def test_the_rest_of_a_broken_file_counts() -> None:
    mod = parse_mod(b"module m\nrequire (\n\ta v1.0.0\n\tb\n\t=> <<<<\n)\ngo 1.20\n)\n")
    assert mod == ModFile("m", "1.20", "", (ModuleVersion("a", "v1.0.0"),), (), ())


def test_crlf_and_words_that_touch_comments() -> None:
    assert parse_mod(b"module m//c\r\ngo 1.20\r\n").module == "m"
    assert parse_mod(b"module m//c\r\ngo 1.20\r\n").go == "1.20"
    assert parse_mod(b"module example.com/a/b\n").module == "example.com/a/b"


def test_garbage_ends_soon() -> None:
    assert parse_mod(b'("' * 200_000) == _EMPTY
    assert parse_mod(b"x" * 1_000_000 + b"\n" + b" " * 1_000_000) == _EMPTY


def test_go_work() -> None:
    source = b"go 1.22\nuse ./a\nuse (\n\t../b // c\n\t`c d`\n)\nreplace x => ./x\nuse\n"
    assert parse_work(source) == WorkFile(
        go="1.22",
        toolchain="",
        uses=("./a", "../b", "c d"),
        replaces=(Replacement(ModuleVersion("x"), ModuleVersion("./x")),),
    )


def test_modules_txt() -> None:
    source = b"""## workspace
# example.com/a v1.0.0
## explicit; go 1.17
example.com/a
example.com/a/b
# example.com/c => ../c
example.com/c
# nonsense
"""
    packages = frozenset(("example.com/a", "example.com/a/b", "example.com/c"))
    assert parse_vendor_list(source) == VendorList(packages, is_workspace=True)
    assert parse_vendor_list(b"") == VendorList(frozenset(), is_workspace=False)
    assert parse_vendor_list(b"a/b\n# x\na/c\n").packages == frozenset()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".", True),
        ("..", True),
        ("./a", True),
        ("../a", True),
        ("/a", True),
        (r"..\a", True),
        (r"C:\a", True),
        ("C:/a", True),
        ("a/b", False),
        (".a", False),
        ("example.com/c", False),
    ],
)
def test_is_directory_path(path: str, expected: bool) -> None:
    assert is_directory_path(path) is expected
