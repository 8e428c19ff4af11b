"""Where Go and its packages are, and what a machine and a user say of it, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.golang.model import BuildConfiguration


@dataclass(frozen=True, slots=True)
class GoEnvironment:
    """The folders and modes by which import paths are resolved. Paths are absolute, with `/`.

    `goroot` is empty when there is none; the standard library is then unknown. `gowork` is
    GOWORK: empty to look for a go.work, "off", or a path. `module_flag` is the -mod of GOFLAGS.
    `main_directory` is where the go command would be run: its module decides the versions of
    all others. Empty stands for the folder of the importing file.
    """

    configuration: BuildConfiguration
    goroot: str = ""
    gopath: tuple[str, ...] = ()
    gomodcache: str = ""
    gowork: str = ""
    module_flag: str = ""
    uses_modules: bool = True
    main_directory: str = ""


@dataclass(frozen=True, slots=True)
class Variables:
    """Environment variables; of several pairs with one name the last counts."""

    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """Answers a variable's value, empty when it is not set."""
        return next((value for key, value in reversed(self.pairs) if key == name), "")

    def over(self, defaults: Variables) -> Variables:
        return Variables(defaults.pairs + self.pairs)


@dataclass(frozen=True, slots=True)
class Host:
    """What a process knows of its machine. Paths are absolute, with `/`.

    `go_programs` are the `go` programs on PATH in order, with symbolic links resolved.
    """

    goos: str
    goarch: str
    home: str = ""
    config_directory: str = ""
    variables: Variables = Variables()
    go_programs: tuple[str, ...] = ()
    has_c_compiler: bool = False


@dataclass(frozen=True, slots=True)
class GoSettings:
    """What a user sets; what is empty is looked for. `goos` and `goarch` may be "auto"."""

    goroot: str = ""
    goos: str = ""
    goarch: str = ""
    tags: tuple[str, ...] = ()
