"""Slices and load, against programs that know where they were and when, and against the kernel's own accounts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import unittest
from collections.abc import Iterable

from core_programs import BURST, CROWD, ENDING, HANDED, PINNED
from interpreters_for_tests import Interpreter, free_threaded, interpreters
from state_sampler import sample_in_child
from stream import Slice, Stream
from targets import agent, target
from test_record import BUSY
from test_scheduler import INTERPRETERS

#: As in native/slices.h.
MAX_SLICES = 2_000

#: Interrupts and a hypervisor take time of a core that the kernel does not count as the thread's.
TAKEN_FROM_THREADS = 0.05


def seconds(slices: Iterable[Slice], start: int, end: int) -> float:
    """How much of the slices lies between two moments."""
    return sum(max(0, min(one.end, end) - max(one.start, start)) for one in slices) / 1e9


def whole(slices: Iterable[Slice]) -> list[Slice]:
    """The slices of one thread, those put together that were cut."""
    joined: list[Slice] = []
    for one in slices:
        if joined and joined[-1].end == one.start and joined[-1].core == one.core:
            joined[-1] = joined[-1]._replace(end=one.end)
        else:
            joined.append(one)
    return joined


class Recorded:
    """A recording of a program of `core_programs`, and what the program wrote down."""

    def __init__(self, stream: Stream, told: dict) -> None:
        self.stream = stream
        self.stretches: list[list[int]] = told["stretches"]
        self.switches = {int(tid): count for tid, count in told["switches"].items()}
        self.cpu = {int(tid): ns for tid, ns in told["cpu"].items()}
        self._number = {row["tid"]: thread for thread, row in stream.threads.items()}

    def of(self, tid: int) -> list[Slice]:
        return [one for one in self.stream.slices if one.thread == self._number[tid]]

    def lost(self) -> int:
        return sum(value for _, _, value, _ in self.stream.events_of("lostSlices"))


class SlicesTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "test.tlstream")
        self.written = os.path.join(folder.name, "told.json")

    def record(self, interpreter: Interpreter, program: str) -> Recorded:
        done = agent("record", "-o", self.path, "--", interpreter.path, "-c", program, self.written)
        self.assertEqual(done.returncode, 0, done.stderr)
        stream = Stream.read(self.path)
        if stream.hello["features"]["switches"] != "ok":
            self.skipTest(stream.hello["features"]["switches"])
        with open(self.written, encoding="ascii") as file:
            return Recorded(stream, json.load(file))

    def assert_nobody_shares_a_core(self, stream: Stream) -> None:
        last: dict[int, Slice] = {}
        for one in sorted(stream.slices, key=lambda slice_: slice_.start):
            before = last.get(one.core)
            self.assertTrue(before is None or before.end <= one.start, f"{before} and {one}")
            last[one.core] = one

    def assert_covered(self, recorded: Recorded) -> None:
        """In all stretches together, a thread was on a core for as long as it had CPU time."""
        found = sum(seconds(recorded.of(tid), start, end) for tid, _, start, end, _ in recorded.stretches)
        had = sum(cpu for *_, cpu in recorded.stretches) / 1e9
        self.assertAlmostEqual(found, had, delta=TAKEN_FROM_THREADS * had)

    def test_a_thread_that_goes_from_core_to_core(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)):
                recorded = self.record(interpreter, PINNED)
                self.assertEqual(len(recorded.stretches), 30)
                self.assert_covered(recorded)
                for tid, core, start, end, _ in recorded.stretches:
                    on = {one.core for one in recorded.of(tid) if one.end > start and one.start < end}
                    self.assertEqual(on, {core})

    def test_two_threads_that_hand_each_other_a_core(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)):
                recorded = self.record(interpreter, HANDED)
                self.assertEqual(len(recorded.stretches), 100)
                self.assert_nobody_shares_a_core(recorded.stream)
                self.assert_covered(recorded)
                for tid, core, start, end, cpu in recorded.stretches:
                    inside = [one for one in recorded.of(tid) if one.end > start and one.start < end]
                    self.assertEqual({one.core for one in inside}, {core})
                    self.assertGreater(seconds(inside, start, end), 0.9 * cpu / 1e9)

    def test_more_threads_than_cores(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)):
                recorded = self.record(interpreter, CROWD)
                self.assert_nobody_shares_a_core(recorded.stream)
                self.assert_covered(recorded)
                self.assertEqual(len(recorded.switches), 5)
                for tid, ns in recorded.cpu.items():
                    slices = recorded.of(tid)
                    self.assertAlmostEqual(seconds(slices, 0, slices[-1].end), ns / 1e9, delta=TAKEN_FROM_THREADS * ns / 1e9 + 0.005)
                # The kernel counts from the thread's first step on, before there is anything of Python to be seen.
                missing = sum(recorded.switches.values()) - sum(len(whole(recorded.of(tid))) for tid in recorded.switches)
                self.assertLess(missing - recorded.lost(), 5 * 10)

    def test_threads_that_end_on_a_core(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)):
                stream = self.record(interpreter, ENDING).stream
                self.assert_nobody_shares_a_core(stream)
                short = [one for one in stream.slices if stream.threads[one.thread]["end"] - stream.threads[one.thread]["start"] < 0.2e9]
                self.assertGreater(len({one.thread for one in short}), 10)

    def test_threads_in_several_interpreters(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, INTERPRETERS) as process:
                done = agent("record", "-o", self.path, "--pid", str(process.pid), "--duration", "1.5")
                self.assertEqual(done.returncode, 0, done.stderr)
                stream = Stream.read(self.path)
                self.assert_nobody_shares_a_core(stream)
                for thread in {one.thread for one in stream.slices}:
                    (start, before), *_, (end, after) = [(time, cpu) for number, time, cpu, _ in stream.cpu if number == thread]
                    found = seconds((one for one in stream.slices if one.thread == thread), start, end)
                    # The last look and the last of the slices are up to a tick apart.
                    self.assertAlmostEqual(found, (after - before) / 1e9, delta=0.1)

    def test_a_burst_beyond_the_lid_is_counted(self):
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("no free-threaded interpreter")
        recorded = self.record(interpreter, BURST)
        stream = recorded.stream
        lost = stream.events_of("lostSlices")
        self.assertGreater(recorded.lost(), MAX_SLICES)
        self.assertLessEqual(len(stream.slices), MAX_SLICES * stream.batches)
        self.assert_nobody_shares_a_core(stream)
        found = sum(len(whole(recorded.of(tid))) for tid in recorded.switches)
        switches = sum(recorded.switches.values())
        self.assertAlmostEqual(found + recorded.lost(), switches, delta=0.02 * switches)
        self.assertEqual(lost[-1][2], 0, "none is missing any more")
        (_, core, start, end, cpu), = recorded.stretches
        self.assertLess(lost[-1][0], start)
        after = [one for one in stream.slices if one.end > start and one.start < end and one.core == core]
        self.assertAlmostEqual(seconds(after, start, end), cpu / 1e9, delta=TAKEN_FROM_THREADS * cpu / 1e9 + 0.005)

    def test_without_context_switches_there_are_none(self):
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("no free-threaded interpreter")
        with target(interpreter, BUSY) as process:
            for perf in (True, False):
                found = sample_in_child(process.pid, 0.5, perf=perf)
                self.assertEqual(found["slices"] > 0, perf)
                self.assertEqual(found["features"]["switches"] == "ok", perf)


BUSY_FOR_A_SECOND = """
import sys, time
before = time.process_time_ns()
time.sleep(0.2)
start, own = time.monotonic_ns(), time.process_time_ns()
while time.process_time_ns() < own + 1_000_000_000: pass
print(start, time.monotonic_ns(), time.process_time_ns() - own)
time.sleep(0.2)
"""


class LoadTest(unittest.TestCase):
    def test_a_busy_process_beside_the_program(self):
        interpreter = interpreters()[0]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "test.tlstream")
            helper = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            try:
                done = agent("record", "-o", path, "--", interpreter.path, "-c", BUSY_FOR_A_SECOND)
                with open(f"/proc/{helper.pid}/schedstat", encoding="ascii") as file:
                    helped = int(file.read().split()[0])
            finally:
                helper.kill()
                helper.wait()
            self.assertEqual(done.returncode, 0, done.stderr)
            stream = Stream.read(path)
        self.assertEqual(stream.hello["features"]["load"], "ok")
        start, end, own = map(int, done.stdout.split())
        before = max((load for load in stream.load if load.time <= start), key=lambda load: load.time)
        after = min((load for load in stream.load if load.time >= end), key=lambda load: load.time)
        self.assertAlmostEqual(after.own - before.own, own, delta=0.05 * own)
        others, passed = (after.busy - before.busy) - (after.own - before.own), after.time - before.time
        # It has at most its core, and what it had in all lies within these stretches but for its start.
        self.assertGreater(others, 0.8 * min(passed, helped))
        step = 1e9 / os.sysconf("SC_CLK_TCK")
        self.assertLessEqual(after.busy - before.busy, (passed + 2 * step) * os.cpu_count())


if __name__ == "__main__":
    unittest.main()
