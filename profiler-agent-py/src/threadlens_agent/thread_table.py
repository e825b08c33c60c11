"""Puts the names into the `threads` table, which the library fills but for them."""

from __future__ import annotations

import time
from typing import NamedTuple

from .cbor import INT32, INT64, Column
from .names import ThreadNames

#: A thread is in the interpreter's list before `threading` knows its name: look again in the next batches.
_LOOKS_WHEN_NEW = 3
_EVERY_SECONDS = 1.0
_NUMBERS = {"thread": INT32, "tid": INT32, "ident": INT64, "start": INT64, "end": INT64}


class _Row(NamedTuple):
    thread: int
    tid: int
    ident: int
    start: int
    end: int
    name: str | None


class ThreadTable:
    """What is known of each thread of the stream."""

    def __init__(self, pid: int, names: ThreadNames | None) -> None:
        self._pid = pid
        self._names = names
        self._living: dict[int, _Row] = {}
        self._looks = 0
        self._next_look = 0.0

    def complete(self, table: dict | None) -> dict | None:
        """The rows of `table` with their names, and rows for threads that were renamed; None when there is nothing to say."""
        told: dict[int, _Row] = {}
        if table:
            columns = [table[column].values() for column in _NUMBERS]
            for thread, tid, ident, start, end in zip(*columns):
                known = self._living.get(thread)
                told[thread] = self._living[thread] = _Row(thread, tid, ident, start, end, known and known.name)
                if known is None:
                    self._looks = _LOOKS_WHEN_NEW
        if self._is_time():
            told.update(self._look())
        for row in told.values():
            if row.end >= 0:
                self._living.pop(row.thread, None)
        return _as_table(list(told.values())) if told else None

    def _is_time(self) -> bool:
        now = time.monotonic()
        if not self._looks and now < self._next_look:
            return False
        self._looks = max(self._looks - 1, 0)
        self._next_look = now + _EVERY_SECONDS
        return True

    def _look(self) -> dict[int, _Row]:
        """The rows of threads that have another name than before."""
        names = self._names.read() if self._names else {}
        process_name = self._kernel_name(self._pid)
        renamed: dict[int, _Row] = {}
        for row in self._living.values():
            name = names.get(row.ident)
            if name is None and row.name is None:
                # Whoever made the thread may have told the kernel a name; the one it inherits says nothing.
                name = self._kernel_name(row.tid)
                name = None if name == process_name else name
            if name is not None and name != row.name and row.end < 0 and self._lives(row.tid):
                renamed[row.thread] = row._replace(name=name)
        self._living.update(renamed)
        return renamed

    def _lives(self, tid: int) -> bool:
        """Whether the names just read can be this thread's: an ident is used again, and one that has ended lends it to a successor's name."""
        return self._kernel_name(tid) is not None

    def _kernel_name(self, tid: int) -> str | None:
        try:
            with open(f"/proc/{self._pid}/task/{tid}/comm", encoding="utf-8", errors="replace") as file:
                return file.read().rstrip("\n")
        except OSError:
            return None


def _as_table(rows: list[_Row]) -> dict:
    table: dict = {name: Column.of(tag, [getattr(row, name) for row in rows]) for name, tag in _NUMBERS.items()}
    table["name"] = [row.name for row in rows]
    return table
