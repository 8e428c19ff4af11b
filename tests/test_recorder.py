"""Values computed from files: kept while what they read is the same, else computed again."""

from __future__ import annotations

from go_asm_lsp.recorder import Record, Recorder, Table
from tests.lsp.memory import MemoryFiles


class Sums:
    """Adds up numbers in files; a file may name another one to add. Counts what it does."""

    def __init__(self, *, compares: bool = False, **files: str) -> None:
        self.files = MemoryFiles({f"/{name}": text.encode() for name, text in files.items()})
        self.recorder = Recorder(self.files)
        self.table: Table[int] = Table(8, compares=compares)
        self.computed: list[str] = []

    def sum(self, path: str) -> int:
        def compute(_: Record) -> int:
            self.computed.append(path)
            words = (self.recorder.read(path) or b"0").decode().split()
            return sum(self.sum(word) if word.startswith("/") else int(word) for word in words)

        return self.recorder.value(self.table, path, compute)

    def edit(self, path: str, text: str) -> None:
        self.files.content[path] = text.encode()
        self.recorder.changed(path)


def test_value_is_kept() -> None:
    sums = Sums(a="1 2")
    assert [sums.sum("/a"), sums.sum("/a")] == [3, 3]
    assert sums.computed == ["/a"]


def test_another_files_change_computes_nothing() -> None:
    sums = Sums(a="1", b="2")
    sums.sum("/a")
    sums.edit("/b", "3")
    assert sums.sum("/a") == 1
    assert sums.computed == ["/a"]


def test_own_change_computes_again() -> None:
    sums = Sums(a="1")
    sums.sum("/a")
    sums.edit("/a", "5")
    assert sums.sum("/a") == 5


def test_change_of_what_was_used_computes_both() -> None:
    sums = Sums(a="1 /b", b="2 /c", c="3")
    assert sums.sum("/a") == 6
    sums.edit("/c", "4")
    assert sums.sum("/a") == 7
    assert sums.computed == ["/a", "/b", "/c", "/a", "/b", "/c"]


def test_equal_value_spares_what_used_it() -> None:
    sums = Sums(compares=True, a="1 /b", b="2 3")
    sums.sum("/a")
    sums.edit("/b", "4 1")
    assert sums.sum("/a") == 6
    assert sums.computed == ["/a", "/b", "/b"]
    sums.edit("/b", "4 2")
    assert sums.sum("/a") == 7


def test_kept_value_counts_as_used_too() -> None:
    sums = Sums(a="/b", b="2")
    sums.sum("/b")
    sums.sum("/a")
    sums.edit("/b", "4")
    assert sums.sum("/a") == 4


def test_missing_file_is_noticed_when_it_comes() -> None:
    sums = Sums(a="/b")
    assert sums.sum("/a") == 0
    sums.edit("/b", "7")
    assert sums.sum("/a") == 7


def test_silent_change_is_seen_after_a_refresh() -> None:
    sums = Sums(a="1")
    sums.sum("/a")
    sums.files.content["/a"] = b"2"
    assert sums.sum("/a") == 1
    sums.recorder.refresh()
    assert sums.sum("/a") == 2


def test_folder_listing_is_a_read() -> None:
    files = MemoryFiles({"/d/a": b""})
    recorder = Recorder(files)
    table: Table[tuple[str, ...]] = Table(8)

    def names() -> tuple[str, ...]:
        return recorder.value(table, "/d", lambda _: recorder.list_directory("/d"))

    assert names() == ("a",)
    files.content["/d/b"] = b""
    recorder.changed("/d/b")
    assert names() == ("a", "b")


def test_reading_later_counts_for_the_value_it_was_for() -> None:
    files = MemoryFiles({"/a": b"1", "/late": b"2"})
    recorder = Recorder(files)
    table: Table[Record] = Table(8)
    record = recorder.value(table, "a", lambda record: record)
    with recorder.on_behalf_of(record):
        recorder.read("/late")
    assert recorder.value(table, "a", lambda record: record) is record
    recorder.changed("/late")
    assert recorder.value(table, "a", lambda record: record) is record
    files.content["/late"] = b"3"
    recorder.changed("/late")
    assert recorder.value(table, "a", lambda record: record) is not record


def test_values_that_use_each_other_end() -> None:
    recorder = Recorder(MemoryFiles({}))
    table: Table[Record] = Table(8)
    one = recorder.value(table, 1, lambda record: record)
    with recorder.on_behalf_of(one):
        two = recorder.value(table, 2, lambda record: record)
    with recorder.on_behalf_of(two):
        recorder.value(table, 1, lambda record: record)
    recorder.refresh()
    assert recorder.value(table, 1, lambda record: record) is one


def test_heavy_value_takes_the_place_of_many() -> None:
    recorder = Recorder(MemoryFiles({}))
    table: Table[int] = Table(10, int)

    def keep(key: str, weight: int) -> int:
        recorder.value(table, key, lambda _: weight)
        return len(table)

    assert [keep("a", 3), keep("b", 3), keep("c", 3)] == [1, 2, 3]
    assert keep("d", 6) == 2
    assert keep("e", 99) == 1
    assert keep("f", 10) == 1


def test_longest_unused_goes_first() -> None:
    sums = Sums()
    for number in range(9):
        sums.sum(f"/{number}")
        sums.sum("/0")
    assert len(sums.table) == 8
    sums.computed.clear()
    sums.sum("/0")
    sums.sum("/1")
    assert sums.computed == ["/1"]
