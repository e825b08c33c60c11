"""Reads a stream of the agent's as the app would, and checks every rule of docs/wire-protocol.md on the way."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from threadlens_agent.cbor import INT8, INT16, INT32, INT64, Column
from threadlens_agent.protocol import MAX_MESSAGE, MessageReader
from threadlens_agent.states import STATES

REASONS = ("exited", "killed", "exec", "stopped", "duration", "failed")
EVENTS = ("gil", "fork", "exec", "sampling", "feature", "lost", "gilSwitches", "lostSlices")
LOCK_KINDS = (
    "lock", "rlock", "semaphore", "critical-section", "interpreter-lock", "internal-lock", "native-lock", "gil", "pause", "pause-request",
    "condition", "queue", "join", "native-signal",
)  # fmt: skip
COUNTERS = {"missedTicks", "samples", "tornSamples", "trimmedSamples", "agentCpuNs", "droppedBatches"}
FEATURES = {"stacks", "lines", "names", "states", "switches", "waits", "holders", "refcounts", "gil", "pauses", "load"}
PROCESS = {
    "pid": int,
    "command": list,
    "executable": str,
    "python": str,
    "freeThreadedBuild": bool,
    "gilEnabled": bool,
    "cores": int,
    "host": str,
}

TEXT = 0
TABLES: dict[str, dict[str, int]] = {
    "strings": {"text": TEXT},
    "frames": {"function": INT32, "file": INT32, "firstLine": INT32, "line": INT32},
    "stacks": {"parent": INT32, "frame": INT32},
    "threads": {"thread": INT32, "tid": INT32, "ident": INT64, "name": TEXT, "start": INT64, "end": INT64},
    "ticks": {"time": INT64, "missed": INT32},
    "samples": {"thread": INT32, "tick": INT32, "count": INT32, "state": INT8, "flags": INT8, "core": INT16, "stack": INT32},
    "cpu": {"thread": INT32, "time": INT64, "cpu": INT64, "delay": INT64},
    "pauses": {"start": INT64, "end": INT64, "kind": INT8, "thread": INT32, "stack": INT32},
    "locks": {"lock": INT32, "kind": TEXT, "type": TEXT, "label": TEXT},
    "waits": {"thread": INT32, "start": INT64, "end": INT64, "lock": INT32, "stack": INT32},
    "holds": {"lock": INT32, "thread": INT32, "start": INT64, "end": INT64, "stack": INT32, "how": INT8, "place": INT16, "taken": INT32},
    "refcounts": {"time": INT64, "thread": INT32, "stack": INT32, "object": INT64, "type": TEXT, "looks": INT32, "changed": INT32},
    "slices": {"thread": INT32, "core": INT16, "start": INT64, "end": INT64},
    "load": {"time": INT64, "busy": INT64, "own": INT64},
    "events": {"time": INT64, "kind": TEXT, "value": INT64, "text": TEXT},
    "marks": {"time": INT64, "text": TEXT},
}


class Sample(NamedTuple):
    thread: int
    tick: int
    count: int
    state: int
    flags: int
    core: int
    stack: int


class Lock(NamedTuple):
    kind: str
    type: str | None
    label: str | None


class Wait(NamedTuple):
    thread: int
    start: int
    end: int
    lock: int
    stack: int


class Hold(NamedTuple):
    lock: int
    thread: int
    start: int
    end: int
    stack: int
    how: int
    place: int
    taken: int


class Refcount(NamedTuple):
    time: int
    thread: int
    stack: int
    object: int
    type: str
    looks: int
    changed: int


class Slice(NamedTuple):
    thread: int
    core: int
    start: int
    end: int


class Load(NamedTuple):
    time: int
    busy: int
    own: int


class BrokenRule(AssertionError):
    """The stream is not as documented."""


def _require(truth: object, rule: str) -> None:
    if not truth:
        raise BrokenRule(rule)


class Stream:
    """What a stream said. `complete` is whether its last message was `end`."""

    def __init__(self) -> None:
        self.hello: dict[str, Any] = {}
        self.end: dict[str, Any] | None = None
        self.counters: dict[str, int] = {}
        self.batches = 0
        self.strings: list[str] = []
        self.frames: list[tuple[int, int, int, int]] = []
        self.stacks: list[tuple[int, int]] = []
        self.threads: dict[int, dict[str, Any]] = {}
        self.ticks: list[int] = []
        self.missed = 0
        self.samples: list[Sample] = []
        self.cpu: list[tuple[int, ...]] = []
        self.pauses: list[tuple[int, ...]] = []
        self.events: list[tuple[int, str, int, str | None]] = []
        self.marks: list[tuple[int, str]] = []
        self.locks: dict[int, Lock] = {}
        self.waits: dict[tuple[int, int], Wait] = {}  # by thread and start: a later row replaces an earlier one
        self.holds: list[Hold] = []
        self.refcounts: list[Refcount] = []
        self.slices: list[Slice] = []
        self.load: list[Load] = []
        self.cut_short = False
        self._last_slice_of: dict[int, Slice] = {}
        self._last_tick_of: dict[int, int] = {}

    @classmethod
    def read(cls, path: str) -> Stream:
        with open(path, "rb") as file:
            return cls.parse(file.read())

    @classmethod
    def parse(cls, data: bytes) -> Stream:
        stream = cls()
        reader = MessageReader(MAX_MESSAGE)
        for message in reader.feed(data):
            stream.take(message)
        stream.cut_short = not reader.at_boundary
        return stream

    @property
    def complete(self) -> bool:
        return self.end is not None and not self.cut_short

    def take(self, message: dict[str, Any]) -> None:
        _require(self.end is None, "nothing comes after end")
        kind = message["type"]
        if not self.hello:
            _require(kind == "hello", "the first message is hello")
            self._take_hello(message)
        elif kind == "batch":
            self._take_batch(message)
        elif kind == "end":
            _require(message["reason"] in REASONS, f"reason {message['reason']}")
            _require(set(message) == {"type", "reason", "exitCode", "message"}, f"keys of end: {set(message)}")
            self.end = message
        else:
            raise BrokenRule(f"a message of type {kind}")

    def _take_hello(self, hello: dict[str, Any]) -> None:
        _require(hello["protocol"] == 1, "protocol 1")
        for key, kind in PROCESS.items():
            _require(isinstance(hello["process"][key], kind), f"hello.process.{key}")
        for key in ("startedUnixNs", "startedMonoNs", "rateHz"):
            _require(hello["recording"][key] > 0, f"hello.recording.{key}")
        _require(set(hello["features"]) == FEATURES, f"features: {sorted(hello['features'])}")
        _require(all(isinstance(text, str) and text for text in hello["features"].values()), "features are text")
        self.hello = hello

    def _take_batch(self, batch: dict[str, Any]) -> None:
        _require(batch["seq"] == self.batches, f"seq {batch['seq']} after {self.batches - 1}")
        self.batches += 1
        _require(set(batch["counters"]) >= COUNTERS, f"counters {sorted(batch['counters'])}")
        for name, before in self.counters.items():
            _require(batch["counters"][name] >= before, f"the total {name} went down")
        self.counters = batch["counters"]
        rows = {name: self._rows(name, table) for name, table in batch["tables"].items()}
        self.strings += [row[0] for row in rows.get("strings", [])]
        for frame in rows.get("frames", []):
            _require(-1 < frame[0] < len(self.strings) and -1 < frame[1] < len(self.strings), f"frame {frame} refers to no string")
            self.frames.append(frame)
        for parent, frame in rows.get("stacks", []):
            _require(-1 <= parent < len(self.stacks) and -1 < frame < len(self.frames), f"stack {(parent, frame)} refers to nothing")
            self.stacks.append((parent, frame))
        for thread, tid, ident, name, start, end in rows.get("threads", []):
            _require(0 <= thread <= len(self.threads), f"thread {thread} after {len(self.threads)}")
            _require(end == -1 or end >= start, "a thread ends after it starts")
            self.threads[thread] = {"tid": tid, "ident": ident, "name": name, "start": start, "end": end}
        for time, missed in rows.get("ticks", []):
            _require(not self.ticks or time > self.ticks[-1], "ticks increase")
            self.ticks.append(time)
            self.missed += missed
        for row in rows.get("samples", []):
            self._take_sample(Sample(*row))
        self.cpu += rows.get("cpu", [])
        for start, end, kind, thread, stack in rows.get("pauses", []):
            _require(start <= end and kind in (0, 1) and -1 <= thread < len(self.threads) and -1 <= stack < len(self.stacks), "a pause")
            self.pauses.append((start, end, kind, thread, stack))
        self._take_locks(rows)
        for slice_ in (Slice(*row) for row in rows.get("slices", [])):
            self._take_slice(slice_)
        for load in (Load(*row) for row in rows.get("load", [])):
            _require(not self.load or all(now >= before for now, before in zip(load, self.load[-1])), f"{load} after {self.load[-1:]}")
            self.load.append(load)
        for event in rows.get("events", []):
            _require(event[1] in EVENTS, f"event {event}")
            self.events.append(event)
        self.marks += rows.get("marks", [])

    def _take_locks(self, rows: dict[str, list[tuple]]) -> None:
        for number, *row in rows.get("locks", []):
            _require(0 <= number <= len(self.locks), f"lock {number} after {len(self.locks)}")
            self.locks[number] = lock = Lock(*row)
            _require(lock.kind in LOCK_KINDS, f"{lock} is of no kind")
        for wait in (Wait(*row) for row in rows.get("waits", [])):
            _require(wait.thread in self.threads and wait.lock in self.locks and wait.start <= wait.end, f"{wait}")
            _require(-1 <= wait.stack < len(self.stacks), f"{wait}")
            self.waits[wait.thread, wait.start] = wait
        for hold in (Hold(*row) for row in rows.get("holds", [])):
            _require(hold.thread in self.threads and hold.lock in self.locks and hold.start < hold.end, f"{hold}")
            _require(-1 <= hold.stack < len(self.stacks) and 1 <= hold.how <= 5 and hold.place >= 0 and -1 <= hold.taken < len(self.stacks), f"{hold}")
            self.holds.append(hold)
        for looks in (Refcount(*row) for row in rows.get("refcounts", [])):
            _require(looks.thread in self.threads and -1 <= looks.stack < len(self.stacks), f"{looks}")
            _require(0 <= looks.changed <= looks.looks, f"{looks}")
            self.refcounts.append(looks)

    def _rows(self, name: str, table: dict[str, Any]) -> list[tuple]:
        _require(set(table) == set(TABLES[name]), f"columns of {name}: {sorted(table)}")
        columns = []
        for column, tag in TABLES[name].items():
            cells = table[column]
            if tag == TEXT:
                _require(all(cell is None or isinstance(cell, str) for cell in cells), f"{name}.{column} is text")
            else:
                _require(isinstance(cells, Column) and cells.tag == tag, f"{name}.{column} has tag {tag}")
                cells = cells.values()
            columns.append(cells)
        _require(len({len(cells) for cells in columns}) == 1, f"columns of {name} are of one length")
        return list(zip(*columns))

    def _take_sample(self, sample: Sample) -> None:
        _require(sample.thread in self.threads, f"{sample} is of no thread")
        _require(sample.count >= 1 and sample.tick >= 0 and sample.tick + sample.count <= len(self.ticks), f"{sample} is at no tick")
        _require(sample.tick > self._last_tick_of.get(sample.thread, -1), f"{sample} is out of order")
        _require(0 <= sample.state < len(STATES) and -1 <= sample.stack < len(self.stacks) and sample.core >= -1, f"{sample} is no sample")
        self._last_tick_of[sample.thread] = sample.tick + sample.count - 1
        self.samples.append(sample)

    def _take_slice(self, slice_: Slice) -> None:
        _require(slice_.thread in self.threads and slice_.core >= 0 and slice_.start < slice_.end, f"{slice_}")
        _require(not self.slices or slice_.end >= self.slices[-1].end, f"{slice_} ended before {self.slices[-1:]}")
        before = self._last_slice_of.get(slice_.thread)
        _require(before is None or slice_.start >= before.end, f"{slice_} began before {before} ended")
        self._last_slice_of[slice_.thread] = slice_
        self.slices.append(slice_)

    def stack(self, number: int) -> list[tuple[str, str, int]]:
        """Function, file and line of each frame, leaf first."""
        frames = []
        while number >= 0:
            number, frame = self.stacks[number]
            function, file, _, line = self.frames[frame]
            frames.append((self.strings[function], self.strings[file], line))
        return frames

    def states(self, name: str) -> Counter[str]:
        """Samples by state of the threads called `name`."""
        wanted = {thread for thread, row in self.threads.items() if row["name"] == name}
        counted: Counter[str] = Counter()
        for sample in self.samples:
            if sample.thread in wanted:
                counted[STATES[sample.state]] += sample.count
        return counted

    def functions(self) -> Counter[str]:
        """Samples by the function at the leaf."""
        counted: Counter[str] = Counter()
        for sample in self.samples:
            if sample.stack >= 0:
                counted[self.stack(sample.stack)[0][0]] += sample.count
        return counted

    def names(self) -> set[str | None]:
        return {row["name"] for row in self.threads.values()}

    def events_of(self, kind: str) -> list[tuple[int, str, int, str | None]]:
        return [event for event in self.events if event[1] == kind]
