"""Makes batches: what the library took, with what Python knows, numbered; without the samples when the reader cannot keep up."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .cbor import INT64, Column
from .lock_table import LockTable
from .protocol import OversizeError, frame
from .sampling import Tables, Taken
from .system_load import SystemLoad
from .thread_table import ThreadTable

#: For how long the module that turned the GIL on is looked for: it is importing, and then has to queue for what it turned on.
_CAUSE_SECONDS = 2.0

#: What may be dropped: nothing else in a stream refers to these rows, whatever comes later.
_DROPPABLE = ("samples", "cpu", "waits", "holds", "refcounts", "slices")


class Batches:
    """Numbers the batches of one stream."""

    def __init__(self, threads: ThreadTable, locks: LockTable, load: SystemLoad, gil_cause: Callable[[], str | None]) -> None:
        """`gil_cause` names the module that turned the GIL on, when it did."""
        self._threads = threads
        self._locks = locks
        self._load = load
        self._gil_cause = gil_cause
        self._lost_in_library = 0
        self._seq = 0
        self._dropped = 0
        self._events: list[tuple[int, str, int, str | None]] = []
        self._marks: list[tuple[int, str]] = []
        self._gil_turned_on: int | None = None  # at that time, by a module that is not known yet
        self._is_last = False

    def event(self, kind: str, value: int = 0, text: str | None = None) -> None:
        """Something that happened just now; it goes with the next batch."""
        self._events.append((time.monotonic_ns(), kind, value, text))

    def mark(self, text: str) -> None:
        """A mark at this moment."""
        self._marks.append((time.monotonic_ns(), text))

    def hold_nothing_back(self) -> None:
        """The next batch is the last."""
        self._is_last = True

    def next(self, taken: Taken, keep_samples: bool) -> bytes:
        """The next message. Without samples it says how many were lost; definitions are always in it."""
        tables = {name: table for name, table in taken.tables.items() if name not in ("threads", "locks")}
        tables.update(self._locks.complete(taken.tables.get("locks")))
        tables.update(self._load.table())
        threads = self._threads.complete(taken.tables.get("threads"))
        if threads:
            tables["threads"] = threads
        self._take_gil_events(tables)
        self._tell_gil_cause()
        self._tell_lost(taken.counters)
        if not keep_samples:
            self._drop(tables)
        try:
            message = self._frame(tables, taken.counters)
        except OversizeError:
            self._drop(tables)
            message = self._frame(tables, taken.counters)
        self._seq += 1
        self._events.clear()
        self._marks.clear()
        return message

    def _take_gil_events(self, tables: Tables) -> None:
        """Takes over the library's events, but for one: that the GIL was turned on is told with its cause."""
        events = tables.pop("events", None)
        if events is None:
            return
        for at, kind, value, text in zip(events["time"].values(), events["kind"], events["value"].values(), events["text"]):
            if kind == "gil" and value:
                self._gil_turned_on = at
            else:
                self._events.append((at, kind, value, text))

    def _tell_gil_cause(self) -> None:
        if self._gil_turned_on is None:
            return
        cause = self._gil_cause()
        if cause is not None or self._is_last or time.monotonic_ns() - self._gil_turned_on > _CAUSE_SECONDS * 1e9:
            self._events.append((self._gil_turned_on, "gil", 1, cause))
            self._gil_turned_on = None

    def _tell_lost(self, counters: dict[str, int]) -> None:
        """The library drops samples too, when nobody takes them for long."""
        lost = counters.get("lostSamples", 0)
        if lost > self._lost_in_library:
            self.event("lost", lost - self._lost_in_library)
            self._lost_in_library = lost

    def _drop(self, tables: Tables) -> None:
        samples, slices = tables.get("samples"), tables.get("slices")
        for name in _DROPPABLE:
            tables.pop(name, None)
        if samples:
            self._dropped += 1
            self.event("lost", sum(samples["count"].values()))
        if slices:
            starts, ends = (slices[name].values() for name in ("start", "end"))
            self._events += [(min(starts), "lostSlices", len(starts), None), (ends[-1], "lostSlices", 0, None)]

    def _frame(self, tables: Tables, counters: dict[str, int]) -> bytes:
        message: dict[str, Any] = {
            "type": "batch",
            "seq": self._seq,
            "tables": {**tables, **self._own_tables()},
            "counters": {**counters, "agentCpuNs": time.process_time_ns(), "droppedBatches": self._dropped},
        }
        return frame(message)

    def _own_tables(self) -> Tables:
        own: Tables = {}
        if self._events:
            times, kinds, values, texts = zip(*sorted(self._events, key=lambda event: event[0]))
            own["events"] = {
                "time": Column.of(INT64, times),
                "kind": list(kinds),
                "value": Column.of(INT64, values),
                "text": list(texts),
            }
        if self._marks:
            times, texts = zip(*self._marks)
            own["marks"] = {"time": Column.of(INT64, times), "text": list(texts)}
        return own
