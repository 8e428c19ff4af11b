"""Go packages by folder and build, read when asked for and kept while nothing they are made from
changes.

Which files belong to a package, what an import path means and what declarations say are
questions for other modules; here they are put together, each answered once.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.asmhdr import find_define
from go_asm_lsp.golang.buildlist import module_root
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.frame import argument_frame
from go_asm_lsp.golang.model import ArgumentFrame, BuildConfiguration, Prototype
from go_asm_lsp.golang.modules import import_path_of, resolve_import
from go_asm_lsp.golang.package import GoPackage, load_package
from go_asm_lsp.golang.packages import FileHead, PackageFiles, file_head, package_files
from go_asm_lsp.golang.source import SourceFile, read_source
from go_asm_lsp.recorder import Record, Recorder, Table

# What is kept: names that packages declare, bytes of Go files, and numbers of small values.
# Packages hold on to their files, so many packages and few files would keep files twice.
_PACKAGE_NAMES = 50_000
_GO_TEXT = 16 << 20
_SMALL_VALUES = 8192
_HEADERS = 16


class StoredPackage:
    """One folder's package under one build, for the .s files in the folder.

    `go` is None in a folder without Go files for this build. go vet reads a package together
    with the files of its own tests, so a function may be declared there; they are read when a
    name is found nowhere else.
    """

    __slots__ = ("_declared", "_frames", "_headers", "_lines", "_tested", "files", "go", "load")

    def __init__(self, files: PackageFiles, go: GoPackage | None, load: _Load) -> None:
        self.files = files
        self.go = go
        self.load = load
        self._tested: GoPackage | None = None
        self._declared: dict[str, tuple[Prototype | None, GoPackage | None]] = {}
        self._frames: dict[str, ArgumentFrame | None] = {}
        self._lines: dict[str, str] = {}
        self._headers: dict[frozenset[str], bytes] = {}

    @property
    def import_path(self) -> str:
        return self.load.import_path

    def prototype(self, name: str) -> Prototype | None:
        """Finds the function without a body that assembly may define."""
        return self._find(name)[0]

    def frame(self, name: str) -> ArgumentFrame | None:
        """Answers the arguments of such a function."""
        if name not in self._frames:
            go = self._find(name)[1]
            self._frames[name] = argument_frame(go, name) if go else None
        return self._frames[name]

    def header(self, words: Iterable[str]) -> bytes:
        """Answers go_asm.h, with those defines only that `words` name.

        A whole header has thousands of lines of which a file uses a few. It is the same
        object as long as the same defines are used.
        """
        names = frozenset(word for word in words if self._line(word))
        if names not in self._headers:
            if len(self._headers) >= _HEADERS:
                self._headers.clear()
            self._headers[names] = "".join(self._line(name) for name in sorted(names)).encode()
        return self._headers[names]

    def _line(self, name: str) -> str:
        if name not in self._lines:
            define = find_define(self.go, name) if self.go else None
            self._lines[name] = f"#define {name} {define.value}\n" if define else ""
        return self._lines[name]

    def _find(self, name: str) -> tuple[Prototype | None, GoPackage | None]:
        """Finds a prototype and the package that has it, with or without its tests."""
        if name not in self._declared:
            go = self.go
            prototype = go.prototype(name) if go else None
            if prototype is None and go and self.files.test_go_files:
                go = self._tested = self._tested or self.load.with_tests(self.files)
                prototype = go.prototype(name)
            self._declared[name] = (prototype, go) if prototype else (None, None)
        return self._declared[name]


@dataclass(frozen=True, slots=True)
class _Load:
    """How the files of one package become a GoPackage.

    Its types are resolved when somebody asks for them, long after it was loaded; what is read
    then is noted as read for `record`, the package's own.
    """

    store: PackageStore
    record: Record
    directory: str
    import_path: str
    configuration: BuildConfiguration
    root: str

    def package(self, names: Sequence[str]) -> GoPackage:
        sources = (self.store.go_file(f"{self.directory}/{name}") for name in names)
        found = [source for source in sources if source]
        return load_package(found, self.import_path, self.configuration, self._imported)

    def with_tests(self, files: PackageFiles) -> GoPackage:
        with self.store.files.on_behalf_of(self.record):
            return self.package((*files.go_files, *files.cgo_files, *files.test_go_files))

    def _imported(self, import_path: str, from_directory: str) -> GoPackage | None:
        with self.store.files.on_behalf_of(self.record):
            return self.store.imported_within(
                self.root, import_path, from_directory, self.configuration
            )


def _package_size(package: StoredPackage) -> int:
    return 100 + (len(package.go.names) if package.go else 0)


def _go_file_size(source: SourceFile | None) -> int:
    return len(source.source) if source else 0


class PackageStore:
    """All packages that one environment can see."""

    def __init__(self, files: Recorder, environment: GoEnvironment) -> None:
        self.files = files
        self._environment = environment
        self._packages: Table[StoredPackage] = Table(_PACKAGE_NAMES, _package_size)
        self._go_files: Table[SourceFile | None] = Table(_GO_TEXT, _go_file_size)
        self._heads: Table[FileHead | None] = Table(_SMALL_VALUES, compares=True)
        self._roots: Table[str] = Table(_SMALL_VALUES, compares=True)

    def package(self, directory: str, configuration: BuildConfiguration) -> StoredPackage:
        """Answers the package in a folder; it may have no Go files."""
        return self._within(self._root(directory), directory, configuration)

    def imported(
        self, import_path: str, directory: str, configuration: BuildConfiguration
    ) -> GoPackage | None:
        """Answers the package that an import path means to the files of a folder."""
        return self.imported_within(self._root(directory), import_path, directory, configuration)

    def imported_within(
        self, root: str, import_path: str, directory: str, configuration: BuildConfiguration
    ) -> GoPackage | None:
        """The same where `root` decides about modules, whatever folder imports."""
        environment = replace(self._environment, main_directory=root)
        found = resolve_import(self.files, import_path, directory, environment)
        if found is None:
            return None
        return self._within("" if self._is_in_goroot(found) else root, found, configuration).go

    def import_path(self, directory: str) -> str:
        return import_path_of(self.files, directory, self._environment)

    def go_file(self, path: str) -> SourceFile | None:
        def compute(_: Record) -> SourceFile | None:
            source = self.files.read(path)
            return None if source is None else read_source(path, source)

        return self.files.value(self._go_files, path, compute)

    def _within(
        self, root: str, directory: str, configuration: BuildConfiguration
    ) -> StoredPackage:
        def compute(record: Record) -> StoredPackage:
            files = package_files(self.files, directory, configuration, self._head)
            path = self.import_path(directory)
            load = _Load(self, record, directory, path, configuration, root)
            names = (*files.go_files, *files.cgo_files)
            return StoredPackage(files, load.package(names) if names else None, load)

        return self.files.value(self._packages, (directory, configuration, root), compute)

    def _root(self, directory: str) -> str:
        """Answers the folder whose go.mod decides what the imports of a package mean.

        Within GOROOT that is no question, so its packages are shared by all modules.
        """
        if self._is_in_goroot(directory):
            return ""

        def compute(_: Record) -> str:
            return module_root(self.files, directory, self._environment)

        return self.files.value(self._roots, directory, compute)

    def _is_in_goroot(self, directory: str) -> bool:
        goroot = self._environment.goroot
        return bool(goroot) and directory.startswith(f"{goroot}/src/")

    def _head(self, _: FileSystem, path: str) -> FileHead | None:
        def compute(_: Record) -> FileHead | None:
            source = self.files.read(path)
            return None if source is None else file_head(posixpath.basename(path), source)

        return self.files.value(self._heads, path, compute)
