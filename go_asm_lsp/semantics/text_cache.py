"""Keeps what was computed from pieces of text, the longest unused going first.

What is computed weighs many times its text, so the limit is in bytes of text.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class TextCache(Generic[Value]):
    """Values by key, with room for `limit` bytes of the text they were computed from."""

    __slots__ = ("_limit", "_rows", "_weight")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._rows: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._weight = 0

    def get(self, key: Hashable, size: int, compute: Callable[[], Value], needed: int = 0) -> Value:
        """Answers the value of a key, whose text has `size` bytes, and computes it if need be.

        `needed` is how many bytes of text will be asked for again together; there is room for
        twice that, so that an edit in a file larger than the limit does not push all out.
        """
        row = self._rows.get(key)
        if row is not None:
            self._rows.move_to_end(key)
            return row[0]
        value = compute()
        self._rows[key] = value, size
        self._weight += size
        limit = max(self._limit, 2 * needed)
        while self._weight > limit and len(self._rows) > 1:
            _, (_, gone) = self._rows.popitem(last=False)
            self._weight -= gone
        return value
