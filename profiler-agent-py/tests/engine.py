"""What the tests of the C library share: looking at a program, and reading what came out."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from threadlens_agent.native import FrameLine, Look, NativeSampler, look, open_sampler
from threadlens_agent.sampling import Tables

TRIMMED, TORN = 1, 2

Found = TypeVar("Found")


@contextlib.contextmanager
def sampling(pid: int, rate_hz: float) -> Iterator[NativeSampler]:
    """A sampler at work."""
    with contextlib.closing(open_sampler(pid)) as sampler:
        sampler.start(rate_hz)
        yield sampler


def eventually(attempt: Callable[[], Found | None], seconds: float = 5) -> Found:
    """What `attempt` finds, tried until it finds something."""
    deadline = time.monotonic() + seconds
    while True:
        found = attempt()
        if found is not None:
            return found
        if time.monotonic() > deadline:
            raise AssertionError("it did not happen in time")
        time.sleep(0.02)


def looks_by_ident(pid: int) -> dict[int, Look]:
    """Every thread once, by `threading.get_ident()`."""
    return {one.ident: one for one in look(pid)}


class Reader:
    """Puts the batches of a sampler together again."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.frames: list[FrameLine] = []
        self.stacks: list[tuple[int, int]] = []
        self.threads: dict[int, dict[str, int]] = {}
        self.ticks: list[int] = []
        self.samples: list[dict[str, int]] = []
        self.events: list[tuple[str, int]] = []
        self.pauses: list[dict[str, int]] = []
        self.locks: dict[int, dict] = {}
        self.waits: dict[tuple[int, int], dict[str, int]] = {}  # by thread and start: a later row replaces an earlier one
        self.holds: list[dict[str, int]] = []
        self.refcounts: list[dict] = []

    def take(self, tables: Tables) -> None:
        """The next batch."""
        self.strings += tables.get("strings", {}).get("text", [])
        for row in rows(tables, "frames"):
            self.frames.append(FrameLine(self.strings[row["function"]], self.strings[row["file"]], row["line"]))
        self.stacks += [(row["parent"], row["frame"]) for row in rows(tables, "stacks")]
        self.threads.update((row["thread"], row) for row in rows(tables, "threads"))
        self.ticks += [row["time"] for row in rows(tables, "ticks")]
        self.samples += rows(tables, "samples")
        self.pauses += rows(tables, "pauses")
        self.locks.update((row["lock"], row) for row in rows(tables, "locks"))
        self.waits.update(((row["thread"], row["start"]), row) for row in rows(tables, "waits"))
        self.holds += rows(tables, "holds")
        self.refcounts += rows(tables, "refcounts")
        self.events += [(row["kind"], row["value"]) for row in rows(tables, "events")]

    def stack(self, number: int) -> list[FrameLine]:
        """Leaf first."""
        frames = []
        while number >= 0:
            number, frame = self.stacks[number]
            frames.append(self.frames[frame])
        return frames


def recorded(pid: int, seconds: float, rate_hz: float = 1000) -> Reader:
    """All that a sampler says of a process in that time."""
    reader = Reader()
    with sampling(pid, rate_hz) as sampler:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            time.sleep(0.05)
            reader.take(sampler.take().tables)
    return reader


def rows(tables: Tables, name: str) -> list[dict]:
    """A table, row by row."""
    if name not in tables:
        return []
    columns = {column: values if isinstance(values, list) else values.values() for column, values in tables[name].items()}
    return [dict(zip(columns, row)) for row in zip(*columns.values())]
