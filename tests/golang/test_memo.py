"""Values that depend on each other: once, in any order, however long the chain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from go_asm_lsp.golang.memo import Deferred, Memo


def chain(memo: Memo, follow: Callable[[int], int], last: int) -> Callable[[int], int]:
    """Makes `value(n)` = 1 + value(follow(n)), 0 at `last`."""

    def value(number: int) -> int:
        if number == last:
            return 0
        return memo.get(number, lambda: 1 + value(follow(number)), -1)

    return value


def test_each_value_is_computed_once() -> None:
    memo = Memo()
    calls: list[str] = []
    for _ in range(3):
        assert memo.get("a", lambda: calls.append("a") or len(calls), 0) == 1
    assert calls == ["a"]


def test_a_value_that_depends_on_itself_fails() -> None:
    value = chain(Memo(), lambda number: number, last=-1)
    assert value(1) == 1 + -1


def test_a_long_chain_needs_no_deep_stack() -> None:
    value = chain(Memo(), lambda number: number + 1, last=20_000)
    assert value(0) == 20_000
    assert value(10_000) == 10_000


def test_a_long_circle_ends() -> None:
    value = chain(Memo(), lambda number: (number + 1) % 5_000, last=-1)
    assert isinstance(value(0), int)


def test_other_chains_stay_whole_after_a_circle() -> None:
    memo = Memo()
    chain(memo, lambda number: (number + 1) % 3_000, last=-1)(0)
    assert chain(memo, lambda number: number + 1, last=9_000)(5_000) == 4_000


def test_one_value_that_is_itself_too_deep_raises() -> None:
    def deep(levels: int) -> int:
        return 1 + deep(levels - 1) if levels else 0

    memo = Memo()
    with pytest.raises(RecursionError):
        memo.get("deep", lambda: deep(100_000), 0)
    assert memo.get("flat", lambda: 7, 0) == 7


def test_a_deferred_value_is_computed_when_asked() -> None:
    calls: list[int] = []
    deferred = Deferred(lambda: calls.append(1) or len(calls))
    assert calls == []
    assert deferred.get() == deferred.get() == 1
