from __future__ import annotations

import random

import pytest

from go_asm_lsp.text import Encoding, LineIndex, Position, Span

MIXED = "TEXT ·f(SB)\r\n\tMOVQ a∕b, 🜁\rx\x0b\x0c\u2028y\n\nend".encode()


@pytest.mark.parametrize(
    ("encoding", "column"), [("utf-8", 7), ("utf-16", 6), ("utf-32", 6)], ids=str
)
def test_middle_dot_is_one_unit_except_in_utf8(encoding: Encoding, column: int) -> None:
    offset = MIXED.index(b"f(SB)")
    index = LineIndex(MIXED, encoding)
    assert index.position(offset) == Position(0, column)
    assert index.offset(Position(0, column)) == offset


@pytest.mark.parametrize(
    ("encoding", "column"), [("utf-8", 17), ("utf-16", 13), ("utf-32", 12)], ids=str
)
def test_astral_character_is_a_surrogate_pair_in_utf16(encoding: Encoding, column: int) -> None:
    offset = MIXED.index(b"\rx")
    assert LineIndex(MIXED, encoding).position(offset) == Position(1, column)


def test_only_cr_and_lf_end_lines() -> None:
    assert LineIndex(MIXED).line_count == 5


def test_line_span_has_no_line_end() -> None:
    span = LineIndex(MIXED).line_span(0)
    assert MIXED[span.start : span.end] == "TEXT ·f(SB)".encode()


@pytest.mark.parametrize(
    ("position", "offset"),
    [
        pytest.param(Position(-1, 3), 0, id="before the first line"),
        pytest.param(Position(99, 0), len(MIXED), id="after the last line"),
        pytest.param(Position(0, -5), 0, id="negative column"),
        pytest.param(Position(0, 999), 12, id="past the end of a line"),
        pytest.param(Position(4, 999), len(MIXED), id="past the end of an unterminated line"),
    ],
)
def test_positions_outside_are_clamped(position: Position, offset: int) -> None:
    for encoding in ("utf-8", "utf-16", "utf-32"):
        assert LineIndex(MIXED, encoding).offset(position) == offset


def test_position_inside_a_character_is_its_start() -> None:
    dot = MIXED.index("·".encode())
    assert LineIndex(MIXED, "utf-8").offset(Position(0, 6)) == dot
    astral = MIXED.index("🜁".encode())
    start = LineIndex(MIXED, "utf-16").position(astral)
    assert LineIndex(MIXED, "utf-16").offset(Position(start.line, start.column + 1)) == astral


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_every_character_boundary_round_trips(encoding: Encoding) -> None:
    rng = random.Random(5)
    for _ in range(200):
        text = "".join(rng.choice("a·∕🜁\n\r\t") for _ in range(30))
        source = text.encode()
        index = LineIndex(source, encoding)
        offsets = {len(text[:i].encode()) for i in range(len(text) + 1)}
        inside_line_end = {i + 1 for i in range(len(source)) if source[i : i + 2] == b"\r\n"}
        for offset in offsets - inside_line_end:
            assert index.offset(index.position(offset)) == offset


def test_invalid_utf8_counts_one_unit_a_byte() -> None:
    source = b"\xff\xfeA\n"
    index = LineIndex(source, "utf-16")
    assert index.position(2) == Position(0, 2)
    assert index.offset(Position(0, 2)) == 2


def test_span_relations() -> None:
    assert Span(2, 5).contains(5)
    assert Span(2, 5).covers(Span(3, 5))
    assert Span(2, 5).shifted(3) == Span(5, 8)
