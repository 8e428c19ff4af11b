"""Where Go and its packages are: what `go env` would say, as one frozen value."""

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
