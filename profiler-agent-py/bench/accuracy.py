"""How exact the figures are, against programs that write down what they do. Each measure can be taken alone."""

from __future__ import annotations

import bisect
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
sys.path[:0] = [str(SOURCE), str(HERE.parent / "tests")]

from diagnosis import Case, complaints, record_sample, report_of, wait_seconds  # noqa: E402
from stream import Hold, Stream, Wait  # noqa: E402
from threadlens_agent.protocol import MessageReader  # noqa: E402

Log = list[dict[str, int]]


class Measure(NamedTuple):
    """What is measured, what is to be reached, and how it is taken under an interpreter."""

    what: str
    reach: str
    take: Callable[[Path], str]


def wait_time(python: Path) -> str:
    with recorded_program(python, "logged_programs.py", "locks", "10") as (file, log):
        reported = wait_seconds(["lock"], report_of(file))
    told = sum(row["got"] - row["asked"] for row in log) / 1e9
    return f"{reported / told - 1:+.1%} ({reported:.2f} s of {told:.2f} s)"


def holder(python: Path) -> str:
    """Of the ticks at which a thread was seen to wait while another had the lock by its own account: at how many is it named."""
    with recorded_program(python, "logged_programs.py", "locks", "10") as (file, log):
        stream = Stream.read(str(file))
    asked = Requests(log)
    holds: dict[int, list[Hold]] = {}
    for hold in stream.holds:
        holds.setdefault(hold.lock, []).append(hold)
    right = wrong = unnamed = 0
    for wait in stream.waits.values():
        number = asked.lock_of(wait, native_id(stream, wait.thread))
        meanwhile = [hold for hold in holds.get(wait.lock, []) if hold.start < wait.end and hold.end > wait.start]
        for tick in stream.ticks[bisect.bisect_left(stream.ticks, wait.start) : bisect.bisect_left(stream.ticks, wait.end)]:
            true = asked.holder_of(number, tick)
            if true is not None:
                holders = {native_id(stream, hold.thread) for hold in meanwhile if hold.start <= tick < hold.end}
                right += holders == {true}
                wrong += bool(holders) and holders != {true}
                unnamed += not holders
    return f"{share(right, right + wrong + unnamed)} ({right} right, {wrong} wrong, {unnamed} not named)"


def open_wait(python: Path) -> str:
    """How far the start of a wait that never ends is from what the thread says."""
    with recorded_program(python, "logged_programs.py", "long_waits", "600", duration=4) as (file, log):
        stream = Stream.read(str(file))
    going_on = [wait for wait in stream.waits.values() if wait.end >= stream.ticks[-1]]
    starts = {native_id(stream, wait.thread): wait.start for wait in going_on}
    off = [abs(starts[row["thread"]] - row["asked"]) / 1e6 for row in log if row["thread"] in starts]
    return f"{max(off):.2f} ms at most, {len(off)} of {len(log)} waits seen" if off else f"none of {len(log)} waits seen"


def pauses(python: Path) -> str:
    truth, report = record_sample(Case(python, "gc_in_loop"), 10)
    told, reported = truth["measured"]["pauseSeconds"], report["pauses"]["seconds"]
    return f"{reported / told - 1:+.1%} ({reported:.2f} s of {told:.2f} s, {truth['measured']['pauses']} collections)"


def refcount(python: Path) -> str:
    """Of runs in which the threads got the cores it takes to fight over anything; on a busy machine not all do."""
    runs = [record_sample(Case(python, "refcount_get"), 3) for _ in range(10)]
    right = [not complaints(truth["expected"], report) for truth, report in runs if report["busyCores"]["mean"] >= truth["expected"]["busyCores"]]
    return f"{sum(right)} of {len(right)}" + (f" ({len(runs) - len(right)} more had too few cores)" if len(right) < len(runs) else "")


def private_objects(python: Path) -> str:
    reports = [record_sample(Case(python, "private_get"), 3)[1] for _ in range(10)]
    return f"{sum(finding['class'] == 'refcount' for report in reports for finding in report.get('findings', []))} in {len(reports)} runs"


def agent_cpu(python: Path) -> str:
    """From the second second on, when what is read once has been read."""
    shares = []
    for _ in range(3):
        with recorded_program(python, "programs.py", "mixed", duration=12) as (file, _):
            costs = costs_of(file)
        first = next(cost for cost in costs if cost[0] > costs[0][0] + 2_000_000_000)
        shares.append((costs[-1][1] - first[1]) / (costs[-1][0] - first[0]))
    return f"{statistics.median(shares):.1%} (median of 3)"


MEASURES = {
    "wait-time": Measure("time waited for locks, by the report, against the program's own figure, over 10 s", "within 5 %", wait_time),
    "holder": Measure("holder named, `with` blocks", "right in ≥ 98 % of the waits sampled", holder),
    "open-wait": Measure("length of a wait that is still going on", "within 5 ms", open_wait),
    "pauses": Measure("time lost to pauses, against `gc.callbacks`, 1 kHz", "within 15 %", pauses),
    "refcount": Measure("an object fought over is named by type and line", "≥ 9 of 10 runs", refcount),
    "private-objects": Measure("private objects accused", "0", private_objects),
    "agent-cpu": Measure("agent CPU with all of it on, 16 threads of which 2 run, 1 kHz", "≤ 15 % of a core", agent_cpu),
}


# --- measuring --------------------------------------------------------------------------------------------------------


@contextmanager
def recorded_program(python: Path, program: str, *words: str, duration: float | None = None) -> Iterator[tuple[Path, Log]]:
    """A stream that the agent alone has recorded of a program, and what the program wrote down, where it does."""
    with tempfile.TemporaryDirectory() as folder:
        stream, log = Path(folder, "recorded.tlstream"), Path(folder, "log.json")
        command: list[Any] = [sys.executable, "-m", "threadlens_agent", "record", "-o", stream]
        command += ["--duration", str(duration)] if duration else []
        command += ["--", python, HERE / program, *words, log]
        environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        yield stream, json.loads(log.read_text(encoding="utf-8")) if log.exists() else []


def costs_of(file: Path) -> list[tuple[int, int]]:
    """Batch by batch, the time of its last tick and the agent's CPU time so far, ns."""
    stream, costs = Stream(), []
    for message in MessageReader().feed(file.read_bytes()):
        stream.take(message)
        if stream.ticks:
            costs.append((stream.ticks[-1], stream.counters["agentCpuNs"]))
    return costs


def native_id(stream: Stream, thread: int) -> int:
    return stream.threads[thread]["tid"]


class Requests:
    """What threads say of when they asked for locks, got and released them."""

    def __init__(self, log: Log) -> None:
        self._by_thread: dict[int, Log] = {}
        self._by_lock: dict[int, Log] = {}
        for row in log:
            self._by_thread.setdefault(row["thread"], []).append(row)
            self._by_lock.setdefault(row["lock"], []).append(row)
        for rows in self._by_thread.values():
            rows.sort(key=lambda row: row["asked"])
        for rows in self._by_lock.values():
            rows.sort(key=lambda row: row["got"])

    def lock_of(self, wait: Wait, tid: int) -> int | None:
        """The lock that the thread, by its native id, says it waited for during most of a wait, or None where it says of none."""
        rows = self._by_thread.get(tid, [])
        first = bisect.bisect_left(rows, wait.start, key=lambda row: row["got"])
        meant = [row for row in rows[first : first + 3] if row["asked"] < wait.end]
        return max(meant, key=lambda row: min(row["got"], wait.end) - max(row["asked"], wait.start))["lock"] if meant else None

    def holder_of(self, lock: int | None, time: int) -> int | None:
        """Who had a lock at a time, or None where nobody had it."""
        row = last(self._by_lock.get(lock, []), "got", time) if lock is not None else None
        return row["thread"] if row and time < row["released"] else None


def last(rows: Log, key: str, time: int) -> dict[str, int] | None:
    at = bisect.bisect_right(rows, time, key=lambda row: row[key])
    return rows[at - 1] if at else None


def share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "nothing seen"
