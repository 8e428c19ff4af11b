"""Keeps what is computed from files, and computes it again only when one of them changed.

A computation reads files through the recorder, which notes what was read; values computed on
the way are noted as used. A value is good as long as all it read and used is. Small values
are compared: when a new one equals the old, nothing that used it is computed again.
"""

from __future__ import annotations

import posixpath
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from go_asm_lsp.filesystem import FileSystem

Value = TypeVar("Value")


class Record:
    """What one computation read, with the stamps, and which other computations it used.

    `renew` computes the value again and tells whether it is the same; it is None where values
    are not compared.
    """

    __slots__ = ("checked", "is_valid", "reads", "renew", "uses")

    def __init__(self, generation: int) -> None:
        self.reads: dict[str, object] = {}
        self.uses: dict[int, Record] = {}
        self.checked = generation  # when `is_valid` was found out
        self.is_valid = True
        self.renew: Callable[[], bool] | None = None


def _one(_: object) -> int:
    return 1


class Table(Generic[Value]):
    """Values of one kind by key. Beyond `limit` the ones longest unused go, but for the newest.

    `weigh` tells how much of the limit a value takes.
    """

    __slots__ = ("_rows", "_weigh", "_weight", "compares", "limit")

    def __init__(
        self, limit: int, weigh: Callable[[Value], int] = _one, *, compares: bool = False
    ) -> None:
        self.limit = limit
        self.compares = compares
        self._weigh = weigh
        self._weight = 0
        self._rows: OrderedDict[Hashable, tuple[Record, Value, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, key: Hashable) -> tuple[Record, Value] | None:
        row = self._rows.get(key)
        if row is None:
            return None
        self._rows.move_to_end(key)
        return row[0], row[1]

    def discard(self, key: Hashable) -> None:
        """Lets a value go before its time."""
        row = self._rows.pop(key, None)
        if row is not None:
            self._weight -= row[2]

    def put(self, key: Hashable, record: Record, value: Value) -> None:
        self.discard(key)
        weight = self._weigh(value)
        self._weight += weight
        self._rows[key] = record, value, weight
        while self._weight > self.limit and len(self._rows) > 1:
            self._weight -= self._rows.popitem(last=False)[1][2]


class Recorder:
    """A FileSystem for computations whose values are kept.

    A file's stamp is asked for once and then believed, until `changed` names its path or
    `refresh` doubts them all.
    """

    def __init__(self, files: FileSystem) -> None:
        self._files = files
        self._stamps: dict[str, object] = {}
        self._generation = 0
        self._active: list[Record] = []

    def changed(self, path: str) -> None:
        """Takes note that a file may have another content, or came, or went."""
        self._stamps.pop(path, None)
        self._stamps.pop(posixpath.dirname(path), None)
        self._generation += 1

    def refresh(self) -> None:
        """Takes note that any file may have changed."""
        self._stamps.clear()
        self._generation += 1

    def value(
        self, table: Table[Value], key: Hashable, compute: Callable[[Record], Value]
    ) -> Value:
        """Answers the value of `key`, kept or computed.

        `compute` gets its record, to be passed to `on_behalf_of` by whatever goes on reading
        later, when somebody asks the value for more.
        """
        row = table.find(key)
        if row is not None and self._is_valid(row[0]):
            record, value = row
        else:
            record = Record(self._generation)
            with self.on_behalf_of(record):
                value = compute(record)
            table.put(key, record, value)
            if table.compares:
                record.renew = self._renewal(record, value, compute)
        if self._active:
            self._active[-1].uses[id(record)] = record
        return value

    def _renewal(
        self, record: Record, value: Value, compute: Callable[[Record], Value]
    ) -> Callable[[], bool]:
        def renew() -> bool:
            record.reads.clear()
            record.uses.clear()
            with self.on_behalf_of(record):
                return compute(record) == value

        return renew

    @contextmanager
    def on_behalf_of(self, record: Record) -> Iterator[None]:
        """Notes everything read inside as read by the computation of `record`."""
        self._active.append(record)
        try:
            yield
        finally:
            self._active.pop()

    def read(self, path: str) -> bytes | None:
        self._note(path)
        return self._files.read(path)

    def list_directory(self, path: str) -> tuple[str, ...]:
        self._note(path)
        return self._files.list_directory(path)

    def is_directory(self, path: str) -> bool:
        self._note(path)
        return self._files.is_directory(path)

    def stamp(self, path: str) -> object:
        self._note(path)
        return self._stamp(path)

    def _note(self, path: str) -> None:
        # The stamp is taken before the content: a change in between makes the value invalid.
        if self._active:
            self._active[-1].reads.setdefault(path, self._stamp(path))

    def _stamp(self, path: str) -> object:
        if path not in self._stamps:
            self._stamps[path] = self._files.stamp(path)
        return self._stamps[path]

    def _is_valid(self, record: Record) -> bool:
        if record.checked != self._generation and record.is_valid:
            # Set first, because packages that import each other would be asked for ever.
            record.checked = self._generation
            is_valid = all(self._stamp(path) == stamp for path, stamp in record.reads.items())
            is_valid = is_valid and all(map(self._is_valid, tuple(record.uses.values())))
            record.is_valid = is_valid or (record.renew is not None and record.renew())
        return record.is_valid
