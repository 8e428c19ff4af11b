"""The two flags of a TEXT line that decide how asmdecl reads the function.

go vet looks for the words NOSPLIT and NOFRAME; the value decides here, so that a macro for
both counts. One rule goes by what is written: of the numbers only `7` stands for NOSPLIT.
"""

from __future__ import annotations

import re

from go_asm_lsp.semantics.model import Function
from go_asm_lsp.semantics.text_flags import flag_value

_NOSPLIT = 4
_NOFRAME = 512
_NUMBERS = re.compile(r"[\d\s|+()]*\Z")


def is_no_frame(function: Function) -> bool:
    return _has(function, "NOFRAME", _NOFRAME)


def may_omit_argument_size(function: Function) -> bool:
    """Tells whether go vet lets the function leave its argument size out."""
    written = function.written_flags.strip()
    if _NUMBERS.match(written):
        return written == "7"
    return _has(function, "NOSPLIT", _NOSPLIT)


def _has(function: Function, name: str, bit: int) -> bool:
    value = flag_value(function.text.flags)
    # A flag that no header defines makes the sum unknown; what is written still tells.
    return name in function.written_flags if value is None else bool(value & bit)
