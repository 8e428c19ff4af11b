"""A declaration in its file: its parsed form, and the value or type it gives a name."""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.golang.conversions import assigned, default_type
from go_asm_lsp.golang.declarations import Declaration
from go_asm_lsp.golang.evaluation import evaluate
from go_asm_lsp.golang.file_scope import FileScope, Package
from go_asm_lsp.golang.nodes import FunctionSpec, TypeSpec, ValueSpec
from go_asm_lsp.golang.parser import parse_function, parse_type_spec, parse_value_spec
from go_asm_lsp.golang.scope import NOTHING, Operand
from go_asm_lsp.golang.source import SourceFile
from go_asm_lsp.golang.type_expressions import resolve_type
from go_asm_lsp.golang.types import UNKNOWN, Tuple, Type


@dataclass(frozen=True, slots=True)
class Placed:
    """A declaration and the file it is in."""

    file: SourceFile
    declaration: Declaration

    def function_spec(self) -> FunctionSpec | None:
        return parse_function(self.file.source, self.declaration.spec)

    def type_spec(self) -> TypeSpec | None:
        return parse_type_spec(self.file.source, self.declaration.spec)

    def value_spec(self) -> ValueSpec | None:
        """Parses a const or var; a const without values takes those it repeats."""
        spec = self.declaration.repeated or self.declaration.spec
        return parse_value_spec(self.file.source, spec)


def constant(package: Package, placed: Placed) -> Operand:
    """Answers a declared constant's type and value."""
    declaration = placed.declaration
    spec = placed.value_spec()
    if spec is None or declaration.position >= len(spec.values):
        return NOTHING
    scope = FileScope(package, placed.file, iota=declaration.iota)
    operand = evaluate(scope, spec.values[declaration.position])
    if operand.mode != "constant":
        return NOTHING
    if spec.type is None:
        return operand
    return assigned(scope, operand, resolve_type(scope, spec.type))


def variable_type(package: Package, placed: Placed) -> Type:
    """Answers a variable's declared type, or that of its first value."""
    spec = placed.value_spec()
    if spec is None:
        return UNKNOWN
    scope = FileScope(package, placed.file)
    if spec.type is not None:
        return resolve_type(scope, spec.type)
    position = placed.declaration.position
    if len(spec.values) == 1 and len(spec.names) > 1:
        results = evaluate(scope, spec.values[0]).type
        if isinstance(results, Tuple) and position < len(results.types):
            return results.types[position]
        return UNKNOWN
    if position >= len(spec.values):
        return UNKNOWN
    return default_type(evaluate(scope, spec.values[position]).type)
