"""The declarations of one Go package, resolved when asked for.

A package is read for one build configuration. It is a cache over its files: when one of them
changes, load it anew from the same `SourceFile`s and the new one. Other packages are asked
from an importer, which is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from go_asm_lsp.golang.conversions import value_of
from go_asm_lsp.golang.file_scope import FileScope
from go_asm_lsp.golang.imports import find_import
from go_asm_lsp.golang.memo import Deferred, Memo
from go_asm_lsp.golang.model import BuildConfiguration, GoDeclaration, GoPlace, Prototype
from go_asm_lsp.golang.nodes import FunctionSpec, TypeSpec
from go_asm_lsp.golang.nodes import TypeParameter as TypeParameterNode
from go_asm_lsp.golang.placed import Placed, constant, variable_type
from go_asm_lsp.golang.prototypes import build_prototype, doc_comment
from go_asm_lsp.golang.scope import NOTHING, Operand
from go_asm_lsp.golang.sizes import word_size
from go_asm_lsp.golang.source import SourceFile
from go_asm_lsp.golang.spelling import type_string
from go_asm_lsp.golang.type_expressions import parameter_type, resolve_type, signature
from go_asm_lsp.golang.types import UNKNOWN, Alias, Named, Type, TypeParameter

# Answers a package for an import path as written and the folder of the importing file.
Importer = Callable[[str, str], "GoPackage | None"]


def load_package(
    files: Sequence[SourceFile],
    import_path: str,
    configuration: BuildConfiguration,
    importer: Importer,
) -> GoPackage:
    """Puts the files of a package together. Nothing is resolved yet, nothing imported."""
    return GoPackage(tuple(files), import_path, configuration, importer)


class GoPackage:
    """A package's declarations by name, with all that was resolved so far."""

    __slots__ = (
        "_by_name",
        "_functions",
        "_importer",
        "_memo",
        "configuration",
        "files",
        "import_path",
        "name",
        "word",
    )

    def __init__(
        self,
        files: tuple[SourceFile, ...],
        import_path: str,
        configuration: BuildConfiguration,
        importer: Importer,
    ) -> None:
        self.files = files
        self.import_path = import_path
        self.configuration = configuration
        self.name = next((file.package_name for file in files if file.package_name), "")
        self.word = word_size(configuration.goarch)
        self._importer = importer
        self._memo = Memo()
        self._by_name: dict[str, Placed] = {}
        self._functions: dict[str, Placed] = {}
        for file in files:
            for declaration in file.declarations:
                if declaration.is_method:
                    continue
                placed = Placed(file, declaration)
                self._by_name.setdefault(declaration.name, placed)
                if declaration.kind == "func" and not declaration.has_body:
                    # asmdecl keeps the last of several declarations of one name.
                    self._functions[declaration.name] = placed

    @property
    def names(self) -> tuple[str, ...]:
        """The names declared at package scope, in file order."""
        return tuple(self._by_name)

    @property
    def prototype_names(self) -> tuple[str, ...]:
        """The functions declared without a body: those an assembly file may define."""
        return tuple(self._functions)

    @property
    def is_broken(self) -> bool:
        """Whether a file is so half-typed that a declaration in it may have been missed."""
        return any(file.is_broken for file in self.files)

    def prototype(self, name: str) -> Prototype | None:
        """Answers the body-less function of that name."""
        placed = self._functions.get(name)
        return self._prototype(placed) if placed else None

    def function(self, name: str) -> Prototype | None:
        """Answers the function of that name, with or without a body."""
        placed = self._by_name.get(name)
        is_function = placed is not None and placed.declaration.kind == "func"
        return self._prototype(placed) if placed and is_function else None

    def declaration(self, name: str) -> GoDeclaration | None:
        """Answers where a package-level name is declared, and how."""
        placed = self._by_name.get(name)
        if placed is None:
            return None
        declaration, source = placed.declaration, placed.file.source
        text = source[declaration.start : declaration.spec.end]
        return GoDeclaration(
            name=name,
            kind=declaration.kind,
            place=GoPlace(placed.file.path, declaration.name_span),
            doc=doc_comment(source, declaration.start),
            source=text.decode("utf-8", "replace").rstrip(),
        )

    def declares(self, name: str) -> bool:
        return name in self._by_name

    def placed(self, name: str) -> Placed | None:
        """Answers a declared name's file and declaration."""
        return self._by_name.get(name)

    def parameter_types(self, name: str) -> tuple[tuple[bool, int, Type], ...] | None:
        """Answers a function's groups: whether they are results, how many names, which type."""
        placed = self._functions.get(name) or self._by_name.get(name)
        if placed is None or placed.declaration.kind != "func":
            return None
        spec = self._function_spec(placed)
        if spec is None or spec.type_parameters:
            return None
        scope = FileScope(self, placed.file)
        return tuple(
            (is_result, max(1, len(group.names)), parameter_type(scope, group))
            for is_result, groups in ((False, spec.type.parameters), (True, spec.type.results))
            for group in groups
        )

    def find(self, name: str) -> Operand:
        """Answers what a name declared in this package means."""
        placed = self._by_name.get(name)
        if placed is None or name == "_":
            return NOTHING
        return self._memo.get(("name", name), lambda: self._resolve(placed), NOTHING)

    def member(self, name: str) -> Operand:
        """Answers what `package.name` means to an importing package."""
        return self.find(name)

    def imported(self, file: SourceFile, name: str) -> Operand:
        """Answers what a name means through a file's imports."""
        return self._memo.get(
            ("import", file.path, name),
            lambda: find_import(file, name, self._importer),
            NOTHING,
        )

    def instance(self, generic: GenericType, arguments: tuple[Type, ...], generation: int) -> Type:
        """Answers a generic type with its arguments filled in."""
        texts = tuple(type_string(argument) for argument in arguments)
        if generation > _MAX_GENERATION or sum(map(len, texts)) > _MAX_ARGUMENTS:
            return UNKNOWN
        key = ("instance", generic.spec.name.text, texts)
        return self._memo.get(key, lambda: self._instance(generic, arguments, generation), UNKNOWN)

    def _prototype(self, placed: Placed) -> Prototype | None:
        return self._memo.get(("prototype", id(placed)), lambda: self._describe(placed), None)

    def _function_spec(self, placed: Placed) -> FunctionSpec | None:
        return self._memo.get(("function", id(placed)), placed.function_spec, None)

    def _describe(self, placed: Placed) -> Prototype:
        spec = self._function_spec(placed)
        bindings = _type_parameters(spec.type_parameters) if spec else {}
        scope = FileScope(self, placed.file, bindings)
        return build_prototype(scope, placed.file, placed.declaration, spec)

    def _resolve(self, placed: Placed) -> Operand:
        match placed.declaration.kind:
            case "type":
                return self._resolve_type(placed)
            case "const":
                return constant(self, placed)
            case "var":
                return value_of(variable_type(self, placed))
        spec = self._function_spec(placed)
        if spec is None or spec.type_parameters:
            return NOTHING
        return value_of(signature(FileScope(self, placed.file), spec.type))

    def _resolve_type(self, placed: Placed) -> Operand:
        spec = placed.type_spec()
        if spec is None:
            return NOTHING
        if spec.type_parameters:
            return Operand("generic", generic=GenericType(self, placed.file, spec))
        return Operand("type", self._defined(spec, FileScope(self, placed.file), ()))

    def _instance(self, generic: GenericType, arguments: tuple[Type, ...], generation: int) -> Type:
        spec = generic.spec
        if len(arguments) != len(spec.type_parameters):
            return UNKNOWN
        names = (parameter.name.text for parameter in spec.type_parameters)
        bindings = dict(zip(names, arguments, strict=True))
        scope = FileScope(self, generic.file, bindings, generation=generation)
        return self._defined(spec, scope, arguments)

    def _defined(self, spec: TypeSpec, scope: FileScope, arguments: tuple[Type, ...]) -> Type:
        type_ = Deferred(lambda: resolve_type(scope, spec.type))
        make = Alias if spec.is_alias else Named
        return make(self.import_path, spec.name.text, arguments, type_, self._memo)


@dataclass(frozen=True, slots=True)
class GenericType:
    """A generic type of a package."""

    owner: GoPackage
    file: SourceFile
    spec: TypeSpec

    def instantiate(self, arguments: tuple[Type, ...], generation: int) -> Type:
        return self.owner.instance(self, arguments, generation)


# Instances that lead to ever new instances are an error in Go; these bounds end them.
_MAX_GENERATION = 50
_MAX_ARGUMENTS = 10_000


def _type_parameters(parameters: tuple[TypeParameterNode, ...]) -> dict[str, Type]:
    return {each.name.text: TypeParameter(each.name.text) for each in parameters}
