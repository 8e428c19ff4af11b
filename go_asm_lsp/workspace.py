"""Files as models: which builds take a .s file, with which Go package, and what is wrong in it.

Everything is computed when asked for and kept while nothing it was made from has changed.
Whoever edits a file says so with `changed`; `refresh` looks at all files again.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import replace

from go_asm_lsp.checks import merge, run_checks
from go_asm_lsp.checks.diagnostic import Diagnostic
from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.constraints import configurations_of
from go_asm_lsp.golang.dialect import is_go_assembly
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.golang.package import GoPackage
from go_asm_lsp.golang.store import PackageStore
from go_asm_lsp.preprocess.cache import BlockCache
from go_asm_lsp.preprocess.header_names import header_names
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

# What is kept: bytes of text that models are of, and findings of how many files.
_MODEL_TEXT = 6 << 20
_FINDINGS = 8192


def _model_size(model: FileModel | None) -> int:
    return len(model.source) if model else 0


class Workspace:
    """All files that one environment can see.

    `goarches` are the architectures to analyse every file for; without any they are those
    that each file names, and the environment's for a file that names none. With
    `is_one_system` a file that the environment's GOOS leaves out is not built at all, else it
    is for a system it names.
    """

    def __init__(
        self,
        files: FileSystem,
        environment: GoEnvironment,
        goarches: Sequence[str] = (),
        *,
        is_one_system: bool = False,
    ) -> None:
        self.environment = environment
        self._goarches = tuple(goarches)
        self._is_one_system = is_one_system
        self._preferred: dict[str, str] = {}
        self._files = Recorder(files)
        self._packages = PackageStore(self._files, environment)
        self._models: Table[FileModel | None] = Table(_MODEL_TEXT, _model_size)
        self._findings: Table[tuple[Diagnostic, ...]] = Table(_FINDINGS)
        # What the preprocessor learned of headers and blocks, so that an edit repeats one only.
        self._blocks = BlockCache()

    def changed(self, path: str) -> None:
        """Takes note that one file has, or may have, another content."""
        self._files.changed(path)

    def refresh(self) -> None:
        """Takes note that any file may have changed."""
        self._files.refresh()

    def forget(self, path: str) -> None:
        """Lets the models of a file go, of which nothing but findings is wanted."""
        for configuration in self.configurations(path):
            self._models.discard((path, configuration))

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
        if self._is_one_system:
            found = tuple(c for c in found if c.goos == default.goos)
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
        return self._packages.package(directory, configuration).go

    def imported(
        self, import_path: str, directory: str, configuration: BuildConfiguration
    ) -> GoPackage | None:
        """Answers the package that an import path means to the files of a folder."""
        return self._packages.imported(import_path, directory, configuration)

    def import_path(self, directory: str) -> str:
        return self._packages.import_path(directory)

    def _model(self, path: str, configuration: BuildConfiguration) -> FileModel | None:
        key = path, configuration
        return self._files.value(self._models, key, lambda _: self._read_model(*key))

    def _read_model(self, path: str, configuration: BuildConfiguration) -> FileModel | None:
        source = self._files.read(path)
        if source is None or len(source) > LARGEST or path.endswith(".go"):
            return None
        directory, name = posixpath.split(path)
        package = self._packages.package(directory, configuration)
        # A text in another dialect is no Go assembly even where go build would take it for some.
        handed_over = package.files if package.go else None
        if not is_go_assembly(name, source) or not is_go_assembly(
            name, source, handed_over, package.import_path
        ):
            return None
        goroot = self.environment.goroot or None
        find_include = include_resolver(self._files, configuration, goroot)

        def go_asm_h() -> bytes | None:
            return package.header(header_names(source, path, find_include)) if package.go else None

        preprocessed = preprocess(
            source,
            path,
            predefined(configuration),
            include_resolver(self._files, configuration, goroot, go_asm_h),
            self._blocks,
        )
        return build_model(
            path,
            source,
            configuration,
            package.import_path,
            preprocessed,
            package if package.go else None,
            lambda: prototype_place(path, package.go) if package.go else None,
        )
