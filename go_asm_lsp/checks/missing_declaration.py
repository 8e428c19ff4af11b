"""A TEXT line defines a function that the package does not declare.

Go finds out about an assembly function only from a declaration without a body. Without one
the function cannot be called from Go, and go vet cannot check its arguments.

Bad, when no Go file of the package says `func add(x, y int) int`:

    TEXT ·add(SB), NOSPLIT, $0-24

Good, for a function that only assembly calls:

    TEXT add<>(SB), NOSPLIT, $0-24

To silence it, declare the function in a Go file that is built for the same architectures,
or write `<>` after a name that only this file uses. Functions with NOFRAME are not asked for
a declaration.
"""

from __future__ import annotations

from collections.abc import Iterator

from go_asm_lsp.checks.diagnostic import Edit, Finding, Fix, Severity
from go_asm_lsp.semantics.facts import FunctionFacts
from go_asm_lsp.semantics.function_flags import is_no_frame
from go_asm_lsp.semantics.infer_prototype import infer_prototype
from go_asm_lsp.semantics.model import Declaration

CODE = "asmdecl/missing-declaration"


def check(facts: FunctionFacts) -> Iterator[Finding]:
    function = facts.function
    symbol = function.text.symbol
    if function.declaration is not Declaration.MISSING or symbol is None:
        return
    if is_no_frame(function):
        return
    message = f"function {function.display_name} missing Go declaration"
    fixes = _fixes(facts)
    yield Finding(CODE, symbol.span, facts.message(message), Severity.WARNING, fixes=fixes)


def _fixes(facts: FunctionFacts) -> tuple[Fix, ...]:
    """Adds a prototype guessed from the arguments the function uses."""
    place = facts.function.prototype_place
    prototype = infer_prototype(facts.function, facts.arch) if place else None
    if place is None or prototype is None:
        return ()
    edit = Edit(place.path, place.span, f"\n{prototype}\n")
    return (Fix(f"Declare {prototype}", (edit,)),)
