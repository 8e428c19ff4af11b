"""Which files of a folder make up a Go package under one build configuration.

The lists are those of `go list`: what the go command would compile, assemble or leave out.
Only the head of a Go file is looked at, up to the end of its imports.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from go_asm_lsp.filesystem import FileSystem
from go_asm_lsp.golang.constraints import constraints, name_matches, skip_blanks
from go_asm_lsp.golang.expressions import Expression
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.golang.tags import satisfied_tags

_HEADERS = (".h", ".hh", ".hpp", ".hxx")
_WORD = re.compile(rb"[\w\x80-\xff]+")
_STRING = re.compile(rb'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`')
_BOM = b"\xef\xbb\xbf"


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

    `head` may be a caching `read_head`. Folders and unreadable files are left out, and so are
    Go files without a package clause. The package's name is that of its first file.
    """
    tags = satisfied_tags(configuration)
    sorted_files: dict[str, list[str]] = {}
    capital_s: list[str] = []  # for the C compiler, so only packages with cgo take them
    package = ""
    for name in fs.list_directory(directory):
        extension = name[name.rfind(".") :] if "." in name else ""
        if extension not in (".go", ".s", ".S", ".sx", *_HEADERS) or name.startswith(("_", ".")):
            continue
        facts = head(fs, f"{directory}/{name}") if name_matches(name, tags) else None
        if facts is None or not all(e.holds(tags) for e in facts.constraints):
            if facts or not name_matches(name, tags):
                sorted_files.setdefault("ignored", []).append(name)
            continue
        if extension in (".S", ".sx"):
            capital_s.append(name)
            continue
        role = _role(name, extension, facts, package, configuration)
        sorted_files.setdefault(role, []).append(name)
        if extension == ".go" and not package and role != "ignored":
            package = facts.package.removesuffix("_test") if role == "external" else facts.package
    cgo = sorted_files.get("cgo", [])
    sorted_files.setdefault("assembly" if cgo else "ignored", []).extend(capital_s)

    def files(role: str) -> tuple[str, ...]:
        return tuple(sorted(sorted_files.get(role, ())))

    return PackageFiles(
        directory,
        package,
        go_files=files("go"),
        cgo_files=files("cgo"),
        test_go_files=files("test"),
        external_test_go_files=files("external"),
        assembly_files=files("assembly"),
        header_files=files("header"),
        ignored_files=files("ignored"),
    )


def _role(
    name: str, extension: str, head: FileHead, package: str, configuration: BuildConfiguration
) -> str:
    if extension == ".s":
        return "assembly"
    if extension != ".go":
        return "header"
    if head.package == "documentation":
        return "ignored"
    is_test = name.endswith("_test.go")
    if is_test and head.package.endswith("_test") and head.package != package:
        return "external"
    if is_test:
        return "test"
    if head.imports_c:
        return "cgo" if configuration.cgo else "ignored"
    return "go"
