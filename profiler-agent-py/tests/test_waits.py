"""What threads wait for, since when, and who holds it, against programs that know it themselves, on every interpreter found."""

from __future__ import annotations

import bisect
import collections
import contextlib
import json
import os
import subprocess
import time
import unittest
from collections.abc import Iterator

from engine import Reader, eventually, recorded
from interpreters_for_tests import Interpreter, interpreters

_PROGRAMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wait_programs.py")
WITH, OWNER, SECTION, GIL = 1, 2, 3, 4


@contextlib.contextmanager
def program(interpreter: Interpreter, *words: str, gil: bool = False) -> Iterator[tuple[subprocess.Popen[str], object]]:
    """Runs one of the programs; the process, and what it says of itself."""
    environment = {**os.environ, "PYTHON_GIL": "1"} if gil and interpreter.free_threaded else {**os.environ}
    process = subprocess.Popen(
        [interpreter.path, _PROGRAMS, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield process, line.strip() == "ready" or json.loads(line)
    finally:
        process.kill()
        process.communicate()


def free_threaded_builds() -> list[Interpreter]:
    return [interpreter for interpreter in interpreters() if interpreter.free_threaded]


class WaitsTest(unittest.TestCase):
    def thread(self, reader: Reader, ident: int) -> int:
        return next(number for number, row in reader.threads.items() if row["ident"] == ident)

    def test_each_kind_since_when_and_who_holds_it(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)):
                with program(interpreter, "each_kind") as (process, facts):
                    reader = recorded(process.pid, 0.4)
                for fact in facts["waits"]:
                    waits = [row for row in reader.waits.values() if row["thread"] == self.thread(reader, fact["ident"])]
                    with self.subTest(kind=fact["kind"], address=fact["address"]):
                        self.assertEqual(len(waits), 1, waits)
                        lock = reader.locks[waits[0]["lock"]]
                        self.assertEqual(lock["kind"], fact["kind"])
                        if fact["address"]:
                            self.assertEqual(lock["address"], fact["address"])
                        has_exact_start = interpreter.minor > 13 and fact["kind"] in ("lock", "rlock")
                        if has_exact_start:
                            self.assertLess(abs(waits[0]["start"] - facts["began"]), 200_000_000)
                            self.assertLess(waits[0]["start"], reader.ticks[0])
                        self.assertAlmostEqual(waits[0]["end"], reader.ticks[-1], delta=5_000_000)
                        holders = {row["thread"] for row in reader.holds if row["lock"] == waits[0]["lock"]}
                        self.assertEqual(holders, {self.thread(reader, fact["holder"])} if fact["holder"] else set())

    def test_a_wait_that_goes_on_is_as_long_as_it_is(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)):
                with program(interpreter, "each_kind") as (process, facts):
                    before = time.monotonic_ns()
                    reader = recorded(process.pid, 0.2)
                    after = time.monotonic_ns()
                ident = next(fact["ident"] for fact in facts["waits"] if fact["kind"] == "lock")
                (wait,) = [row for row in reader.waits.values() if row["thread"] == self.thread(reader, ident)]
                if interpreter.minor > 13:
                    # The program waited a while before it said that it was ready.
                    self.assertGreater(wait["end"] - wait["start"], before - facts["began"] - 100_000_000)
                self.assertLessEqual(wait["end"], after)

    def test_locks_held_by_blocks_outermost_first(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)):
                with program(interpreter, "held") as (process, facts):
                    reader = recorded(process.pid, 0.3)
                for ident, addresses in facts:
                    holds = {row["place"]: row for row in reader.holds if row["thread"] == self.thread(reader, ident)}
                    found = [reader.locks[holds[place]["lock"]]["address"] for place in sorted(holds)]
                    self.assertEqual(found, addresses)
                    self.assertTrue(all(row["how"] == WITH for row in holds.values()))
                functions = {
                    tuple(frame.function for frame in reader.stack(row["stack"])[:1]) for row in reader.holds if row["place"] == 1
                }
                self.assertEqual(functions, {("Nested.deeper",)})
                with open(_PROGRAMS, encoding="utf-8") as source:
                    lines = dict(enumerate(source, 1))
                for row in reader.holds:
                    self.assertIn("with ", lines[reader.stack(row["taken"])[0].line])

    def test_the_holder_is_the_one_who_had_it(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)):
                with program(interpreter, "turns") as (process, _):
                    reader = recorded(process.pid, 1.5)
                    assert process.stdin is not None and process.stdout is not None
                    process.stdin.write("\n")
                    process.stdin.flush()
                    log = sorted((began, ended, ident) for ident, began, ended in json.loads(process.stdout.readline()))
                starts = [began for began, _, _ in log]
                right = wrong = 0
                for hold in reader.holds:
                    for tick in reader.ticks[bisect.bisect_left(reader.ticks, hold["start"]) : bisect.bisect_left(reader.ticks, hold["end"])]:
                        at = bisect.bisect_right(starts, tick) - 1
                        if at >= 0 and tick < log[at][1]:
                            same = reader.threads[hold["thread"]]["ident"] == log[at][2]
                            right, wrong = right + same, wrong + (not same)
                self.assertGreater(right, 500)
                self.assertLess(wrong, 0.02 * (right + wrong), f"{right} right, {wrong} wrong")

    def test_an_object_that_all_write_to(self) -> None:
        for interpreter in free_threaded_builds():
            with self.subTest(interpreter=str(interpreter)), program(interpreter, "shared_objects") as (process, facts):

                def waits_are_seen() -> Reader | None:
                    reader = recorded(process.pid, 1)
                    return reader if self.ticks_by_lock(reader).total() > 100 else None

                reader = eventually(waits_are_seen, 20)
                waited = self.ticks_by_lock(reader)
                most = max(waited, key=lambda number: waited[number])
                lock = reader.locks[most]
                self.assertEqual((lock["kind"], lock["type"], lock["address"]), ("critical-section", "list", facts["address"]))
                self.assertLessEqual({row["how"] for row in reader.holds if row["lock"] == most}, {OWNER, SECTION})

    def test_the_namespace_of_a_class_is_the_interpreters(self) -> None:
        for interpreter in free_threaded_builds():
            with self.subTest(interpreter=str(interpreter)), program(interpreter, "classes") as (process, _):

                def kinds_waited_for() -> collections.Counter[str] | None:
                    reader = recorded(process.pid, 1)
                    kinds: collections.Counter[str] = collections.Counter()
                    for number, ticks in self.ticks_by_lock(reader).items():
                        kinds[reader.locks[number]["kind"]] += ticks
                    return kinds if kinds.total() > 50 else None

                kinds = eventually(kinds_waited_for, 20)
                self.assertEqual(kinds.most_common(1)[0][0], "interpreter-lock", kinds)
                self.assertNotIn("critical-section", kinds)

    def test_the_gil_has_one_holder_at_a_time(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)):
                if interpreter.free_threaded and interpreter.minor == 13:
                    continue  # PYTHON_GIL=1 is there, too, but later versions are enough for that
                with program(interpreter, "spinners", gil=True) as (process, _):
                    reader = recorded(process.pid, 1)
                gil = {number for number, row in reader.locks.items() if row["kind"] == "gil"}
                self.assertEqual(len(gil), 1)
                holds = sorted((row["start"], row["end"], row["thread"]) for row in reader.holds if row["lock"] in gil)
                self.assertGreater(len({thread for _, _, thread in holds}), 1, f"{len(reader.ticks)} ticks, {len(reader.waits)} waits")
                for (_, end, _), (start, _, _) in zip(holds, holds[1:]):
                    self.assertLessEqual(end, start)
                switches = [value for kind, value in reader.events if kind == "gilSwitches"]
                self.assertGreater(switches[-1], switches[0])

    def ticks_by_lock(self, reader: Reader) -> collections.Counter[int]:
        waited: collections.Counter[int] = collections.Counter()
        for row in reader.waits.values():
            waited[row["lock"]] += bisect.bisect_left(reader.ticks, row["end"]) - bisect.bisect_left(reader.ticks, row["start"])
        return waited


class RefcountsTest(unittest.TestCase):
    def test_a_value_that_two_threads_get(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)), program(interpreter, "refcounts", "shared") as (process, facts):
                rows: list[dict] = []

                def met_on_both() -> Reader | None:
                    reader = recorded(process.pid, 1)
                    rows[:] = [row for row in reader.refcounts if row["object"] == facts["address"]]
                    return reader if len({row["thread"] for row in rows}) == 2 else None

                if not interpreter.free_threaded:
                    self.assertEqual(recorded(process.pid, 0.5).refcounts, [])
                    continue
                reader = eventually(met_on_both, 15)
                self.assertEqual({row["type"] for row in rows}, {"Thing"})
                self.assertEqual({reader.stack(row["stack"])[0].function for row in rows}, {"get_shared"})
                self.assertGreater(sum(row["changed"] for row in rows), 0.1 * sum(row["looks"] for row in rows))

    def test_private_values_are_not_accused(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)), program(interpreter, "refcounts", "private") as (process, _):
                reader = recorded(process.pid, 1)
                self.assertEqual([row for row in reader.refcounts if row["changed"] > 0.05 * row["looks"]], [])


if __name__ == "__main__":
    unittest.main()
