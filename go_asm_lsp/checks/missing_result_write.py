"""The function returns without having written its result.

The check looks for any use of `ret` or a part of it, such as `ret_base`, anywhere in the
function; in an ABIInternal function for any use of the first result register.

Bad, for `func two() int64`:

    MOVQ $2, AX
    RET

Good:

    MOVQ $2, AX
    MOVQ AX, ret+0(FP)
    RET

Only results without a name are checked: a result called `r` may be written through a
pointer that is invisible here. A tail call, `RET other(SB)`, is not a return.
"""

from __future__ import annotations

from collections.abc import Iterator

from go_asm_lsp.checks.diagnostic import Finding, Severity
from go_asm_lsp.semantics.facts import FunctionFacts
from go_asm_lsp.semantics.related import slot_place

CODE = "asmdecl/missing-result-write"


def check(facts: FunctionFacts) -> Iterator[Finding]:
    function = facts.function
    symbol = function.text.symbol
    if function.frame is None or symbol is None or facts.use.writes_result:
        return
    result = function.frame.slot("ret")
    if result is None:
        return
    expected = f"{result.size}-byte ret+{result.offset}(FP)"
    if symbol.abi == "ABIInternal":
        expected = "result register"
    for span in facts.use.returns:
        yield Finding(
            CODE,
            span,
            facts.message(f"RET without writing to {expected}"),
            Severity.WARNING,
            related=(slot_place(result),),
        )
