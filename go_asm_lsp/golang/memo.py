"""Computes values that depend on each other, each once, in whatever order they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

Value = TypeVar("Value")


class Memo:
    """Remembers computed values, ends cycles, and follows long chains without a deep stack.

    A value that depends on itself gets its `failure`. When a chain of dependencies is longer
    than Python's stack, the innermost value that was reached is computed first, on its own,
    and the chain is followed again from there. What does not fit the stack even so raises
    RecursionError; the public functions of this package turn that into "unknown".
    """

    __slots__ = ("_active", "_deepest", "_values")

    def __init__(self) -> None:
        self._values: dict[Hashable, object] = {}
        self._active: set[Hashable] = set()
        self._deepest: _Stopped | None = None

    def get(self, key: Hashable, compute: Callable[[], Value], failure: Value) -> Value:
        """Answers the value of `key`, computing it when it is asked for the first time."""
        if key in self._values:
            return cast(Value, self._values[key])
        if key in self._active:
            return failure
        is_outermost = not self._active
        self._active.add(key)
        try:
            value = compute()
        except RecursionError:
            if self._deepest is None:
                self._deepest = _Stopped(key, compute, failure, frozenset(self._active))
            if not is_outermost:
                raise
        else:
            self._values[key] = value
            return value
        finally:
            self._active.discard(key)
        self._compute_from_innermost(key, compute, failure)
        return cast(Value, self._values[key])

    def _compute_from_innermost(
        self, key: Hashable, compute: Callable[[], object], failure: object
    ) -> None:
        pending = [_Stopped(key, compute, failure, frozenset())]
        waiting: set[Hashable] = set()  # everything that depends on the last of `pending`
        while pending:
            stopped, self._deepest = self._deepest, None
            current = pending[-1]
            if stopped is not None:
                if stopped.key == current.key:
                    raise RecursionError
                if not waiting.isdisjoint(stopped.active - {current.key}):
                    self._values[current.key] = current.failure
                    waiting -= pending.pop().active
                    continue
                waiting |= stopped.active
                pending.append(stopped)
                current = stopped
            self._active.add(current.key)
            try:
                self._values[current.key] = current.compute()
                waiting -= pending.pop().active
            except RecursionError:
                if self._deepest is None:
                    raise
            finally:
                self._active.discard(current.key)


@dataclass(frozen=True, slots=True)
class _Stopped:
    """A value whose computation found the stack full, and all that was being computed then."""

    key: Hashable
    compute: Callable[[], object]
    failure: object
    active: frozenset[Hashable]


class Deferred(Generic[Value]):
    """A value that is computed when it is first asked for."""

    __slots__ = ("_compute", "_value")

    def __init__(self, compute: Callable[[], Value]) -> None:
        self._compute: Callable[[], Value] | None = compute
        self._value: Value | None = None

    def get(self) -> Value:
        if self._compute is not None:
            self._value = self._compute()
            self._compute = None
        return cast(Value, self._value)
