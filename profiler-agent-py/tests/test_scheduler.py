"""The scheduler's side of states: what the sampler says agrees with the kernel's own accounts, and it keeps its footing where the machine is mean."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import unittest

from interpreters_for_tests import Interpreter, free_threaded, interpreters
from state_sampler import sample_in_child
from targets import target
from test_states import on_core, program, share

MANY = """
    import sys, threading, time
    count = int(sys.argv[1])
    for _ in range(count):
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    print("ready", flush=True)
    sys.stdin.readline()
"""

CHURN = """
    import sys, threading, time
    def short():
        time.sleep(0.002)
        sum(range(1000))
    def spawn():
        while True:
            threads = [threading.Thread(target=short) for _ in range(8)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
    for _ in range(2):
        threading.Thread(target=spawn, daemon=True).start()
    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    print("ready", flush=True)
    sys.stdin.readline()
"""

INTERPRETERS = """
    import sys, threading, time
    try:
        import _interpreters as interpreters
    except ImportError:
        sys.exit(print("none", flush=True))
    inside = "while True:\\n    for i in range(1000): pass\\n"
    once = "for i in range(100000): pass"
    def steady():
        interpreters.run_string(interpreters.create(), inside)
    def again():
        while True:
            one = interpreters.create()
            interpreters.run_string(one, once)
            interpreters.destroy(one)
    for function in (steady, again):
        threading.Thread(target=function, daemon=True).start()
    print("ready", flush=True)
    sys.stdin.readline()
"""


def accounts(pid: int) -> dict[int, tuple[int, int]]:
    """CPU time and run delay of each thread so far, ns, as the kernel has them."""
    found = {}
    for tid in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{tid}/schedstat", encoding="ascii") as file:
            cpu, delay, _ = map(int, file.read().split())
        found[int(tid)] = cpu, delay
    return found


class SchedulerTest(unittest.TestCase):
    def setUp(self) -> None:
        found = free_threaded()
        if found is None:
            self.skipTest("no free-threaded interpreter")
        self.interpreter: Interpreter = found

    def assert_agrees(self, name: str, perf: bool, tolerance: float) -> None:
        with program(self.interpreter, name) as (pid, expected):
            before, began = accounts(pid), time.monotonic_ns()
            found = sample_in_child(pid, 2, perf=perf)
            after, passed = accounts(pid), time.monotonic_ns() - began
        for tid in expected:
            states = found["threads"][tid]
            cpu, delay = ((after[tid][i] - before[tid][i]) / passed for i in range(2))
            said = f"{expected[tid][0]}: on a core {cpu:.2f}, ready {delay:.2f} of the time; sampled {states}"
            self.assertAlmostEqual(share(states, "running", "native"), cpu, delta=tolerance, msg=said)
            self.assertAlmostEqual(share(states, "runnable"), delay, delta=tolerance, msg=said)

    def test_shares_agree_with_the_kernels_accounts(self):
        for name in ("work", "crowd"):
            with self.subTest(name):
                self.assert_agrees(name, perf=True, tolerance=0.15)

    def test_estimated_shares_agree_roughly_where_only_the_target_wants_the_cores(self):
        self.assert_agrees("crowd", perf=False, tolerance=0.4)

    def test_a_stopped_process_goes_on_where_it_was(self):
        with program(self.interpreter, "waits") as (pid, expected):
            os.kill(pid, signal.SIGSTOP)
            time.sleep(0.1)
            os.kill(pid, signal.SIGCONT)
            time.sleep(0.1)
            found = sample_in_child(pid, 0.5)
        sleep = next(tid for tid, (name, _) in expected.items() if name == "sleep")
        self.assertGreater(share(found["threads"][sleep], "idle", "unknown"), 0.97, found["threads"][sleep])

    def test_a_process_stopped_and_continued_while_it_is_watched(self):
        with program(self.interpreter, "waits") as (pid, expected):
            watcher = subprocess.Popen(
                ["/bin/sh", "-c", f"sleep 1; kill -STOP {pid}; kill -CONT {pid}"]
            )
            found = sample_in_child(pid, 2)
            watcher.wait()
        wrong = {
            name: (state, found["threads"][tid])
            for tid, (name, state) in expected.items()
            if state != "turns" and share(found["threads"][tid], state) < 0.9
        }
        self.assertEqual(wrong, {})

    def test_two_thousand_threads(self):
        with target(self.interpreter, MANY, "2000") as process:
            found = sample_in_child(process.pid, 2, rate_hz=100)
        idle = sum(share(states, "idle") > 0.9 for states in found["threads"].values())
        self.assertEqual(idle, 2000)
        self.assertEqual(found["features"]["switches"], "ok")

    def test_few_descriptors_are_enough_for_many_threads(self):
        for perf in (True, False):
            with self.subTest(perf=perf), target(self.interpreter, MANY, "300") as process:
                found = sample_in_child(process.pid, 1, rate_hz=200, perf=perf, descriptors=200)
                idle = sum(share(states, "idle") > 0.9 for states in found["threads"].values())
                self.assertEqual(idle, 300)

    def test_a_thread_that_entered_another_interpreter_is_still_one_thread(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, INTERPRETERS) as process:
                found = sample_in_child(process.pid, 1)
                self.assertEqual(len(found["threads"]), 3)
                crowded = [tick for tick in found["ticks"] if sum(tick.values()) > 3]
                self.assertEqual(crowded, [])
                # The other makes and destroys interpreters, most of the time between two of them.
                self.assertGreater(max(share(on_core(states), "running") for states in found["threads"].values()), 0.9, found["threads"])

    def test_threads_that_come_and_go(self):
        for perf in (True, False):
            with self.subTest(perf=perf), target(self.interpreter, CHURN) as process:
                found = sample_in_child(process.pid, 1.5, perf=perf)
                self.assertIsNone(process.poll())
                self.assertGreater(len(found["threads"]), 20)
                steady = max(found["threads"].values(), key=lambda states: states.get("idle", 0))
                self.assertGreater(share(steady, "idle"), 0.97)


if __name__ == "__main__":
    unittest.main()
