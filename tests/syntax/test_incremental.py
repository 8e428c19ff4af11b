"""A tree parsed again after an edit is the tree of the new text."""

from __future__ import annotations

import pytest
from tree_sitter import Point

from go_asm_lsp.syntax.parser import parse_tree

SOURCE = b"""\
#define LOAD(x) MOVQ x, AX
// f adds.
TEXT f(SB), 4, $0
\tLOAD(x+0(FP))
loop:
\tADDQ AX, BX
\tRET

// g is another.
TEXT g(SB), 4, $0
\tRET
"""


def point(text: bytes, offset: int) -> Point:
    row = text.count(b"\n", 0, offset)
    return Point(row, offset - (text.rfind(b"\n", 0, offset) + 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"AX, BX", b"AX, CX"),
        (b"ADDQ AX, BX", b"ADDQ AX,"),
        (b"\tRET\n\n// g", b"\t\n\n// g"),
        (b"// g is another.\n", b""),
        (b"TEXT g", b"TEX g"),
        (b"loop:\n", b"loop: /*\n"),
        (b"MOVQ x, AX", b"MOVQ x, AX; \\\n\tNOP"),
        (b"\n\n", b"\n\nTEXT h(SB), 4, $0\n\n"),
        (b"$0\n\tRET\n", b"$0\n\tRET"),
        (b"ADDQ", b"\0\xff"),
    ],
)
def test_edit(old: bytes, new: bytes) -> None:
    start = SOURCE.index(old)
    text = SOURCE[:start] + new + SOURCE[start + len(old) :]
    tree = parse_tree(SOURCE)
    tree.edit(
        start_byte=start,
        old_end_byte=start + len(old),
        new_end_byte=start + len(new),
        start_point=point(SOURCE, start),
        old_end_point=point(SOURCE, start + len(old)),
        new_end_point=point(text, start + len(new)),
    )
    assert str(parse_tree(text, tree).root_node) == str(parse_tree(text).root_node)
