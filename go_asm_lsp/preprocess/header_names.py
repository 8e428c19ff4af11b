"""Which names of go_asm.h a file may use: so few that the thousands of others can stay unread.

All that the preprocessor could read counts, inactive code and comments too. A name made of
pieces cannot occur: the preprocessor has no operator that joins words.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from go_asm_lsp.preprocess.chunk import IncludeResolver

# Every name the header defines has an underscore: const_x, T_field, T__size.
# The search is for that, so that a large file with few of them costs little.
_FROM_UNDERSCORE = re.compile(rb"_[\w\x80-\xff]*")
_WORD_BYTES = frozenset(string.ascii_letters.encode() + string.digits.encode() + b"_") | frozenset(
    range(128, 256)
)
_INCLUDE = re.compile(rb'#[ \t]*include[ \t]*"([^"\n]*)"')


def header_names(source: bytes, path: str, resolve: IncludeResolver) -> frozenset[str]:
    """Lists the words with an underscore in a file and in all that it includes."""
    words: set[bytes] = set()
    pending = [source]
    seen: set[bytes] = set()
    while pending:
        text = pending.pop()
        words.update(_names(text))
        for written in _INCLUDE.findall(text):
            if written not in seen:
                seen.add(written)
                found = resolve(written.decode("utf-8", "surrogateescape"), path)
                if found:
                    pending.append(found[1])
    return frozenset(word.decode("utf-8", "surrogateescape") for word in words)


def _names(text: bytes) -> Iterator[bytes]:
    for match in _FROM_UNDERSCORE.finditer(text):
        start = match.start()
        while start and text[start - 1] in _WORD_BYTES:
            start -= 1
        yield text[start : match.end()]
