"""States, on every interpreter found: one thread for each way to wait or to work, and what the sampler says of it.

Each is told twice: with context switches from the kernel, and with those refused, estimated from /proc. A busy machine takes cores away from
any of them, so where a thread wants a core it is judged by the time in which it had one or did without.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import json
import os
import subprocess
import unittest
from collections.abc import Callable, Iterator

from interpreters_for_tests import Interpreter, interpreters
from state_sampler import sample_in_child

_PROGRAMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "state_programs.py")

Expected = dict[int, tuple[str, str]]


@contextlib.contextmanager
def program(interpreter: Interpreter, name: str, *, gil: bool | None = None) -> Iterator[tuple[int, Expected]]:
    """Runs one of the programs; its pid, and by native id the thread's name and state."""
    environment = dict(os.environ)
    environment.pop("PYTHON_GIL", None)
    if gil is not None:
        environment["PYTHON_GIL"] = str(int(gil))
    process = subprocess.Popen(
        [interpreter.path, _PROGRAMS, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        assert process.stdout is not None
        expected: Expected = {int(tid): tuple(what) for tid, what in json.loads(process.stdout.readline()).items()}
        yield process.pid, expected
    finally:
        process.kill()
        process.communicate()


def share(states: dict[str, int], *wanted: str) -> float:
    return sum(states.get(state, 0) for state in wanted) / max(1, sum(states.values()))


def on_core(states: dict[str, int]) -> dict[str, int]:
    """Without the time in which the machine had no core for it."""
    return {state: count for state, count in states.items() if state != "runnable"}


class StatesTest(unittest.TestCase):
    def each(self, check: Callable[[Interpreter, bool], None], *, free_threaded_only: bool = False) -> None:
        """Calls `check` with each interpreter, with context switches and without."""
        for interpreter in interpreters():
            for perf in (True, False):
                if interpreter.free_threaded or not free_threaded_only:
                    with self.subTest(f"{interpreter}, {'switches' if perf else 'estimated'}"):
                        check(interpreter, perf)

    def sampled(self, name: str, interpreter: Interpreter, perf: bool, seconds: float = 0.5, gil: bool | None = None) -> tuple[dict, dict]:
        """By the name of the thread: its states. And everything else that was found."""
        with program(interpreter, name, gil=gil) as (pid, expected):
            found = sample_in_child(pid, seconds, perf=perf)
        self.assertEqual(found["features"]["switches"] == "ok", perf, found["features"]["switches"])
        self.assertEqual(set(expected) - set(found["threads"]), set(), "threads without samples")
        return {expected[tid]: collections.Counter(states) for tid, states in found["threads"].items() if tid in expected}, found

    def assert_waits(self, interpreter: Interpreter, perf: bool, gil: bool | None = None) -> None:
        threads, _ = self.sampled("waits", interpreter, perf, gil=gil)
        turns = sum((states for (_, state), states in threads.items() if state == "turns"), collections.Counter())
        wrong = {
            name: (state, dict(states))
            for (name, state), states in threads.items()
            if state != "turns" and share(states, state) < 0.9
        }
        self.assertEqual(wrong, {})
        # Three threads, one of which sleeps with the lock in hand.
        self.assertGreater(share(on_core(turns), "lock"), 0.5, turns)
        self.assertGreater(share(on_core(turns), "idle"), 0.2, turns)

    def test_every_way_to_wait(self):
        self.each(self.assert_waits)

    def test_every_way_to_wait_with_the_gil_turned_on(self):
        self.each(functools.partial(self.assert_waits, gil=True), free_threaded_only=True)

    def test_work_in_python_and_in_native_code(self):
        def check(interpreter: Interpreter, perf: bool) -> None:
            threads, _ = self.sampled("work", interpreter, perf)
            for (name, state), states in threads.items():
                self.assertGreater(share(on_core(states), state), 0.85, (name, states))

        self.each(check)

    def test_more_threads_than_cores(self):
        cores = len(os.sched_getaffinity(0))

        def check(interpreter: Interpreter, perf: bool) -> None:
            threads, found = self.sampled("crowd", interpreter, perf)
            for states in threads.values():
                self.assertGreater(share(states, "running", "runnable"), 0.97, states)
            together = sum(threads.values(), collections.Counter())
            self.assertGreater(share(together, "runnable"), 0.4, together)
            at_once = sum(tick.get("running", 0) for tick in found["ticks"]) / len(found["ticks"])
            self.assertLessEqual(at_once, 1.05 * cores)

        self.each(check, free_threaded_only=True)

    def test_one_has_the_gil_and_the_others_want_it(self):
        def check(interpreter: Interpreter, perf: bool) -> None:
            threads, found = self.sampled("spinners", interpreter, perf, gil=True if interpreter.free_threaded else None)
            for states in threads.values():
                # Estimated, a thread that woke to ask for the GIL again, and finds no core either, looks as if it had one.
                self.assertGreater(share(on_core(states), "gil", "running"), 0.85 if perf else 0.4, states)
                self.assertGreater(share(on_core(states), "gil"), 0.5 if perf else 0.2, states)
            two_at_once = sum(tick.get("running", 0) > 1 for tick in found["ticks"])
            self.assertLess(two_at_once, 0.02 * len(found["ticks"]), "two threads at a time with one GIL")

        self.each(check)

    def test_a_shared_dict_has_a_lock_of_its_own(self):
        def check(interpreter: Interpreter, perf: bool) -> None:
            threads, _ = self.sampled("critical_section", interpreter, perf, seconds=1)
            states = {name: states for (name, _), states in threads.items()}
            self.assertGreater(share(on_core(states["writes"]), "lock"), 0.5, states)
            self.assertGreater(share(on_core(states["holds"]), "running"), 0.7, states)
            self.assertEqual(share(states["writes"], "signal", "unknown"), 0, states)

        self.each(check, free_threaded_only=True)

    def test_a_stopped_world(self):
        """Whoever collects takes the lock of the interpreter's list of threads as well, and now and then really waits for it: then, once more."""

        def check(interpreter: Interpreter, perf: bool) -> None:
            for _ in range(2):
                with contextlib.suppress(AssertionError):
                    return look(interpreter, perf)
            look(interpreter, perf)

        def look(interpreter: Interpreter, perf: bool) -> None:
            threads, _ = self.sampled("collections", interpreter, perf, seconds=1)
            for (name, state), states in threads.items():
                if state == "paused":
                    self.assertGreater(share(on_core(states), "paused"), 0.5, (name, states))
                elif name == "sleep":
                    self.assertGreater(share(states, "idle"), 0.97, states)
                elif name == "collects":
                    self.assertGreater(share(on_core(states), "running", "paused"), 0.9, states)
                else:
                    self.assertGreater(share(on_core(states), "native", "paused"), 0.9, states)

        self.each(check, free_threaded_only=True)


if __name__ == "__main__":
    unittest.main()
