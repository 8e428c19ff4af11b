"""Which files of a folder make up a Go package under one build configuration.

The lists are those of `go list`: what the go command would compile, assemble or leave out.
Only the head of a Go file is looked at, up to the end of its imports.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.constraints import constraints, name_matches, skip_blanks
from go_asm_lsp.golang.expressions import Expression
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.golang.tags import satisfied_tags

# The C compiler's, so only packages that use cgo take them.
_C_ASSEMBLY = (".S", ".sx")
_SORTED = (".go", ".s", *_C_ASSEMBLY, ".h", ".hh", ".hpp", ".hxx")
_WORD = re.compile(rb"[\w\x80-\xff]+")
_STRING = re.compile(rb'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`')
_BOM = b"\xef\xbb\xbf"


class _Role(Enum):
    GO = auto()
    CGO = auto()
    TEST = auto()
    EXTERNAL_TEST = auto()
    ASSEMBLY = auto()
    C_ASSEMBLY = auto()
    HEADER = auto()
    IGNORED = auto()


@dataclass(frozen=True, slots=True)
class FileHead:
    """What a file's beginning says of its place in a package, whatever the configuration.

    `package` is empty for files that are not Go and where no package clause is found.
    """

    constraints: tuple[Expression, ...]
    package: str = ""
    imports_c: bool = False


@dataclass(frozen=True, slots=True)
class PackageFiles:
    """The base names of a package's files by role, each in the order of the folder.

    `test_go_files` are those of the package itself, `external_test_go_files` of `name_test`.
    `cgo_files` import "C"; they are ignored without cgo.
    """

    directory: str
    name: str
    go_files: tuple[str, ...] = ()
    cgo_files: tuple[str, ...] = ()
    test_go_files: tuple[str, ...] = ()
    external_test_go_files: tuple[str, ...] = ()
    assembly_files: tuple[str, ...] = ()
    header_files: tuple[str, ...] = ()
    ignored_files: tuple[str, ...] = ()

    @property
    def has_go(self) -> bool:
        return bool(self.go_files or self.cgo_files)

    def go_assembly_files(self, import_path: str) -> tuple[str, ...]:
        """Answers the .s files that Go's assembler gets.

        In a package that uses cgo the C compiler gets them all, but in runtime/cgo, which has
        both kinds, only those named gcc_*.
        """
        if not self.cgo_files:
            return self.assembly_files
        if import_path != "runtime/cgo":
            return ()
        return tuple(name for name in self.assembly_files if not name.startswith("gcc_"))


def read_head(fs: FileSystem, path: str) -> FileHead | None:
    """Reads what a file says at its beginning; None when it cannot be read."""
    source = fs.read(path)
    return None if source is None else file_head(path.rpartition("/")[2], source)


def file_head(name: str, source: bytes) -> FileHead:
    """Answers what a file says at its beginning."""
    expressions = constraints(name, source)
    if not name.endswith(".go"):
        return FileHead(expressions)
    package, imports = _head_declarations(source.removeprefix(_BOM))
    return FileHead(expressions, package, b"C" in imports)


def _head_declarations(source: bytes) -> tuple[str, list[bytes]]:
    """Answers the package's name and the imported paths, as far as they can be read."""
    keyword, position = _word(source, 0)
    package, position = _word(source, position)
    imports: list[bytes] = []
    if keyword != b"package":
        return "", imports
    # Almost no file imports "C", and then the rest need not be read.
    keyword, position = _word(source, position) if _may_import_c(source) else (b"", position)
    while keyword == b"import":
        position = skip_blanks(source, position)
        if source[position : position + 1] == b"(":
            position = _import_list(source, position + 1, imports)
        else:
            position = _import(source, position, imports)
        keyword, position = _word(source, position)
    return package.decode("utf-8", "surrogateescape"), imports


def _may_import_c(source: bytes) -> bool:
    return b'"C"' in source or b"`C`" in source


def _word(source: bytes, position: int) -> tuple[bytes, int]:
    word = _WORD.match(source, skip_blanks(source, position))
    return (word[0], word.end()) if word else (b"", position)


def _import_list(source: bytes, position: int, imports: list[bytes]) -> int:
    count = -1
    while count < len(imports):
        count = len(imports)
        position = _import(source, position, imports)
    position = skip_blanks(source, position)
    return position + 1 if source[position : position + 1] == b")" else len(source)


def _import(source: bytes, position: int, imports: list[bytes]) -> int:
    """Reads one import, with its name or dot, into `imports`; answers where it ends."""
    start = skip_blanks(source, position)
    if source[start : start + 1] == b".":
        start = skip_blanks(source, start + 1)
    else:
        start = skip_blanks(source, _word(source, start)[1])
    path = _STRING.match(source, start)
    if not path:
        return position
    imports.append(path[1] or path[2] or b"")
    return path.end()


def package_files(
    fs: FileSystem,
    directory: str,
    configuration: BuildConfiguration,
    head: Callable[[FileSystem, str], FileHead | None] = read_head,
) -> PackageFiles:
    """Sorts a folder's files by the role they have under one configuration.

    `head` may be a caching `read_head`. What cannot be read, folders included, is left out.
    The package's name is that of its first Go file.
    """
    tags = satisfied_tags(configuration)
    names: dict[_Role, list[str]] = {role: [] for role in _Role}
    package = ""
    for name in fs.list_directory(directory):
        if not name.endswith(_SORTED) or name.startswith(("_", ".")):
            continue
        role = _Role.IGNORED
        if name_matches(name, tags):
            facts = head(fs, f"{directory}/{name}")
            if facts is None:
                continue
            if all(expression.holds(tags) for expression in facts.constraints):
                role = _role(name, facts, package, configuration)
                package = package or _package_name(role, facts)
        names[role].append(name)
    for_c = _Role.ASSEMBLY if names[_Role.CGO] else _Role.IGNORED
    names[for_c] = sorted(names[for_c] + names[_Role.C_ASSEMBLY])
    return PackageFiles(
        directory,
        package,
        go_files=tuple(names[_Role.GO]),
        cgo_files=tuple(names[_Role.CGO]),
        test_go_files=tuple(names[_Role.TEST]),
        external_test_go_files=tuple(names[_Role.EXTERNAL_TEST]),
        assembly_files=tuple(names[_Role.ASSEMBLY]),
        header_files=tuple(names[_Role.HEADER]),
        ignored_files=tuple(names[_Role.IGNORED]),
    )


def _role(name: str, head: FileHead, package: str, configuration: BuildConfiguration) -> _Role:
    """Answers what a file that the build takes is for; `package` is the name found so far."""
    if not name.endswith(".go"):
        if name.endswith(_C_ASSEMBLY):
            return _Role.C_ASSEMBLY
        return _Role.ASSEMBLY if name.endswith(".s") else _Role.HEADER
    if head.package == "documentation":
        return _Role.IGNORED
    if name.endswith("_test.go"):
        is_external = head.package.endswith("_test") and head.package != package
        return _Role.EXTERNAL_TEST if is_external else _Role.TEST
    if head.imports_c:
        return _Role.CGO if configuration.cgo else _Role.IGNORED
    return _Role.GO


def _package_name(role: _Role, head: FileHead) -> str:
    match role:
        case _Role.IGNORED:
            return ""
        case _Role.EXTERNAL_TEST:
            return head.package.removesuffix("_test")
        case _:
            return head.package
