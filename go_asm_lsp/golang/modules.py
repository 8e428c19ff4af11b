"""From import paths to folders and back, as the go command resolves them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.buildlist import (
    BuildList,
    ancestors,
    build_list,
    cached_module_root,
    is_within,
    module_directory,
    module_root,
    read_mod,
    selected_versions,
)
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.modfile import ModuleVersion
from go_asm_lsp.golang.versions import go_version_key, unescape_path


def resolve_import(
    fs: FileSystem, path: str, from_directory: str, environment: GoEnvironment
) -> str | None:
    """Answers the folder of the package that `path` means in a file of `from_directory`.

    None when there is no such package at hand. "C" is no package.
    """
    if not path or path == "C" or path.startswith("/") or "\\" in path or "//" in path:
        return None
    if library := standard_library(fs, from_directory, environment):
        return _resolve_in_library(fs, path, from_directory, library)
    if environment.goroot and _is_standard(path):
        directory = f"{environment.goroot}/src/{path}"
        if _has_go_files(fs, directory):
            return directory
    modules = build_list(fs, environment.main_directory or from_directory, environment)
    if modules is None:
        return _resolve_in_gopath(fs, path, from_directory, environment)
    if path.startswith("."):
        return None
    if modules.vendor:
        return _resolve_vendored(fs, path, modules)
    return _resolve_in_modules(fs, path, modules, environment)


def standard_library(fs: FileSystem, directory: str, environment: GoEnvironment) -> str:
    """Answers the src folder of the Go tree that a folder is in; empty when in none.

    It may be the tree of another distribution than the environment's: a module named std or
    cmd is its own standard library.
    """
    source = f"{environment.goroot}/src"
    if environment.goroot and is_within(directory, source):
        return source
    root = module_root(fs, directory, environment)
    module = read_mod(fs, root, environment).module if root else ""
    return {"std": root, "cmd": posixpath.dirname(root)}.get(module, "")


def _resolve_in_library(fs: FileSystem, path: str, from_directory: str, source: str) -> str | None:
    """Resolves in the standard library, where std and cmd each have a vendor folder."""
    is_command = is_within(from_directory, f"{source}/cmd")
    vendor = f"{source}/cmd/vendor" if is_command else f"{source}/vendor"
    for directory in (f"{source}/{path}", f"{vendor}/{path}"):
        if _has_go_files(fs, directory):
            return directory
    return None


def _resolve_vendored(fs: FileSystem, path: str, modules: BuildList) -> str | None:
    """Resolves where a vendor folder decides: no other module but the main ones counts."""
    for main in modules.mains:
        if directory := _package_in(fs, path, main.mod.module, main.directory, is_local=True):
            return directory
    if modules.vendored is not None and path not in modules.vendored:
        return None
    directory = f"{modules.vendor}/{path}"
    return directory if _has_go_files(fs, directory) else None


def _resolve_in_modules(
    fs: FileSystem, path: str, modules: BuildList, environment: GoEnvironment
) -> str | None:
    """Looks into the modules whose paths begin the import path, the longest first.

    What the main modules require comes first; only when it does not have the package are all
    go.mod files read. Before Go 1.17 a go.mod lists not enough, so they always are.
    """
    mains = modules.mains
    if len(mains) == 1 and go_version_key(mains[0].mod.go) >= (1, 17):
        directory = _find_package(fs, path, modules, mains[0].mod.requires, environment)
        if directory:
            return directory
    selected = selected_versions(fs, modules, environment)
    return _find_package(fs, path, modules, selected, environment)


def _find_package(
    fs: FileSystem,
    path: str,
    modules: BuildList,
    selected: tuple[ModuleVersion, ...],
    environment: GoEnvironment,
) -> str | None:
    mains = {main.mod.module: main.directory for main in modules.mains}
    versions = {module.path: module.version for module in selected}
    for prefix in _prefixes(path):
        if prefix in mains:
            directory, is_local = mains[prefix], True
        elif prefix in versions:
            module = ModuleVersion(prefix, versions[prefix])
            module = modules.replacement(module) or module
            directory, is_local = module_directory(module, environment), not module.version
        else:
            continue
        if found := _package_in(fs, path, prefix, directory, is_local=is_local):
            return found
    return None


def _prefixes(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]


def _package_in(fs: FileSystem, path: str, module: str, root: str, *, is_local: bool) -> str | None:
    """Answers a package's folder in one module, unless a go.mod below makes it another's.

    The module cache holds no nested modules.
    """
    if not is_within(path, module):
        return None
    rest = path[len(module) + 1 :]
    directory = f"{root}/{rest}" if rest else root
    if is_local:
        for ancestor in ancestors(directory):
            if ancestor == root:
                break
            if fs.read(f"{ancestor}/go.mod") is not None:
                return None
    return directory if _has_go_files(fs, directory) else None


def _resolve_in_gopath(
    fs: FileSystem, path: str, from_directory: str, environment: GoEnvironment
) -> str | None:
    """Resolves without modules: vendor folders up to the GOPATH's src, then each GOPATH."""
    if path.startswith("."):
        directory = posixpath.normpath(f"{from_directory}/{path}")
        return directory if _has_go_files(fs, directory) else None
    for workspace in environment.gopath:
        if is_within(from_directory, f"{workspace}/src"):
            for ancestor in ancestors(from_directory):
                directory = f"{ancestor}/vendor/{path}"
                if _has_go_files(fs, directory):
                    return directory
                if ancestor == f"{workspace}/src":
                    break
    for workspace in environment.gopath:
        directory = f"{workspace}/src/{path}"
        if _has_go_files(fs, directory):
            return directory
    return None


def import_path_of(fs: FileSystem, directory: str, environment: GoEnvironment) -> str:
    """Answers the import path of a folder's package.

    Outside of GOROOT, modules and GOPATH it is the folder's name.
    """
    directory = directory.rstrip("/")
    library = standard_library(fs, directory, environment)
    if library and directory != library:
        return directory[len(library) + 1 :]
    if environment.uses_modules:
        if root := cached_module_root(directory, environment):
            module = root[len(environment.gomodcache) + 1 :].rpartition("@")[0]
            return unescape_path(module) + directory[len(root) :]
        if root := module_root(fs, directory, environment):
            modules = build_list(fs, directory, environment)
            if modules and modules.vendor and is_within(directory, modules.vendor):
                return directory[len(modules.vendor) + 1 :] or "vendor"
            if module := read_mod(fs, root, environment).module:
                return module + directory[len(root) :]
    for workspace in environment.gopath:
        if directory.startswith(f"{workspace}/src/"):
            rest = directory[len(workspace) + len("/src/") :]
            return rest.rpartition("/vendor/")[2]
    return posixpath.basename(directory)


def _is_standard(path: str) -> bool:
    return "." not in path.partition("/")[0]


def _has_go_files(fs: FileSystem, directory: str) -> bool:
    """Tells whether a folder may be a package: any Go file counts, whatever it is built for."""
    return any(name.endswith(".go") for name in fs.list_directory(directory))
