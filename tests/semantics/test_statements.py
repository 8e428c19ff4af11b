"""Statements read in chunks are those of the whole text, and an edit touches few chunks."""

from __future__ import annotations

import pytest

from go_asm_lsp.semantics.statements import Chunk, Statements, read_chunks
from go_asm_lsp.syntax.parser import statements
from tests.goroot import SOURCE_ROOT, std_assembly_files

LARGE = SOURCE_ROOT / "crypto/internal/fips140/sha3/sha3_amd64.s"


def chunks(text: bytes) -> tuple[Chunk, ...]:
    return read_chunks(text, len(text))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n",
        b"\tRET",
        b"\tMOVQ (AX, BX\n" * 40,
        b"\tRET /* one\n" + b"two\n" * 400 + b"*/\n\tRET\n" * 20,
        b'DATA x<>+0(SB)/8, $"/*"\n' * 200 + b"/* */\tRET\n",
        b"l: MOVQ x+8(FP), AX; MOVQ 8(SP)(CX*8), BX\r\n" * 300,
        b"TEXT \xc2\xb7f(SB), 4, $0-8\nGLOBL x(SB), 8, $8\n" * 90,
    ],
)
def test_chunks_hold_the_same_statements(text: bytes) -> None:
    whole = statements(text)
    assert tuple(Statements(chunks(text))) == whole.statements
    assert b"".join(chunk.text for chunk in chunks(text)) == text


def test_chunks_of_real_files_hold_the_same_statements() -> None:
    compared = 0
    for path in std_assembly_files():
        text = path.read_bytes()
        # Before macros are expanded a statement may span lines; afterwards none does.
        if len(text) > 20_000 and b"\\\n" not in text:
            is_same = tuple(Statements(chunks(text))) == statements(text).statements
            assert is_same, path
            compared += 1
    assert compared > 20


def test_statements_are_found_by_index_and_place() -> None:
    text = LARGE.read_bytes()
    found = Statements(chunks(text))
    assert len(found) == len(tuple(found)) > 5000
    assert found[3000] == tuple(found)[3000]
    assert found[-1] == found[len(found) - 1]
    assert found[3000] in found.near(found[3000].span.start)
    assert len(found.near(found[3000].span.start)) < 200


def test_an_edit_touches_few_chunks() -> None:
    text = LARGE.read_bytes()
    middle = text.index(b"\n", len(text) // 2) + 1
    edited = text[:middle] + b"\tNOP\n" + text[middle:]
    before = {chunk.text for chunk in chunks(text)}
    changed = sum(chunk.text not in before for chunk in chunks(edited))
    assert 1 <= changed <= 3 < len(before)
