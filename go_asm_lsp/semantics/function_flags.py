"""The two flags of a TEXT line that decide how asmdecl reads the function.

go vet looks for the words NOSPLIT and NOFRAME. Here their values decide, so that a macro for
them counts too; but where the flags are plain words and numbers, go vet's reading stands.
"""

from __future__ import annotations

import re

from go_asm_lsp.semantics.model import Function
from go_asm_lsp.semantics.text_flags import flag_value

_NOSPLIT = 4
_NOFRAME = 512
_WORD = re.compile(r"\w+")


def is_no_frame(function: Function) -> bool:
    return _has(function, "NOFRAME", _NOFRAME)


def may_omit_argument_size(function: Function) -> bool:
    """Tells whether go vet lets the function leave its argument size out."""
    words = _WORD.findall(function.written_flags)
    if "NOSPLIT" in words or words == ["7"]:
        return True
    # Of the numbers go vet knows only 7, the one of old code.
    is_macro = any(not word[0].isdigit() and flag_value([word]) is None for word in words)
    return is_macro and _has(function, "NOSPLIT", _NOSPLIT)


def _has(function: Function, name: str, bit: int) -> bool:
    value = flag_value(function.text.flags)
    # A flag that no header defines makes the sum unknown; what is written still tells.
    return name in function.written_flags if value is None else bool(value & bit)
