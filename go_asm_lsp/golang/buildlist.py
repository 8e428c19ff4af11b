"""Which modules a go command sees: main modules, workspace, vendor folder, versions.

Versions are chosen as `go build` does it, by minimal version selection over the go.mod files
at hand. Nothing is downloaded: a module that is not in the module cache is not there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.modfile import (
    ModFile,
    ModuleVersion,
    Replacement,
    parse_mod,
    parse_vendor_list,
    parse_work,
)
from go_asm_lsp.golang.versions import escape_path, go_version_key, semver_key

_EMPTY_MOD = parse_mod(b"")


@dataclass(frozen=True, slots=True)
class MainModule:
    """A module whose source is being worked on, with its go.mod."""

    directory: str
    mod: ModFile


@dataclass(frozen=True, slots=True)
class BuildList:
    """The modules of one go command.

    `go` and `toolchain` are those lines of the go.work, or of the go.mod without one.
    `replaces` are in the order in which they count; folders in them are absolute. `vendor` is
    the vendor folder if it decides, else empty; `vendored` are then the packages it may give.
    None stands for all, as before Go 1.23.
    """

    mains: tuple[MainModule, ...]
    go: str = ""
    toolchain: str = ""
    replaces: tuple[Replacement, ...] = ()
    vendor: str = ""
    vendored: frozenset[str] | None = None

    def replacement(self, module: ModuleVersion) -> ModuleVersion | None:
        """Answers what a replace line puts in a module's place, one for its version first."""
        for old in (module, ModuleVersion(module.path)):
            for replacement in self.replaces:
                if replacement.old == old:
                    return replacement.new
        return None


def build_list(fs: FileSystem, directory: str, environment: GoEnvironment) -> BuildList | None:
    """Finds the go.work or go.mod in charge of a folder; None outside of modules."""
    if not environment.uses_modules:
        return None
    root = module_root(fs, directory, environment)
    work = _workspace_file(fs, directory, environment)
    workspace = _read_workspace(fs, work, environment) if work else None
    # The go command refuses to work in a module that the workspace does not use. To leave the
    # workspace aside is what the user is told to do then.
    if workspace and (not root or any(main.directory == root for main in workspace.mains)):
        return workspace
    if not root:
        return None
    mod = read_mod(fs, root, environment)
    main = MainModule(root, mod)
    vendor, vendored = _vendor(fs, root, mod.go, environment, is_workspace=False)
    replaces = tuple(_located(mod.replaces, root))
    return BuildList((main,), mod.go, mod.toolchain, replaces, vendor, vendored)


def demanded_toolchains(
    fs: FileSystem, directory: str, environment: GoEnvironment
) -> tuple[str, ...]:
    """Answers the toolchains (go1.26.1) that go.work or the main go.mod ask for."""
    modules = build_list(fs, directory, environment)
    if modules is None:
        return ()
    asked = [(modules.go, modules.toolchain)]
    asked += [(main.mod.go, main.mod.toolchain) for main in modules.mains]
    names = [f"go{go}" for go, _ in asked if go] + [toolchain for _, toolchain in asked]
    return tuple(name for name in names if name.startswith("go1"))


def module_root(fs: FileSystem, directory: str, environment: GoEnvironment) -> str:
    """Answers the folder of the go.mod that a folder belongs to; empty when there is none.

    In the module cache a module's folder ends in its version, whether it has a go.mod or not.
    """
    if cached := cached_module_root(directory, environment):
        return cached
    for ancestor in ancestors(directory):
        if fs.read(f"{ancestor}/go.mod") is not None:
            return ancestor
    return ""


def cached_module_root(directory: str, environment: GoEnvironment) -> str:
    """Answers the folder of the module in the module cache that holds a folder, or nothing."""
    cache = environment.gomodcache
    if not cache or not is_within(directory, cache):
        return ""
    elements = directory[len(cache) :].strip("/").split("/")
    for count, element in enumerate(elements, start=1):
        if "@" in element:
            return "/".join((cache, *elements[:count]))
    return ""


def read_mod(fs: FileSystem, root: str, environment: GoEnvironment) -> ModFile:
    """Reads the go.mod of a module's folder.

    A module from the time before go.mod has one only where its download was recorded.
    """
    source = fs.read(f"{root}/go.mod")
    if source is None and cached_module_root(root, environment) == root:
        path, _, version = root[len(environment.gomodcache) + 1 :].rpartition("@")
        source = fs.read(f"{environment.gomodcache}/cache/download/{path}/@v/{version}.mod")
    return _EMPTY_MOD if source is None else parse_mod(source)


def selected_versions(
    fs: FileSystem, modules: BuildList, environment: GoEnvironment
) -> tuple[ModuleVersion, ...]:
    """Answers the modules at the versions that the build would use, main modules left out.

    From Go 1.17 on a go.mod lists all that its own packages need, so what its requirements
    require counts, but is not followed further (graph pruning).
    """
    selected: dict[str, str] = {}
    mains = {main.mod.module for main in modules.mains}
    excluded = {version for main in modules.mains for version in main.mod.excludes}
    # Modules whose requirements count, each with whether it is required by a main module that
    # prunes. Such a module is followed only if it is too old to prune its own.
    pending = [(main.mod, False, _prunes(main.mod)) for main in modules.mains]
    seen: set[tuple[ModuleVersion, bool]] = set()
    while pending:
        mod, is_pruned, prunes_next = pending.pop()
        for required in mod.requires:
            if required in excluded:
                continue
            known = selected.get(required.path, "")
            if required.path not in mains and semver_key(required.version) > semver_key(known):
                selected[required.path] = required.version
            visit = (required, prunes_next)
            if visit in seen or (is_pruned and _prunes(mod)):
                continue
            seen.add(visit)
            required_mod = _required_mod(fs, modules, required, environment)
            pending.append((required_mod, prunes_next, False))
    return tuple(ModuleVersion(path, version) for path, version in selected.items())


def _prunes(mod: ModFile) -> bool:
    return go_version_key(mod.go) >= (1, 17)


def _required_mod(
    fs: FileSystem, modules: BuildList, module: ModuleVersion, environment: GoEnvironment
) -> ModFile:
    actual = modules.replacement(module) or module
    if not actual.version:
        return read_mod(fs, actual.path, environment)
    escaped = escape_path(actual.path), escape_path(actual.version)
    download = "{}/cache/download/{}/@v/{}.mod".format(environment.gomodcache, *escaped)
    source = fs.read(download)
    if source is None:
        source = fs.read(f"{module_directory(actual, environment)}/go.mod")
    return _EMPTY_MOD if source is None else parse_mod(source)


def module_directory(module: ModuleVersion, environment: GoEnvironment) -> str:
    """Answers a module's folder: a replacement's own, else the one in the module cache."""
    if not module.version:
        return module.path
    path, version = escape_path(module.path), escape_path(module.version)
    return f"{environment.gomodcache}/{path}@{version}"


def is_within(directory: str, root: str) -> bool:
    return directory == root or directory.startswith(root.rstrip("/") + "/")


def ancestors(directory: str) -> Iterator[str]:
    """Yields a folder and those above it, the top one last (as an empty text for `/`)."""
    directory = directory.rstrip("/")
    while True:
        yield directory
        parent = directory.rpartition("/")[0]
        if parent == directory:
            return
        directory = parent


def _workspace_file(fs: FileSystem, directory: str, environment: GoEnvironment) -> str:
    if environment.gowork == "off" or cached_module_root(directory, environment):
        return ""
    if environment.gowork:
        return environment.gowork
    for ancestor in ancestors(directory):
        if fs.read(f"{ancestor}/go.work") is not None:
            return f"{ancestor}/go.work"
        if ancestor == environment.goroot:
            # The standard library's own vendor folder decides, whatever is above it.
            return ""
    return ""


def _read_workspace(fs: FileSystem, path: str, environment: GoEnvironment) -> BuildList | None:
    source = fs.read(path)
    if source is None:
        return None
    work = parse_work(source)
    root = posixpath.dirname(path)
    directories = [_absolute(use, root) for use in work.uses]
    mains = tuple(MainModule(each, read_mod(fs, each, environment)) for each in directories)
    replaces = list(_located(work.replaces, root))
    for main in mains:
        replaces += _located(main.mod.replaces, main.directory)
    vendor, vendored = _vendor(fs, root, work.go, environment, is_workspace=True)
    return BuildList(mains, work.go, work.toolchain, tuple(replaces), vendor, vendored)


def _vendor(
    fs: FileSystem, root: str, go: str, environment: GoEnvironment, *, is_workspace: bool
) -> tuple[str, frozenset[str] | None]:
    """Answers the vendor folder if it is to be used, and which packages it may give."""
    vendor = f"{root}/vendor"
    vendored = parse_vendor_list(fs.read(f"{vendor}/modules.txt") or b"")
    if environment.module_flag:
        uses_vendor = environment.module_flag == "vendor"
    else:
        is_recent = go_version_key(go) >= (1, 14)
        uses_vendor = is_recent and vendored.is_workspace == is_workspace
    if not uses_vendor or not fs.is_directory(vendor):
        return "", None
    return vendor, vendored.packages if go_version_key(go) >= (1, 23) else None


def _located(replaces: tuple[Replacement, ...], root: str) -> Iterator[Replacement]:
    """Yields replacements with the folders among them made absolute."""
    for replacement in replaces:
        new = replacement.new
        if not new.version:
            new = ModuleVersion(_absolute(new.path, root))
        yield Replacement(replacement.old, new)


def _absolute(path: str, root: str) -> str:
    path = path.replace("\\", "/")
    if path[1:2] == ":":
        return posixpath.normpath(path)
    return posixpath.normpath(posixpath.join(root or "/", path))
