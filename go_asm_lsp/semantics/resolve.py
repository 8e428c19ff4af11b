"""Where a symbol that assembly names is declared in Go and defined in assembly.

Symbols of other packages are found through the imports' paths. Names that only the linker
joins (a Go function pushed with linkname) are not followed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from go_asm_lsp.golang.model import BuildConfiguration, GoDeclaration, Prototype
from go_asm_lsp.golang.package import GoPackage
from go_asm_lsp.preprocess.model import Block
from go_asm_lsp.semantics.model import FileModel
from go_asm_lsp.syntax.nodes import Globl, Statement, SymbolName, Text
from go_asm_lsp.syntax.parser import statements
from go_asm_lsp.text import Span


class Sources(Protocol):
    """What a workspace answers about other files."""

    def source(self, path: str) -> bytes | None: ...

    def models(self, path: str) -> tuple[FileModel, ...]: ...

    def configurations(self, path: str) -> tuple[BuildConfiguration, ...]: ...

    def assembly_files(self, directory: str) -> tuple[str, ...]: ...

    def package(self, directory: str, configuration: BuildConfiguration) -> GoPackage | None: ...

    def imported(
        self, import_path: str, directory: str, configuration: BuildConfiguration
    ) -> GoPackage | None: ...


@dataclass(frozen=True, slots=True)
class AssemblyDefinition:
    """A TEXT or GLOBL; spans are in the file at `path`."""

    path: str
    span: Span  # the bare name: `f` of `pkg·f<ABIInternal>`
    line: Span  # the whole statement
    configurations: tuple[BuildConfiguration, ...]
    is_function: bool

    @property
    def goarches(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c.goarch for c in self.configurations))


_DEFINING_LINE = rb"^[ \t]*(?:TEXT|GLOBL)[ \t(][^\n]*%s[^\n]*"
_INVOKING_LINE = rb"^[ \t]*([A-Za-z_]\w*)[ \t]*\([^\n]*?(?<!\w)(%s)(?!\w)"
_MACRO = re.compile(
    rb"^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)\([^)\n]*\)((?:\\\r?\n|[^\n])*)", re.M
)
_WORD = re.compile(rb"[A-Za-z_]\w*")
_INCLUDE = re.compile(rb'^[ \t]*#[ \t]*include[ \t]+"([^"\n]+)"', re.M)


def own_package(sources: Sources, model: FileModel) -> GoPackage | None:
    return sources.package(posixpath.dirname(model.path), model.configuration)


def symbol_package(sources: Sources, model: FileModel, symbol: SymbolName) -> GoPackage | None:
    """Answers the Go package whose name this is, this file's for `·name`."""
    if symbol.package is None:
        return None
    own = own_package(sources, model)
    if is_own(model, own, symbol):
        return own
    directory = posixpath.dirname(model.path)
    return sources.imported(symbol.package, directory, model.configuration)


def is_own(model: FileModel, own: GoPackage | None, symbol: SymbolName) -> bool:
    """Tells whether a name belongs to the package the file is in."""
    if symbol.package in ("", model.import_path):
        return True
    # The linker knows a program's own package as main, whatever its import path.
    return symbol.package == "main" and own is not None and own.name == "main"


def go_declaration(
    sources: Sources, model: FileModel, symbol: SymbolName
) -> Prototype | GoDeclaration | None:
    """Finds what Go declares under a symbol's name: a function, else a variable and the like."""
    if symbol.is_static:
        return None
    package = symbol_package(sources, model, symbol)
    if package is None:
        return None
    return package.function(symbol.name) or package.declaration(symbol.name)


def assembly_definitions(
    sources: Sources, model: FileModel, symbol: SymbolName
) -> tuple[AssemblyDefinition, ...]:
    """Finds every TEXT and GLOBL of a symbol, those of the file's own architecture first."""
    here = model.configuration
    if symbol.is_static:
        return definitions_in([model], symbol.name, is_static=True)
    directory = posixpath.dirname(model.path)
    own = own_package(sources, model)
    if symbol.package is not None and not is_own(model, own, symbol):
        package = symbol_package(sources, model, symbol)
        if package is None or not package.files:
            return ()
        directory = posixpath.dirname(package.files[0].path)
    found = definitions_of(sources, directory, symbol.name)
    return tuple(
        sorted(
            found,
            key=lambda d: (
                here not in d.configurations,
                here.goarch not in d.goarches,
                d.path != model.path,
            ),
        )
    )


def definitions_of(sources: Sources, directory: str, name: str) -> tuple[AssemblyDefinition, ...]:
    """Finds every TEXT and GLOBL of a package's symbol, in all architectures' files.

    Files are searched line by line, which needs no Go package of their architectures. Only one
    that includes code of another .s file is read as a whole.
    """
    found: list[AssemblyDefinition] = []
    bare = name.encode("utf-8", "surrogateescape")
    defining = re.compile(_DEFINING_LINE % re.escape(bare), re.M)
    for path in sources.assembly_files(directory):
        source = sources.source(path) or b""
        if b'.s"' in source and any(i.endswith(b".s") for i in _INCLUDE.findall(source)):
            found += definitions_in(sources.models(path), name, is_static=False)
        elif bare in source:
            found += (
                d for m in defining.finditer(source) if (d := _in_line(sources, path, m, name))
            )
            found += _by_macro(sources, path, source, bare)
    return tuple(found)


def _in_line(
    sources: Sources, path: str, match: re.Match[bytes], name: str
) -> AssemblyDefinition | None:
    for statement in statements(match.group()).statements:
        if isinstance(statement, Text | Globl) and statement.symbol:
            symbol = statement.symbol
            if symbol.name != name or symbol.is_static:
                continue
            return AssemblyDefinition(
                path,
                _bare_name(match.group(), symbol).shifted(match.start()),
                statement.span.shifted(match.start()),
                sources.configurations(path),
                isinstance(statement, Text),
            )
    return None


def _by_macro(
    sources: Sources, path: str, source: bytes, name: bytes
) -> Iterator[AssemblyDefinition]:
    """Finds where a name is handed to a macro whose body holds a TEXT."""
    invoking = re.compile(_INVOKING_LINE % re.escape(name), re.M)
    calls = list(invoking.finditer(source))
    if not calls:
        return
    defining = _defining_macros(sources, path, source)
    for call in calls:
        if call[1] in defining:
            span = Span(call.start(2), call.end(2))
            line = Span(call.start(1), call.end(2))
            yield AssemblyDefinition(path, span, line, sources.configurations(path), True)


def _defining_macros(sources: Sources, path: str, source: bytes) -> set[bytes]:
    """Names the macros, of the file and the headers beside it, that define functions."""
    texts = [source]
    for written in _INCLUDE.findall(source):
        included = posixpath.join(posixpath.dirname(path), written.decode("utf-8", "replace"))
        texts.append(sources.source(posixpath.normpath(included)) or b"")
    words = {m[1]: set(_WORD.findall(m[2])) for text in texts for m in _MACRO.finditer(text)}
    defining: set[bytes] = {b"TEXT"}
    count = 0
    # A macro may define functions through another.
    while count != len(defining):
        count = len(defining)
        defining |= {name for name, used in words.items() if used & defining}
    return defining


def definitions_in(
    models: Iterable[FileModel], name: str, *, is_static: bool
) -> tuple[AssemblyDefinition, ...]:
    """Finds a name's TEXT and GLOBL in the models of one file, each place once."""
    found: dict[tuple[str, Span], AssemblyDefinition] = {}
    for model in models:
        for definition in _in_model(model, name, is_static):
            key = definition.path, definition.span
            known = found.get(key)
            if known:
                configurations = (*known.configurations, model.configuration)
                definition = replace(known, configurations=configurations)
            found[key] = definition
    return tuple(found.values())


def _in_model(model: FileModel, name: str, is_static: bool) -> Iterator[AssemblyDefinition]:
    blocks = model.preprocessed.blocks
    listed: list[tuple[Block, Iterable[Statement]]] = []
    if blocks and model.prelude.statements:
        listed.append((blocks[0], model.prelude.statements))
    listed += [(f.block, (f.text, *f.statements)) for f in model.functions]
    for block, code in listed:
        for statement in code:
            if not isinstance(statement, Text | Globl) or statement.symbol is None:
                continue
            symbol = statement.symbol
            if symbol.name != name or symbol.is_static != is_static:
                continue
            path, span = _place(model, block, _bare_name(block.text, symbol))
            line_path, line = _place(model, block, statement.span)
            yield AssemblyDefinition(
                path,
                span,
                line if line_path == path else span,
                (model.configuration,),
                isinstance(statement, Text),
            )


def _bare_name(text: bytes, symbol: SymbolName) -> Span:
    dot = "·".encode()
    at = text.rfind(dot, symbol.span.start, symbol.span.end)
    start = symbol.span.start if at < 0 else at + len(dot)
    name = symbol.name.encode("utf-8", "surrogateescape")
    if text[start : start + len(name)] == name:
        return Span(start, start + len(name))
    return symbol.span


def _place(model: FileModel, block: Block, span: Span) -> tuple[str, Span]:
    """Answers where text was written: here, in an included file or in a macro's body."""
    origin = block.source_map.origin(span)
    return origin.inner or (model.path, origin.span)
