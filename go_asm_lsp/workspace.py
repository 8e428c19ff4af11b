"""Files as models: which builds take a .s file, with which Go package, and what is wrong in it.

Everything is computed when asked for and kept while nothing it was made from has changed.
Whoever edits a file says so with `changed`; `refresh` looks at all files again.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from go_asm_lsp.checks import merge, run_checks
from go_asm_lsp.checks.diagnostic import Diagnostic
from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.asmhdr import header_text
from go_asm_lsp.golang.buildlist import module_root
from go_asm_lsp.golang.constraints import configurations_of
from go_asm_lsp.golang.dialect import is_go_assembly
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.frame import argument_frame
from go_asm_lsp.golang.model import ArgumentFrame, BuildConfiguration, Prototype
from go_asm_lsp.golang.modules import import_path_of, resolve_import
from go_asm_lsp.golang.package import GoPackage, load_package
from go_asm_lsp.golang.packages import FileHead, PackageFiles, file_head, package_files
from go_asm_lsp.golang.source import SourceFile, read_source
from go_asm_lsp.preprocess.cache import BlockCache
from go_asm_lsp.preprocess.include import include_resolver
from go_asm_lsp.preprocess.predefined import predefined
from go_asm_lsp.preprocess.preprocess import preprocess
from go_asm_lsp.recorder import Record, Recorder, Table
from go_asm_lsp.semantics.file_model import build_model
from go_asm_lsp.semantics.model import FileModel
from go_asm_lsp.semantics.prototype_place import prototype_place

# Bytes of the largest .s file that is analysed, twice what published modules have. Statements
# take up to 200 times their text in memory.
LARGEST = 10 << 20

# What is kept: bytes of text that models are of, names that packages declare, bytes of Go
# files, and numbers of small values. Together with the caches of the layers below this is
# some 100 MB when all of a Go distribution was looked at.
_MODEL_TEXT = 16 << 20
_PACKAGE_NAMES = 100_000
_GO_TEXT = 16 << 20
_SMALL_VALUES = 8192


@dataclass(slots=True)
class _Package:
    """One folder's package under one configuration; a cache, and dropped as a whole.

    `go` is None in a folder without Go files for this configuration.
    """

    files: PackageFiles
    import_path: str
    go: GoPackage | None
    root: str  # see Workspace._root
    tested: GoPackage | None = None  # with the files of its own tests, once asked for
    declared: dict[str, tuple[Prototype | None, GoPackage | None]] = field(default_factory=dict)
    frames: dict[str, ArgumentFrame | None] = field(default_factory=dict)
    header: bytes | None = None


def _model_size(model: FileModel | None) -> int:
    return len(model.source) if model else 0


def _package_size(kept: tuple[Record, _Package]) -> int:
    return 100 + (len(kept[1].go.names) if kept[1].go else 0)


def _go_file_size(source: SourceFile | None) -> int:
    return len(source.source) if source else 0


class Workspace:
    """All files that one environment can see.

    `goarches` are the architectures to analyse every file for; without any they are those
    that each file names, and the environment's for a file that names none.
    """

    def __init__(
        self, files: FileSystem, environment: GoEnvironment, goarches: Sequence[str] = ()
    ) -> None:
        self.environment = environment
        self._goarches = tuple(goarches)
        self._preferred: dict[str, str] = {}
        self._files = Recorder(files)
        self._models: Table[FileModel | None] = Table(_MODEL_TEXT, _model_size)
        self._findings: Table[tuple[Diagnostic, ...]] = Table(_SMALL_VALUES)
        self._packages: Table[tuple[Record, _Package]] = Table(_PACKAGE_NAMES, _package_size)
        self._go_files: Table[SourceFile | None] = Table(_GO_TEXT, _go_file_size)
        self._heads: Table[FileHead | None] = Table(_SMALL_VALUES, compares=True)
        self._roots: Table[str] = Table(_SMALL_VALUES, compares=True)
        # What the preprocessor learned of headers and blocks, so that an edit repeats one only.
        self._blocks = BlockCache()

    def changed(self, path: str) -> None:
        """Takes note that one file has, or may have, another content."""
        self._files.changed(path)

    def refresh(self) -> None:
        """Takes note that any file may have changed."""
        self._files.refresh()

    def source(self, path: str) -> bytes | None:
        return self._files.read(path)

    def is_too_large(self, path: str) -> bool:
        """Tells whether a file has no model because of its size."""
        return len(self._files.read(path) or b"") > LARGEST

    def assembly_files(self, directory: str) -> tuple[str, ...]:
        """Lists the paths of all .s files of a folder, for whatever they are built."""
        names = self._files.list_directory(directory)
        return tuple(f"{directory}/{name}" for name in names if name.endswith(".s"))

    def prefer(self, path: str, goarch: str | None) -> None:
        """Chooses the architecture whose model of a file comes first; None chooses none."""
        if goarch is None:
            self._preferred.pop(path, None)
        else:
            self._preferred[path] = goarch

    def configurations(self, path: str) -> tuple[BuildConfiguration, ...]:
        """Answers the builds that take a file; maybe none.

        The preferred comes first, else the environment's own. A file that names no
        architecture is taken for the preferred one instead.
        """
        source = self._files.read(path)
        if source is None:
            return ()
        name, default = posixpath.basename(path), self.environment.configuration
        found = configurations_of(name, source, default, self._goarches)
        preferred = self._preferred.get(path)
        if preferred is None:
            return found
        if all(configuration.goarch != preferred for configuration in found):
            return configurations_of(name, source, default, (preferred,)) or found
        return tuple(sorted(found, key=lambda configuration: configuration.goarch != preferred))

    def names_architectures(self, path: str) -> bool:
        """Tells whether a file's name or constraint binds it to architectures."""
        name, source = posixpath.basename(path), self._files.read(path) or b""
        default = self.environment.configuration
        other = "arm64" if default.goarch != "arm64" else "amd64"
        defaults = (default, replace(default, goarch=other))
        found = [{c.goarch for c in configurations_of(name, source, d)} for d in defaults]
        return found[0] == found[1]

    def models(self, path: str) -> tuple[FileModel, ...]:
        """Answers a file's model for each build that takes it.

        A file that no build takes is modelled for the environment's own. There is no model of
        what is not Go assembly.
        """
        configurations = self.configurations(path) or (self.environment.configuration,)
        models = (self._model(path, configuration) for configuration in configurations)
        return tuple(model for model in models if model)

    def model(self, path: str) -> FileModel | None:
        """Answers a file's model for the first build that takes it."""
        found = self.configurations(path)
        return self._model(path, found[0] if found else self.environment.configuration)

    def diagnostics(self, path: str) -> tuple[Diagnostic, ...]:
        """Answers what is wrong in a file in all builds that take it, each finding once."""

        def compute(_: Record) -> tuple[Diagnostic, ...]:
            models = (self._model(path, c) for c in self.configurations(path))
            return merge(run_checks(model) for model in models if model)

        return self._files.value(self._findings, (path, self._preferred.get(path)), compute)

    def package(self, directory: str, configuration: BuildConfiguration) -> GoPackage | None:
        """Answers the Go package in a folder."""
        return self._package(directory, configuration, self._root(directory))[1].go

    def imported(
        self, import_path: str, directory: str, configuration: BuildConfiguration
    ) -> GoPackage | None:
        """Answers the package that an import path means to the files of a folder."""
        return self._imported(import_path, directory, configuration, self._root(directory))

    def import_path(self, directory: str) -> str:
        return import_path_of(self._files, directory, self.environment)

    def _model(self, path: str, configuration: BuildConfiguration) -> FileModel | None:
        key = path, configuration
        return self._files.value(self._models, key, lambda _: self._read_model(*key))

    def _read_model(self, path: str, configuration: BuildConfiguration) -> FileModel | None:
        source = self._files.read(path)
        if source is None or len(source) > LARGEST or path.endswith(".go"):
            return None
        directory, name = posixpath.split(path)
        record, package = self._package(directory, configuration, self._root(directory))
        # A text in another dialect is no Go assembly even where go build would take it for some.
        handed_over = package.files if package.go else None
        if not is_go_assembly(name, source) or not is_go_assembly(
            name, source, handed_over, package.import_path
        ):
            return None
        declarations = _Declarations(self, record, package, configuration) if package.go else None
        resolve = include_resolver(self._files, configuration, self.environment.goroot or None)

        def resolve_computed(written: str, from_path: str) -> tuple[str, bytes] | None:
            found = resolve(written, from_path)
            if found is None and written == "go_asm.h" and declarations:
                return f"{posixpath.dirname(from_path)}/go_asm.h", declarations.header()
            return found

        preprocessed = preprocess(
            source, path, predefined(configuration), resolve_computed, self._blocks
        )
        return build_model(
            path,
            source,
            configuration,
            package.import_path,
            preprocessed,
            declarations,
            lambda: prototype_place(path, package.go) if package.go else None,
        )

    def _root(self, directory: str) -> str:
        """Answers the folder whose go.mod decides what the imports of a package mean.

        Within GOROOT that is no question, so its packages are shared by all modules.
        """
        goroot = self.environment.goroot
        if goroot and directory.startswith(f"{goroot}/src/"):
            return ""

        def compute(_: Record) -> str:
            return module_root(self._files, directory, self.environment)

        return self._files.value(self._roots, directory, compute)

    def _package(
        self, directory: str, configuration: BuildConfiguration, root: str
    ) -> tuple[Record, _Package]:
        def compute(record: Record) -> tuple[Record, _Package]:
            files = package_files(self._files, directory, configuration, self._head)
            path = import_path_of(self._files, directory, self.environment)
            names = (*files.go_files, *files.cgo_files)
            go = self._load(record, directory, names, path, configuration, root) if names else None
            return record, _Package(files, path, go, root)

        key = directory, configuration, root
        return self._files.value(self._packages, key, compute)

    def load_tested(
        self, record: Record, package: _Package, configuration: BuildConfiguration
    ) -> GoPackage:
        """Reads a package together with the files of its own tests, as go vet does."""
        files = package.files
        names = (*files.go_files, *files.cgo_files, *files.test_go_files)
        with self._files.on_behalf_of(record):
            return self._load(
                record, files.directory, names, package.import_path, configuration, package.root
            )

    def _load(
        self,
        record: Record,
        directory: str,
        names: Sequence[str],
        import_path: str,
        configuration: BuildConfiguration,
        root: str,
    ) -> GoPackage:
        def importer(written: str, from_directory: str) -> GoPackage | None:
            # Types are resolved when somebody asks, long after the package was loaded.
            with self._files.on_behalf_of(record):
                return self._imported(written, from_directory, configuration, root)

        sources = (self._go_file(f"{directory}/{name}") for name in names)
        found = [source for source in sources if source]
        return load_package(found, import_path, configuration, importer)

    def _imported(
        self, import_path: str, directory: str, configuration: BuildConfiguration, root: str
    ) -> GoPackage | None:
        environment = replace(self.environment, main_directory=root)
        found = resolve_import(self._files, import_path, directory, environment)
        if found is None:
            return None
        in_goroot = found.startswith(f"{self.environment.goroot}/src/")
        return self._package(found, configuration, "" if in_goroot else root)[1].go

    def _go_file(self, path: str) -> SourceFile | None:
        def compute(_: Record) -> SourceFile | None:
            source = self._files.read(path)
            return None if source is None else read_source(path, source)

        return self._files.value(self._go_files, path, compute)

    def _head(self, _: FileSystem, path: str) -> FileHead | None:
        def compute(_: Record) -> FileHead | None:
            source = self._files.read(path)
            return None if source is None else file_head(posixpath.basename(path), source)

        return self._files.value(self._heads, path, compute)


@dataclass(frozen=True, slots=True)
class _Declarations:
    """What a package declares, for the .s files in its folder."""

    workspace: Workspace
    record: Record
    package: _Package
    configuration: BuildConfiguration

    def prototype(self, name: str) -> Prototype | None:
        return self._declared(name)[0]

    def frame(self, name: str) -> ArgumentFrame | None:
        frames = self.package.frames
        if name not in frames:
            go = self._declared(name)[1]
            frames[name] = argument_frame(go, name) if go else None
        return frames[name]

    def _declared(self, name: str) -> tuple[Prototype | None, GoPackage | None]:
        """Finds a prototype and the package that has it, with or without its tests."""
        declared = self.package.declared
        if name not in declared:
            go = self.package.go
            prototype = go.prototype(name) if go else None
            if prototype is None and (go := self._tested()):
                prototype = go.prototype(name)
            declared[name] = (prototype, go) if prototype else (None, None)
        return declared[name]

    def header(self) -> bytes:
        """Answers the text of the package's go_asm.h."""
        if self.package.header is None and self.package.go:
            self.package.header = header_text(self.package.go).encode()
        return self.package.header or b""

    def _tested(self) -> GoPackage | None:
        package = self.package
        if package.tested is None and package.files.test_go_files:
            package.tested = self.workspace.load_tested(self.record, package, self.configuration)
        return package.tested
