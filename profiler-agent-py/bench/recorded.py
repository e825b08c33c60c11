"""The tables of a stream that the benchmark compares, as docs/wire-protocol.md has them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from threadlens_agent.cbor import Column  # noqa: E402
from threadlens_agent.protocol import MessageReader  # noqa: E402


class Wait(NamedTuple):
    """Times are ns of the monotonic clock; `tid` is the waiter's native id. `batches` is how often it was told."""

    tid: int
    lock: int
    start: int
    end: int
    batches: int


class Hold(NamedTuple):
    tid: int
    lock: int
    start: int
    end: int


class Recorded:
    """What a stream says of waits and holds, and what it cost.

    `agent_cpu` has, batch by batch, the time of its last tick and the CPU time of the agent so far, ns.
    """

    def __init__(self, file: Path) -> None:
        self.ticks: list[int] = []
        self.agent_cpu: list[tuple[int, int]] = []
        self._tids: dict[int, int] = {}
        self._waits: dict[tuple[int, int], tuple[int, int, int]] = {}
        self._holds: list[tuple[int, int, int, int]] = []
        for message in MessageReader().feed(file.read_bytes()):
            if message["type"] == "batch":
                self._take(message)

    @property
    def waits(self) -> list[Wait]:
        return [Wait(self._tids[thread], lock, start, end, batches) for (thread, start), (lock, end, batches) in self._waits.items()]

    @property
    def holds(self) -> list[Hold]:
        return [Hold(self._tids[thread], lock, start, end) for thread, lock, start, end in self._holds]

    def _take(self, batch: dict[str, Any]) -> None:
        tables = batch["tables"]
        self._tids.update(rows(tables, "threads", "thread", "tid"))
        self.ticks += [time for (time,) in rows(tables, "ticks", "time")]
        for thread, start, lock, end in rows(tables, "waits", "thread", "start", "lock", "end"):
            _, _, told = self._waits.get((thread, start), (lock, end, 0))
            self._waits[thread, start] = (lock, end, told + 1)
        self._holds += rows(tables, "holds", "thread", "lock", "start", "end")
        if self.ticks:
            self.agent_cpu.append((self.ticks[-1], batch["counters"]["agentCpuNs"]))


def rows(tables: dict[str, Any], table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of a table, row by row; no rows where the batch has no such table."""
    if table not in tables:
        return []
    cells = [tables[table][column] for column in columns]
    return list(zip(*(column.values() if isinstance(column, Column) else column for column in cells)))
