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

from diagnosis import Case, complaints, record_sample, report_of, wait_seconds
from recorded import Recorded

HERE = Path(__file__).resolve().parent

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
        recorded = Recorded(file)
    asked = Requests(log)
    holds = {lock: sorted((hold for hold in recorded.holds if hold.lock == lock), key=lambda hold: hold.start) for lock in {h.lock for h in recorded.holds}}
    right = wrong = unnamed = 0
    for wait in recorded.waits:
        number = asked.lock_of(wait.tid, wait.start)
        for tick in recorded.ticks[bisect.bisect_left(recorded.ticks, wait.start) : bisect.bisect_left(recorded.ticks, wait.end)]:
            true = asked.holder_of(number, tick)
            if true is not None:
                seen = {hold.tid for hold in holds.get(wait.lock, []) if hold.start <= tick < hold.end}
                right += seen == {true}
                wrong += bool(seen) and seen != {true}
                unnamed += not seen
    return f"{share(right, right + wrong + unnamed)} ({right} right, {wrong} wrong, {unnamed} not named)"


def open_wait(python: Path) -> str:
    """How far the start of a wait that never ends is from what the thread says."""
    with recorded_program(python, "logged_programs.py", "long_waits", "600", duration=4) as (file, log):
        recorded = Recorded(file)
    starts = {wait.tid: wait.start for wait in recorded.waits if wait.batches > 1}
    off = [abs(starts[row["thread"]] - row["asked"]) / 1e6 for row in log if row["thread"] in starts]
    return f"{max(off):.2f} ms at most, {len(off)} of {len(log)} waits seen" if off else f"none of {len(log)} waits seen"


def pauses(python: Path) -> str:
    truth, report = record_sample(Case(python, "gc_in_loop"), 10)
    told, reported = truth["measured"]["pauseSeconds"], report["pauses"]["seconds"]
    return f"{reported / told - 1:+.1%} ({reported:.2f} s of {told:.2f} s, {truth['measured']['pauses']} collections)"


def refcount(python: Path) -> str:
    runs = [record_sample(Case(python, "refcount_get"), 3) for _ in range(10)]
    return f"{sum(not complaints(truth['expected'], report) for truth, report in runs)} of {len(runs)}"


def private_objects(python: Path) -> str:
    reports = [record_sample(Case(python, "private_get"), 3)[1] for _ in range(10)]
    return f"{sum(finding['class'] == 'refcount' for report in reports for finding in report.get('findings', []))} in {len(reports)} runs"


def agent_cpu(python: Path) -> str:
    """From the second second on, when what is read once has been read."""
    shares = []
    for _ in range(3):
        with recorded_program(python, "programs.py", "mixed", duration=12) as (file, _):
            costs = Recorded(file).agent_cpu
        first = next(row for row in costs if row[0] > costs[0][0] + 2_000_000_000)
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
        environment = {**os.environ, "PYTHONPATH": os.environ["THREADLENS_AGENT_PATH"]}
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        yield stream, json.loads(log.read_text(encoding="utf-8")) if log.exists() else []


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

    def lock_of(self, tid: int, time: int) -> int | None:
        """The lock that a thread asked for last at a time."""
        row = last(self._by_thread.get(tid, []), "asked", time)
        return row["lock"] if row else None

    def holder_of(self, lock: int | None, time: int) -> int | None:
        """Who had a lock at a time, or None where nobody had it."""
        row = last(self._by_lock.get(lock, []), "got", time) if lock is not None else None
        return row["thread"] if row and time < row["released"] else None


def last(rows: Log, key: str, time: int) -> dict[str, int] | None:
    at = bisect.bisect_right(rows, time, key=lambda row: row[key])
    return rows[at - 1] if at else None


def share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "nothing seen"
