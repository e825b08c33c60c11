"""Makes the `locks` table of the wire: the library says which locks there are and of what kind, and the names are looked for here."""

from __future__ import annotations

import time
from typing import NamedTuple, Protocol

from .cbor import INT32, Column
from .sampling import Tables

_TYPES = {
    "lock": "threading.Lock",
    "rlock": "threading.RLock",
    "semaphore": "threading.Semaphore",
    "condition": "threading.Condition",
    "queue": "queue.SimpleQueue",
}
#: What the names of one batch may take. A lock that is left without one is told again, with another thread.
_SECONDS = 0.02


class Namer(Protocol):
    """Looks for the name of a lock on the stack of a thread."""

    def name(self, thread_state: int, kind: str, address: int) -> str | None:
        """None where it is not found."""


class _Lock(NamedTuple):
    kind: str
    type: str | None
    label: str | None


class LockTable:
    """What is known of each lock of the stream."""

    def __init__(self, names: Namer | None) -> None:
        self._names = names
        self._known: dict[int, _Lock] = {}

    def complete(self, table: dict | None) -> Tables:
        """The rows of `table` that say something new, with the names; no table when there is none."""
        told: dict[int, _Lock] = {}
        deadline = time.monotonic() + _SECONDS
        if table:
            numbers = (table[column].values() for column in ("lock", "address", "tstate"))
            for number, address, tstate, kind, type_ in zip(*numbers, table["kind"], table["type"]):
                lock = self._lock(number, kind, type_, address, tstate, time.monotonic() < deadline)
                if self._known.get(number) != lock:
                    self._known[number] = told[number] = lock
        return {"locks": _as_table(told)} if told else {}

    def _lock(self, number: int, kind: str, type_: str, address: int, tstate: int, is_time: bool) -> _Lock:
        known = self._known.get(number)
        if known is not None and known.label is not None:
            return known
        label = self._names.name(tstate, kind, address) if self._names and is_time else None
        return _Lock(kind, type_ or _TYPES.get(kind), label)


def _as_table(locks: dict[int, _Lock]) -> dict:
    return {
        "lock": Column.of(INT32, list(locks)),
        "kind": [lock.kind for lock in locks.values()],
        "type": [lock.type for lock in locks.values()],
        "label": [lock.label for lock in locks.values()],
    }
