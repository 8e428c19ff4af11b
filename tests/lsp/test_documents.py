"""Open texts: edits by line and column in three encodings, from clients that may lie."""

from __future__ import annotations

import random
import time

import pytest

from go_asm_lsp.lsp.documents import Change, Document, Documents
from go_asm_lsp.text import Encoding, LineIndex, Position
from tests.lsp.memory import MemoryFiles

URI = "file:///w/a_amd64.s"
ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


def edit(
    source: str, start: tuple[int, int], end: tuple[int, int], text: str, encoding: Encoding
) -> str:
    document = Document(URI, source.encode(), encoding)
    document.apply(Change(text, Position(*start), Position(*end)))
    return document.source.decode()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("source", "start", "end", "text", "expected"),
    [
        pytest.param("", (0, 0), (0, 0), "x", "x", id="into an empty text"),
        pytest.param("ab\ncd\n", (1, 1), (1, 1), "X", "ab\ncXd\n", id="inside a line"),
        pytest.param("ab\ncd\n", (0, 2), (1, 0), "", "abcd\n", id="join two lines"),
        pytest.param("ab\ncd\n", (0, 1), (0, 1), "\n", "a\nb\ncd\n", id="split a line"),
        pytest.param("ab\r\ncd\r\n", (0, 2), (0, 2), "X", "abX\r\ncd\r\n", id="before CRLF"),
        pytest.param("ab\r\ncd\r\n", (0, 2), (1, 0), "", "abcd\r\n", id="delete a CRLF"),
        pytest.param("ab\rcd\r", (1, 0), (1, 2), "X", "ab\rX\r", id="CR alone ends a line"),
        pytest.param("ab\rcd", (1, 0), (1, 0), "\n", "ab\r\ncd", id="LF after a lone CR"),
        pytest.param("a\r\n\nb", (1, 0), (2, 0), "", "a\r\nb", id="empty line after CRLF"),
        pytest.param("a\fb\vc\u2028d\n", (0, 4), (0, 5), "C", "a\fb\vC\u2028d\n", id="odd blanks"),
        pytest.param("ab", (0, 2), (0, 2), "c", "abc", id="no final line end"),
    ],
)
def test_edit(
    source: str,
    start: tuple[int, int],
    end: tuple[int, int],
    text: str,
    expected: str,
    encoding: Encoding,
) -> None:
    assert edit(source, start, end, text, encoding) == expected


@pytest.mark.parametrize(
    ("source", "start", "end", "text", "expected"),
    [
        pytest.param("ab\n", (9, 9), (9, 9), "X", "ab\nX", id="past the last line"),
        pytest.param("ab\ncd", (0, 99), (0, 99), "X", "abX\ncd", id="past the line's end"),
        pytest.param("ab\ncd", (1, 1), (0, 1), "X", "aXd", id="start after end"),
        pytest.param("ab\ncd", (-4, 0), (0, 1), "X", "Xb\ncd", id="negative line"),
        pytest.param("ab\ncd", (1, -4), (1, 1), "X", "ab\nXd", id="negative column"),
    ],
)
def test_wrong_positions_are_clamped(
    source: str, start: tuple[int, int], end: tuple[int, int], text: str, expected: str
) -> None:
    assert edit(source, start, end, text, "utf-16") == expected


@pytest.mark.parametrize(
    ("encoding", "column"),
    [("utf-8", 7), ("utf-16", 4), ("utf-32", 3)],
)
def test_columns_count_in_the_negotiated_unit(encoding: Encoding, column: int) -> None:
    assert edit("·😀f(SB)\n", (0, column), (0, column), "X", encoding) == "·😀fX(SB)\n"


def test_lone_surrogate_does_not_break_the_text() -> None:
    assert edit("ab", (0, 1), (0, 1), "\ud800", "utf-16") == "a?b"


def naive(text: str, change: Change, encoding: Encoding) -> str:
    """The same edit through offsets into the whole text."""
    source = text.encode()
    index = LineIndex(source, encoding)
    assert change.start is not None
    assert change.end is not None
    start, end = sorted((index.offset(change.start), index.offset(change.end)))
    return (source[:start] + change.text.encode() + source[end:]).decode()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("seed", range(40))
def test_random_edits_agree_with_a_naive_text(seed: int, encoding: Encoding) -> None:
    rng = random.Random(seed)
    alphabet = ["a", "\n", "\r", "\r\n", "·", "😀", "\f", "\u2028", "xyz", ""]
    text = "".join(rng.choices(alphabet, k=rng.randrange(60)))
    document = Document(URI, text.encode(), encoding)
    for _ in range(60):
        places = sorted(Position(rng.randrange(-1, 14), rng.randrange(-1, 9)) for _ in range(2))
        change = Change("".join(rng.choices(alphabet, k=rng.randrange(5))), *places)
        document.apply(change)
        text = naive(text, change, encoding)
        assert document.source.decode() == text
        assert document.index.position(len(document.source)) == LineIndex(
            text.encode(), encoding
        ).position(len(text.encode()))


def test_edits_of_a_big_text_do_not_depend_on_its_size() -> None:
    def seconds(lines: int) -> float:
        document = Document(URI, b"\tMOVQ src+8(FP), SI\n" * lines, "utf-16")
        best = 1.0
        for _ in range(5):
            start = time.perf_counter()
            for number in range(100):
                place = Position(lines // 2, number % 7)
                document.apply(Change("x", place, place))
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(30_000) < 20 * seconds(300) + 0.02


@pytest.fixture
def documents() -> Documents:
    return Documents(MemoryFiles({"/w/a_amd64.s": b"on disk\n"}))


def test_open_edit_and_close(documents: Documents) -> None:
    document = documents.open(URI, "abc", 1, "goasm")
    assert documents.at("/w/a_amd64.s") is document
    place = Position(0, 3)
    documents.change(URI, [Change("d", place, place), Change("X", Position(0, 0), place)], 2)
    assert (document.source, document.version) == (b"Xd", 2)
    documents.close(URI)
    assert documents.get(URI) is None
    assert documents.at("/w/a_amd64.s") is None


def test_edit_before_open_starts_from_the_disk(documents: Documents) -> None:
    document = documents.change(URI, [Change("X", Position(0, 0), Position(0, 2))], 7)
    assert document.source == b"X disk\n"


def test_edit_of_what_exists_nowhere_starts_empty(documents: Documents) -> None:
    document = documents.change(
        "untitled:Untitled-1", [Change("X", Position(4, 4), Position(4, 4))]
    )
    assert document.source == b"X"


def test_second_open_replaces_the_first(documents: Documents) -> None:
    documents.open(URI, "first", 5)
    documents.open(URI, "second", 1)
    assert [document.source for document in documents] == [b"second"]


def test_older_version_is_still_the_newest_text(documents: Documents) -> None:
    documents.open(URI, "first", 9)
    documents.change(URI, [Change("second")], 3)
    found = documents.get(URI)
    assert found is not None
    assert (found.source, found.version) == (b"second", 3)


def test_close_of_what_is_not_open_is_ignored(documents: Documents) -> None:
    documents.close(URI)
    assert list(documents) == []


def test_one_file_under_two_spellings(documents: Documents) -> None:
    documents.open("file:///w/a%5Famd64.s", "one")
    documents.open(URI, "two")
    found = documents.at("/w/a_amd64.s")
    assert found is not None
    assert found.source == b"two"
    documents.close(URI)
    found = documents.at("/w/a_amd64.s")
    assert found is not None
    assert found.source == b"one"


def test_uri_is_spelled_as_the_client_does(documents: Documents) -> None:
    assert documents.uri("/w/a b.s") == "file:///w/a%20b.s"
    documents.open("file:///w/a b.s", "")
    assert documents.uri("/w/a b.s") == "file:///w/a b.s"
