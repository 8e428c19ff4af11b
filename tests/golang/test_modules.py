"""Import paths resolved here and by the real go command, in the same folders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from go_asm_lsp.disk import DiskFileSystem
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.golang.modules import import_path_of, resolve_import
from tests.golang.go_command import go_list
from tests.golang.module_proxy import write_proxy
from tests.goroot import GOROOT, SOURCE_ROOT
from tests.lsp.memory import MemoryFiles
from tests.support import split_files

_PROXY = """
-- example.com/a@v1.0.0/go.mod --
module example.com/a
go 1.20
require example.com/c v1.0.0
-- example.com/a@v1.0.0/a.go --
package a
-- example.com/a@v1.0.0/in/b.go --
package in
-- example.com/a@v1.0.0/sub/old.go --
package sub
-- example.com/a@v1.0.0/docs/readme.txt --
no Go here
-- example.com/a/sub@v1.1.0/go.mod --
module example.com/a/sub
-- example.com/a/sub@v1.1.0/new/new.go --
package new
-- example.com/old@v1.0.0/go.mod --
module example.com/old
go 1.16
require example.com/c v1.1.0
-- example.com/old@v1.0.0/old.go --
package old
-- example.com/c@v1.0.0/go.mod --
module example.com/c
require example.com/d v1.0.0
-- example.com/c@v1.0.0/c.go --
package c
-- example.com/c@v1.1.0/go.mod --
module example.com/c
require example.com/d v1.2.0
-- example.com/c@v1.1.0/c.go --
package c
-- example.com/c@v1.1.1/go.mod --
module example.com/c
require example.com/d v1.0.0
-- example.com/c@v1.1.1/c.go --
package c
-- example.com/d@v1.0.0/d.go --
package d
-- example.com/d@v1.2.0/d.go --
package d
-- example.com/v2@v2.0.0+incompatible/v.go --
package v
-- github.com/Upper/Case@v0.1.0/u.go --
package u
-- github.com/Upper/Case@v0.1.0/Sub/u.go --
package u
-- example.com/fork@v1.5.0/go.mod --
module example.com/fork
require example.com/d v1.2.0
-- example.com/fork@v1.5.0/c.go --
package c
-- example.com/pre@v1.0.0-rc.2/p.go --
package p
-- example.com/pre@v1.0.0-rc.10/p.go --
package p
"""


@dataclass(frozen=True)
class _World:
    """A folder of files, a proxy, and what the go command and we are told of them."""

    root: Path
    proxy: str

    def write(self, archive: str) -> None:
        for name, text in split_files(archive).items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("$ROOT", str(self.root)))

    def variables(self, **changes: str) -> dict[str, str]:
        fixed = {"GOPROXY": self.proxy, "GOPATH": f"{self.root}/gopath", "GOFLAGS": "-mod=mod"}
        return fixed | changes

    def listed(self, folder: str, paths: list[str], **changes: str) -> dict[str, str | None]:
        """Asks the go command for the folders of packages; None where it has an error."""
        arguments = ["-json=ImportPath,Dir,Error", *paths]
        packages = go_list(self.root / folder, *arguments, **self.variables(**changes))
        return {
            str(package["ImportPath"]): None if "Error" in package else str(package["Dir"])
            for package in packages
        }

    def environment(self, **changes: str) -> GoEnvironment:
        variables = self.variables(**changes)
        return GoEnvironment(
            configuration=BuildConfiguration("linux", "amd64"),
            goroot=GOROOT,
            gopath=(variables["GOPATH"],),
            gomodcache=f"{self.root}/gopath/pkg/mod",
            gowork=variables.get("GOWORK", ""),
            module_flag=variables["GOFLAGS"].partition("-mod=")[2],
            uses_modules=variables.get("GO111MODULE") != "off",
        )

    def resolved(self, folder: str, paths: list[str], **changes: str) -> dict[str, str | None]:
        environment = self.environment(**changes)
        directory = str(self.root / folder)
        return {
            path: resolve_import(DiskFileSystem(), path, directory, environment) for path in paths
        }

    def agree(self, folder: str, paths: str, **changes: str) -> dict[str, str | None]:
        """Checks that both resolve alike; answers the folders relative to the root."""
        words = paths.split()
        expected = self.listed(folder, words, **changes)
        assert self.resolved(folder, words, **changes) == expected
        return {
            path: directory and directory.removeprefix(f"{self.root}/")
            for path, directory in expected.items()
        }


@pytest.fixture
def world(tmp_path: Path) -> _World:
    root = tmp_path.resolve()
    return _World(root, write_proxy(root / "proxy", split_files(_PROXY)))


_MAIN = """
-- m/go.mod --
module example.com/m

go 1.22

require (
	example.com/a v1.0.0
	example.com/a/sub v1.1.0
	example.com/c v1.1.0
	example.com/v2 v2.0.0+incompatible
	github.com/Upper/Case v0.1.0
)
-- m/m.go --
package m
-- m/in/in.go --
package in
-- m/empty/readme.txt --
-- m/nested/go.mod --
module example.com/m/nested
-- m/nested/n.go --
package n
-- m/nested/deep/n.go --
package n
-- m/testdata/t.go --
package t
"""


def test_main_module_and_requirements(world: _World) -> None:
    world.write(_MAIN)
    paths = """
        fmt unsafe internal/abi runtime/internal example.com/m example.com/m/in
        example.com/m/empty example.com/m/none example.com/m/nested example.com/m/nested/deep
        example.com/m/testdata example.com/a example.com/a/in example.com/a/docs
        example.com/a/sub example.com/a/sub/new example.com/c example.com/v2
        github.com/Upper/Case github.com/Upper/Case/Sub github.com/upper/case example.com
        example.com/mm nodot nodot/x golang.org/x/crypto/chacha20 vendor
    """
    found = world.agree("m/in", paths)
    cache = "gopath/pkg/mod"
    assert found["example.com/m/in"] == "m/in"
    assert found["example.com/m/nested"] is None
    assert found["example.com/a/sub"] == f"{cache}/example.com/a@v1.0.0/sub"
    assert found["example.com/a/sub/new"] == f"{cache}/example.com/a/sub@v1.1.0/new"
    assert found["github.com/Upper/Case/Sub"] == f"{cache}/github.com/!upper/!case@v0.1.0/Sub"


def test_what_is_no_import_path_is_no_package(world: _World) -> None:
    world.write(_MAIN)
    paths = ["", "C", ".", "./in", "..", "/", "/etc", "a//b", "a\\b", "in/", "\0", "x\udcff"]
    assert world.resolved("m", paths) == dict.fromkeys(paths)


@pytest.mark.parametrize("go", ["", "go 1.16", "go 1.17", "go 1.22", "go 1.27"])
@pytest.mark.parametrize(
    "requires",
    [
        "a v1.0.0",
        "a v1.0.0 old v1.0.0",
        "old v1.0.0 c v1.0.0",
        "a v1.0.0 c v1.1.1",
        "a v1.0.0 c v1.1.1 old v1.0.0",
        "c v1.1.0 d v1.0.0",
        "c v1.0.0 d v1.2.0",
        "fork v1.5.0 c v1.0.0",
        "pre v1.0.0-rc.2 pre v1.0.0-rc.10",
    ],
)
def test_minimal_version_selection(world: _World, go: str, requires: str) -> None:
    words = iter(requires.split())
    lines = "".join(f"require example.com/{path} {next(words)}\n" for path in words)
    world.write(f"-- m/go.mod --\nmodule m\n{go}\n{lines}\n-- m/m.go --\npackage m\n")
    paths = "example.com/a example.com/old example.com/c example.com/d example.com/pre"
    # What is in no module's requirements would be added to go.mod by -mod=mod.
    asked = [path for path in paths.split() if _is_reachable(path, requires)]
    ours = world.resolved("m", asked)
    expected = world.listed("m", asked)
    assert world.resolved("m", asked) == expected
    assert all(expected.values())
    # The first answer was before the go command had anything in the cache.
    assert set(ours.values()) <= {None}


def _is_reachable(path: str, requires: str) -> bool:
    graph = {"a": "c d", "old": "c d", "c": "d", "fork": "d"}
    name = path.rpartition("/")[2]
    listed = requires.split()[::2]
    return name in listed or any(name in graph.get(each, "").split() for each in listed)


def test_excluded_versions_do_not_count(world: _World) -> None:
    world.write("""
-- m/go.mod --
module m
go 1.16
require example.com/c v1.0.0
require example.com/old v1.0.0
exclude example.com/c v1.1.0
-- m/m.go --
package m
""")
    found = world.agree("m", "example.com/old example.com/c example.com/d")
    assert found["example.com/c"] == "gopath/pkg/mod/example.com/c@v1.0.0"
    assert found["example.com/d"] == "gopath/pkg/mod/example.com/d@v1.0.0"


def test_replace(world: _World) -> None:
    world.write("""
-- m/go.mod --
module m
go 1.20
require (
	example.com/a v1.0.0
	example.com/c v1.0.0
	example.com/d v1.2.0
	example.com/e v0.0.0
	example.com/abs v1.0.0
)
replace (
	example.com/a => ../local/a
	example.com/c v1.0.0 => example.com/fork v1.5.0
	example.com/d v1.3.0 => ../local/a
	example.com/e => ./e
	example.com/e v0.0.0 => ./e0
	example.com/abs => $ROOT/local/a
)
-- m/m.go --
package m
-- m/e/e.go --
package e
-- m/e0/e.go --
package e
-- m/e/go.mod --
module example.com/e
-- m/e0/go.mod --
module example.com/e
-- local/a/go.mod --
module example.com/a
-- local/a/a.go --
package a
-- local/a/deep/x/a.go --
package x
-- local/a/nested/go.mod --
module example.com/a/nested
-- local/a/nested/a.go --
package nested
""")
    paths = """
        example.com/a example.com/a/deep/x example.com/a/nested example.com/c example.com/d
        example.com/e example.com/abs example.com/abs/deep/x
    """
    found = world.agree("m", paths)
    assert found["example.com/a/deep/x"] == "local/a/deep/x"
    assert found["example.com/a/nested"] is None
    assert found["example.com/c"] == "gopath/pkg/mod/example.com/fork@v1.5.0"
    assert found["example.com/d"] == "gopath/pkg/mod/example.com/d@v1.2.0"
    assert found["example.com/e"] == "m/e0"


_WORK = """
-- w/go.work --
go 1.22
use (
	./one
	two
)
replace example.com/c => ./c
-- w/one/go.mod --
module example.com/one
go 1.22
require (
	example.com/c v1.0.0
	example.com/d v1.0.0
)
-- w/one/one.go --
package one
-- w/one/in/one.go --
package in
-- w/two/go.mod --
module example.com/two
go 1.22
require example.com/d v1.2.0
replace example.com/c => ./other
-- w/two/two.go --
package two
-- w/c/go.mod --
module example.com/c
-- w/c/c.go --
package c
-- w/three/go.mod --
module example.com/three
-- w/three/three.go --
package three
"""


def test_workspace(world: _World) -> None:
    world.write(_WORK)
    paths = """
        example.com/one example.com/one/in example.com/two example.com/c example.com/d
        example.com/three fmt
    """
    found = world.agree("w/one/in", paths, GOFLAGS="")
    assert found["example.com/two"] == "w/two"
    assert found["example.com/c"] == "w/c"
    assert found["example.com/d"] == "gopath/pkg/mod/example.com/d@v1.2.0"
    assert world.agree("w/two", paths, GOFLAGS="") == found
    assert world.agree("w", paths, GOFLAGS="") == found


def test_workspace_of_another_place(world: _World) -> None:
    world.write(_WORK)
    paths = "example.com/one example.com/two example.com/three"
    work = f"{world.root}/w/go.work"
    assert world.agree("proxy", paths, GOFLAGS="", GOWORK=work)["example.com/two"] == "w/two"
    without = world.agree("w/two", "example.com/one example.com/two", GOWORK="off")
    assert without["example.com/two"] == "w/two"
    assert without["example.com/one"] is None


def test_module_that_the_workspace_does_not_use_is_on_its_own(world: _World) -> None:
    world.write(_WORK)
    ours = world.resolved("w/three", ["example.com/three", "example.com/one"], GOFLAGS="")
    assert ours == {"example.com/three": f"{world.root}/w/three", "example.com/one": None}


_VENDORED = """
-- m/go.mod --
module m
go $GO
require example.com/a v1.0.0
require example.com/c v1.0.0 // indirect
-- m/m.go --
package m
-- m/in/m.go --
package in
-- m/vendor/modules.txt --
# example.com/a v1.0.0
## explicit; go 1.20
example.com/a
# example.com/c v1.0.0
## explicit
-- m/vendor/example.com/a/a.go --
package a
-- m/vendor/example.com/extra/e.go --
package extra
"""


@pytest.mark.parametrize("go", ["1.13", "1.14", "1.22", "1.23"])
@pytest.mark.parametrize("flags", ["", "-mod=mod", "-mod=vendor", "-mod=readonly"])
def test_vendor_folder(world: _World, go: str, flags: str) -> None:
    world.write(_VENDORED.replace("$GO", go))
    # Without -mod=mod the go command wants checksums of what is not in vendor.
    assert world.listed("m", ["example.com/a", "example.com/c"], GOFLAGS="-mod=mod")
    paths = "m m/in example.com/a example.com/c"
    found = world.agree("m", paths, GOFLAGS=flags)
    uses_vendor = flags == "-mod=vendor" or (flags == "" and go != "1.13")
    cached = "gopath/pkg/mod/example.com/a@v1.0.0"
    assert found["example.com/a"] == ("m/vendor/example.com/a" if uses_vendor else cached)
    if uses_vendor:
        extra = world.agree("m", "example.com/extra", GOFLAGS=flags)["example.com/extra"]
        assert extra == (None if go == "1.23" else "m/vendor/example.com/extra")


def test_vendor_folder_of_a_workspace(world: _World) -> None:
    work = _WORK.replace("replace example.com/c => ./c\n", "").replace("other", "../c")
    world.write(work)
    world.write("""
-- w/vendor/modules.txt --
## workspace
# example.com/d v1.2.0
## explicit
example.com/d
# example.com/c v1.0.0 => ./c
## explicit
example.com/c
# example.com/c => ./c
-- w/vendor/example.com/d/d.go --
package d
-- w/vendor/example.com/c/c.go --
package c
""")
    ours = world.resolved("w/one", ["example.com/d", "example.com/two", "fmt"], GOFLAGS="")
    assert ours == {
        "example.com/d": f"{world.root}/w/vendor/example.com/d",
        "example.com/two": f"{world.root}/w/two",
        "fmt": f"{GOROOT}/src/fmt",
    }


def test_gopath_mode(world: _World) -> None:
    world.write("""
-- gopath/src/example.com/x/x.go --
package x
-- gopath/src/example.com/x/sub/x.go --
package sub
-- gopath/src/example.com/x/vendor/example.com/y/y.go --
package y
-- gopath/src/example.com/y/y.go --
package y
-- gopath/src/example.com/z/z.go --
package z
""")
    paths = "example.com/x example.com/x/sub example.com/y example.com/z example.com/none fmt ./sub"
    ours = world.resolved("gopath/src/example.com/x", paths.split(), GO111MODULE="off")
    root = f"{world.root}/gopath/src/example.com"
    assert ours == {
        "example.com/x": f"{root}/x",
        "example.com/x/sub": f"{root}/x/sub",
        "example.com/y": f"{root}/x/vendor/example.com/y",
        "example.com/z": f"{root}/z",
        "example.com/none": None,
        "fmt": f"{GOROOT}/src/fmt",
        "./sub": f"{root}/x/sub",
    }
    # For a folder named on the command line the go command looks at no vendor folder.
    listed = paths.replace("example.com/y ", "").replace("./sub", "")
    world.agree("gopath/src/example.com/x", listed, GO111MODULE="off")


@pytest.mark.parametrize("goroot", ["", "/other/go"])
def test_another_go_tree_is_its_own_standard_library(goroot: str) -> None:
    tree = """
-- go/src/go.mod --
module std
go 1.27
-- go/src/fmt/fmt.go --
-- go/src/vendor/golang.org/x/net/n.go --
-- go/src/cmd/go.mod --
module cmd
go 1.27
-- go/src/cmd/asm/main.go --
-- go/src/cmd/vendor/golang.org/x/mod/m.go --
-- other/go/src/fmt/fmt.go --
"""
    fs = MemoryFiles({f"/{name}": b"package p" for name in split_files(tree)})
    fs.content["/go/src/go.mod"] = b"module std\ngo 1.27\n"
    fs.content["/go/src/cmd/go.mod"] = b"module cmd\ngo 1.27\n"
    environment = GoEnvironment(BuildConfiguration("linux", "amd64"), goroot=goroot)
    found = {
        path: resolve_import(fs, path, directory, environment)
        for directory in ("/go/src/fmt", "/go/src/cmd/asm")
        for path in ("fmt", f"golang.org/x/{'mod' if 'cmd' in directory else 'net'}")
    }
    assert found == {
        "fmt": "/go/src/fmt",
        "golang.org/x/net": "/go/src/vendor/golang.org/x/net",
        "golang.org/x/mod": "/go/src/cmd/vendor/golang.org/x/mod",
    }
    for path in ("fmt", "vendor/golang.org/x/net", "cmd/asm", "cmd/vendor/golang.org/x/mod"):
        assert import_path_of(fs, f"/go/src/{path}", environment) == path


@pytest.mark.parametrize("folder", ["crypto/tls", "net/http", "cmd/go", "cmd/compile", "cmd"])
def test_standard_library_vendors_its_modules(folder: str) -> None:
    paths = (
        "fmt golang.org/x/crypto/chacha20 golang.org/x/net/http/httpguts golang.org/x/mod/semver"
    )
    environment = GoEnvironment(BuildConfiguration("linux", "amd64"), goroot=GOROOT)
    directory = str(SOURCE_ROOT / folder)
    fields = "-json=ImportPath,Dir,Error"
    for path in paths.split():
        (package,) = go_list(directory, fields, path)
        found = resolve_import(DiskFileSystem(), path, directory, environment)
        assert found == (None if "Error" in package else package["Dir"])


def test_import_paths_of_the_standard_library() -> None:
    environment = GoEnvironment(BuildConfiguration("linux", "amd64"), goroot=GOROOT)
    packages = go_list(SOURCE_ROOT, "-json=ImportPath,Dir", "std", "cmd")
    assert len(packages) > 500
    for package in packages:
        found = import_path_of(DiskFileSystem(), str(package["Dir"]), environment)
        assert found == package["ImportPath"]


def test_import_path_of_everything_listed(world: _World) -> None:
    world.write(_MAIN)
    world.write("-- m/vendor/modules.txt --\n-- m/vendor/example.com/q/q.go --\npackage q\n")
    world.listed("m", ["example.com/a"])
    environment = world.environment(GOFLAGS="")
    fs = DiskFileSystem()

    def path_of(folder: str) -> str:
        return import_path_of(fs, f"{world.root}/{folder}", environment)

    assert path_of("m") == "example.com/m"
    assert path_of("m/in") == "example.com/m/in"
    assert path_of("m/empty/not/there") == "example.com/m/empty/not/there"
    assert path_of("m/nested/deep") == "example.com/m/nested/deep"
    assert path_of("m/vendor/example.com/q") == "example.com/q"
    assert path_of("gopath/pkg/mod/example.com/a@v1.0.0/in") == "example.com/a/in"
    assert path_of("gopath/pkg/mod/github.com/!upper/!case@v0.1.0") == "github.com/Upper/Case"
    assert path_of("proxy/folder") == "folder"
    assert import_path_of(fs, f"{GOROOT}/src/runtime", environment) == "runtime"
    assert import_path_of(fs, "/", environment) == ""
    gopath = replace(environment, uses_modules=False)
    src = f"{world.root}/gopath/src"
    assert import_path_of(fs, f"{src}/example.com/x", gopath) == "example.com/x"
    assert import_path_of(fs, f"{src}/example.com/x/vendor/y/z", gopath) == "y/z"


def test_the_main_folder_decides_for_its_dependencies(world: _World) -> None:
    world.write(_MAIN)
    world.listed("m", ["example.com/a", "example.com/c", "example.com/d"])
    environment = replace(world.environment(), main_directory=f"{world.root}/m")
    dependency = f"{world.root}/gopath/pkg/mod/example.com/a@v1.0.0"
    found = resolve_import(DiskFileSystem(), "example.com/c", dependency, environment)
    assert str(found).endswith("/example.com/c@v1.1.0")
    # On its own, the dependency's go.mod decides.
    alone = resolve_import(DiskFileSystem(), "example.com/c", dependency, world.environment())
    assert alone is None


def test_nothing_at_all_resolves_to_nothing() -> None:
    empty = GoEnvironment(BuildConfiguration("linux", "amd64"))
    fs = MemoryFiles({"/p/go.mod": b"\xff\0garbage", "/q/go.work": b"use\n", "/p/p.go": b""})
    for directory in ("/p", "/q", "/", "", "/none/at/all"):
        assert resolve_import(fs, "fmt", directory, empty) is None
        assert resolve_import(fs, "example.com/x", directory, empty) is None
    assert import_path_of(fs, "/p", empty) == "p"
    assert import_path_of(fs, "", empty) == ""
