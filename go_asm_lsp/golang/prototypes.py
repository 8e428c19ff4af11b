"""A function's declaration as hover, definition and messages show it."""

from __future__ import annotations

import re

from go_asm_lsp.golang.declarations import Declaration
from go_asm_lsp.golang.model import GoPlace, Parameter, Prototype
from go_asm_lsp.golang.nodes import FunctionSpec, ParameterGroup
from go_asm_lsp.golang.scope import Scope
from go_asm_lsp.golang.source import SourceFile
from go_asm_lsp.golang.spelling import type_string
from go_asm_lsp.golang.type_expressions import parameter_type
from go_asm_lsp.golang.types import Unknown


def build_prototype(
    scope: Scope, file: SourceFile, declaration: Declaration, spec: FunctionSpec | None
) -> Prototype:
    """Describes a function; without a spec, its signature does not parse, as far as it goes."""
    text = file.source[declaration.start : declaration.spec.end]
    signature = " ".join(_COMMENT.sub(b" ", text).decode("utf-8", "replace").split())
    parameters: list[Parameter] = []
    if spec is not None:
        parameters += _parameters(scope, file, spec.type.parameters, is_result=False)
        parameters += _parameters(scope, file, spec.type.results, is_result=True)
    return Prototype(
        name=declaration.name,
        signature=signature,
        doc=doc_comment(file.source, declaration.start),
        place=GoPlace(file.path, declaration.name_span),
        parameters=tuple(parameters),
        has_body=declaration.has_body,
    )


def doc_comment(source: bytes, start: int) -> str:
    """Answers the comment that ends on the line before `start`, without its comment marks."""
    line_start = source.rfind(b"\n", 0, start) + 1
    if source[line_start:start].strip():
        return ""
    lines: list[str] = []
    end = line_start
    while end > 0:
        begin = source.rfind(b"\n", 0, end - 1) + 1
        line = source[begin : end - 1].strip()
        if line.endswith(b"*/") and not lines:
            opening = source.rfind(b"/*", 0, end)
            return _block_text(source[opening : end - 1]) if opening >= 0 else ""
        if not line.startswith(b"//"):
            break
        # Directives such as //go:noescape are no documentation.
        if not _DIRECTIVE.match(line):
            lines.append(line[2:].decode("utf-8", "replace").removeprefix(" "))
        end = begin
    return "\n".join(reversed(lines)).strip("\n")


_COMMENT = re.compile(rb"//[^\n]*|/\*.*?\*/", re.S)
_DIRECTIVE = re.compile(rb"//(?:line |extern |export |[a-z0-9]+:[a-z0-9])")


def _block_text(comment: bytes) -> str:
    lines = comment.strip()[2:-2].decode("utf-8", "replace").splitlines()
    return "\n".join(line.strip() for line in lines).strip("\n")


def _parameters(
    scope: Scope, file: SourceFile, groups: tuple[ParameterGroup, ...], *, is_result: bool
) -> list[Parameter]:
    parameters = []
    position = 0
    for group in groups:
        resolved = parameter_type(scope, group)
        type_ = type_string(resolved)
        if isinstance(resolved, Unknown):
            written = file.source[group.span.start : group.span.end]
            type_ = written.decode("utf-8", "replace")
        for name in group.names:
            place = GoPlace(file.path, name.span)
            parameters.append(Parameter(name.text, True, is_result, type_, place))
            position += 1
        if not group.names:
            # asmdecl's names for what has none: arg, arg1, … and ret, ret1, …
            name_text = ("ret" if is_result else "arg") + (str(position) if position else "")
            place = GoPlace(file.path, group.span)
            parameters.append(Parameter(name_text, False, is_result, type_, place))
            position += 1
    return parameters
