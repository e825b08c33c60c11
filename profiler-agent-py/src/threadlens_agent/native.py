"""The C library, behind ctypes.

    with contextlib.closing(open_sampler(pid)) as sampler:
        sampler.start(1000)
        time.sleep(0.1)
        tables, counters = sampler.take()

`open_sampler` raises `NativeError` (an `AgentError`, one line) when the process cannot be looked into. `tables` is what the wire calls the
tables of a batch, without the names of threads and of locks and without marks, which Python knows; `take` hardly waits and is to be called about ten
times a second. `tick` is one look in the calling thread, for those who want no thread (`dump`, tests).
"""

from __future__ import annotations

import ctypes
import functools
import os
import time
from typing import NamedTuple

from .cbor import INT8, INT16, INT32, INT64, Column
from .errors import AgentError
from .native_build import library
from .sampling import Tables, Taken

# `enum tl_fault` in offsets.h.
NO_SUCH_PROCESS, NOT_PYTHON, TOO_OLD, UNKNOWN_VERSION, NO_PERMISSION, NOT_READY, BAD_LAYOUT, FAILED = range(1, 9)

_EVENT_KINDS = ("gil", "lost", "gilSwitches", "lostSlices", "feature")
#: `enum tl_off` in threadlens.h.
_FEATURES = ("waits", "holders")
#: `enum tl_lock_kind` in locks.h.
_LOCK_KINDS = (
    "", "lock", "rlock", "semaphore", "critical-section", "interpreter-lock", "internal-lock", "native-lock", "gil", "pause",
    "pause-request", "condition", "queue", "join", "native-signal",
)  # fmt: skip
_SIZES = {INT8: 1, INT16: 2, INT32: 4, INT64: 8}
#: A column of text: two columns of the library, where it starts and its length in bytes.
_TEXT = -1

#: Tables and columns in the order of `enum tl_table_name` and batch.c.
_TABLES: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ("strings", (("text", _TEXT),)),
    ("frames", (("function", INT32), ("file", INT32), ("firstLine", INT32), ("line", INT32))),
    ("stacks", (("parent", INT32), ("frame", INT32))),
    ("threads", (("thread", INT32), ("tid", INT32), ("ident", INT64), ("start", INT64), ("end", INT64))),
    ("ticks", (("time", INT64), ("missed", INT32))),
    (
        "samples",
        (
            ("thread", INT32), ("tick", INT32), ("count", INT32), ("state", INT8), ("flags", INT8), ("core", INT16),
            ("stack", INT32),
        ),
    ),
    ("cpu", (("thread", INT32), ("time", INT64), ("cpu", INT64), ("delay", INT64))),
    ("pauses", (("start", INT64), ("end", INT64), ("kind", INT8), ("thread", INT32), ("stack", INT32))),
    ("events", (("time", INT64), ("kind", INT8), ("value", INT64))),
    ("locks", (("lock", INT32), ("kind", INT8), ("address", INT64), ("tstate", INT64), ("type", _TEXT))),
    ("waits", (("thread", INT32), ("start", INT64), ("end", INT64), ("lock", INT32), ("stack", INT32))),
    (
        "holds",
        (
            ("lock", INT32), ("thread", INT32), ("start", INT64), ("end", INT64), ("stack", INT32), ("how", INT8),
            ("place", INT16), ("taken", INT32),
        ),
    ),
    (
        "refcounts",
        (
            ("time", INT64), ("thread", INT32), ("stack", INT32), ("object", INT64), ("type", _TEXT), ("looks", INT32),
            ("changed", INT32),
        ),
    ),
    ("slices", (("thread", INT32), ("core", INT16), ("start", INT64), ("end", INT64))),
)  # fmt: skip

_MAX_COLUMNS = 8
_ERROR_SIZE = 512


class NativeError(AgentError):
    """The process cannot be looked into; `fault` says which kind of reason."""

    def __init__(self, fault: int, message: str) -> None:
        super().__init__(message)
        self.fault = fault


class _Table(ctypes.Structure):
    _fields_ = [("rows", ctypes.c_int32), ("capacity", ctypes.c_int32), ("columns", ctypes.c_void_p * _MAX_COLUMNS)]


class _Batch(ctypes.Structure):
    _fields_ = [
        ("tables", _Table * len(_TABLES)),
        ("text", ctypes.c_void_p),
        ("text_size", ctypes.c_int32),
        ("text_capacity", ctypes.c_int32),
        ("short_of_memory", ctypes.c_bool),
    ]


class _Counters(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_int64)
        for name in ("missed_ticks", "samples", "torn_samples", "trimmed_samples")
    ]


@functools.cache
def load() -> ctypes.CDLL:
    """The library, compiled first if need be; an `AgentError` where that cannot be."""
    path = library()
    try:
        lib = ctypes.CDLL(str(path), use_errno=True)
    except OSError as error:
        raise AgentError(f"the agent's library does not load: {error}") from error
    session = ctypes.c_void_p
    signatures = {
        "tl_open": (session, [ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.c_char_p, ctypes.c_size_t]),
        "tl_close": (None, [session]),
        "tl_features": (ctypes.c_char_p, [session]),
        "tl_leave_refcounts": (None, [session]),
        "tl_why_off": (ctypes.c_char_p, [ctypes.c_int]),
        "tl_start": (ctypes.c_int, [session, ctypes.c_double]),
        "tl_tick": (ctypes.c_int, [session]),
        "tl_set_rate": (None, [session, ctypes.c_double]),
        "tl_pause": (None, [session, ctypes.c_int]),
        "tl_stop": (None, [session]),
        "tl_alive": (ctypes.c_int, [session]),
        "tl_take": (ctypes.POINTER(_Batch), [session, ctypes.POINTER(_Counters)]),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    return lib


def open_sampler(pid: int) -> NativeSampler:
    """Looks into a process; `NativeError` where that cannot be."""
    return NativeSampler(pid)


class NativeSampler:
    """A `sampling.Sampler`: samples one process on a thread of the library's own. All calls come from one thread."""

    def __init__(self, pid: int) -> None:
        self._lib = load()
        fault = ctypes.c_int()
        error = ctypes.create_string_buffer(_ERROR_SIZE)
        self._session = self._lib.tl_open(pid, ctypes.byref(fault), error, _ERROR_SIZE)
        if not self._session:
            raise NativeError(fault.value, error.value.decode(errors="replace"))

    @property
    def features(self) -> dict[str, str]:
        """By name: "ok", or why it is off."""
        lines = self._lib.tl_features(self._session).decode(errors="replace").splitlines()
        return dict(line.split("=", 1) for line in lines)

    @property
    def alive(self) -> bool:
        """False once a tick has seen that the process ended or runs another program."""
        return bool(self._lib.tl_alive(self._session))

    def leave_refcounts(self) -> None:
        """Reference counts are not looked at. Before the first tick."""
        self._lib.tl_leave_refcounts(self._session)

    def start(self, rate_hz: float) -> None:
        """Begins to sample."""
        failed = self._lib.tl_start(self._session, rate_hz)
        if failed:
            raise AgentError(f"cannot start the sampling thread: {os.strerror(failed)}")

    def tick(self) -> bool:
        """One look now, in this thread, instead of `start`. False when the process has ended."""
        return bool(self._lib.tl_tick(self._session))

    def set_rate(self, rate_hz: float) -> None:
        """From the next tick on."""
        self._lib.tl_set_rate(self._session, rate_hz)

    def pause(self) -> None:
        """Stops looking."""
        self._lib.tl_pause(self._session, 1)

    def resume(self) -> None:
        """Begins to look again."""
        self._lib.tl_pause(self._session, 0)

    def take(self) -> Taken:
        """What there is since the last time. Waits for the end of a tick, 50 ms at most."""
        counters = _Counters()
        batch = self._lib.tl_take(self._session, ctypes.byref(counters)).contents
        text = ctypes.string_at(batch.text, batch.text_size) if batch.text_size else b""
        tables: Tables = {}
        for table, (name, columns) in zip(batch.tables, _TABLES):
            if table.rows:
                tables[name] = _columns(table, columns, text)
        if "events" in tables:
            kinds: Column = tables["events"]["kind"]  # type: ignore[assignment]
            names = [_EVENT_KINDS[kind] for kind in kinds.values()]
            tables["events"]["kind"] = names
            values: Column = tables["events"]["value"]  # type: ignore[assignment]
            tables["events"]["text"] = [self._why_off(value) if name == "feature" else None for name, value in zip(names, values.values())]
        if "locks" in tables:
            kinds = tables["locks"]["kind"]  # type: ignore[assignment]
            tables["locks"]["kind"] = [_LOCK_KINDS[kind] for kind in kinds.values()]
        return Taken(
            tables,
            {
                "missedTicks": counters.missed_ticks,
                "samples": counters.samples,
                "tornSamples": counters.torn_samples,
                "trimmedSamples": counters.trimmed_samples,
            },
        )

    def _why_off(self, feature: int) -> str:
        return f"{_FEATURES[feature]}: {self._lib.tl_why_off(feature).decode()}"

    def stop(self) -> None:
        """Ends the sampling; what was sampled can still be taken."""
        self._lib.tl_stop(self._session)

    def close(self) -> None:
        """Lets go of the process."""
        session, self._session = self._session, None
        if session:
            self._lib.tl_close(session)


def _columns(table: _Table, columns: tuple[tuple[str, int], ...], text: bytes) -> dict:
    made: dict = {}
    at = 0
    for name, tag in columns:
        if tag == _TEXT:
            starts, lengths = (_column(table, at + i, INT32).values() for i in range(2))
            made[name] = [
                text[start : start + length].decode("utf-8", "replace")
                for start, length in zip(starts, lengths)
            ]
            at += 2
        else:
            made[name] = _column(table, at, tag)
            at += 1
    return made


def _column(table: _Table, index: int, tag: int) -> Column:
    return Column(tag, ctypes.string_at(table.columns[index], table.rows * _SIZES[tag]))


class FrameLine(NamedTuple):
    """A frame of a stack."""

    function: str
    file: str
    line: int


class Look(NamedTuple):
    """One thread at one instant; the stack is leaf first, None where it was torn."""

    thread: int
    tid: int
    ident: int
    state: int
    stack: list[FrameLine] | None


def look(pid: int, settle_seconds: float = 0.002) -> list[Look]:
    """Every thread of a process once. Looks twice: what a thread does is known from what it did in between."""
    sampler = open_sampler(pid)
    try:
        sampler.tick()
        time.sleep(settle_seconds)
        sampler.tick()
        return _looks(sampler.take().tables)
    finally:
        sampler.close()


def _looks(tables: Tables) -> list[Look]:
    def values(table: str, column: str) -> list[int]:
        return tables[table][column].values() if table in tables else []  # type: ignore[union-attr]

    strings: list = tables.get("strings", {}).get("text", [])  # type: ignore[assignment]
    frames = list(zip(values("frames", "function"), values("frames", "file"), values("frames", "line")))
    stacks = list(zip(values("stacks", "parent"), values("stacks", "frame")))
    samples = zip(*(values("samples", name) for name in ("thread", "state", "flags", "stack")))
    last = {thread: (state, flags, stack) for thread, state, flags, stack in samples}
    looks = []
    for thread, tid, ident in zip(*(values("threads", name) for name in ("thread", "tid", "ident"))):
        if thread not in last:
            continue
        state, flags, stack = last[thread]
        lines: list[FrameLine] | None = None if flags & 2 else []
        while lines is not None and stack >= 0:
            stack, frame = stacks[stack]
            function, file, line = frames[frame]
            lines.append(FrameLine(strings[function], strings[file], line))
        looks.append(Look(thread, tid, ident, state, lines))
    return looks
