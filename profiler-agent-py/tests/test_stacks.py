"""Stacks are whole, and were true at one instant."""

from __future__ import annotations

import time
import unittest

import edge_oracle
from edge_oracle import Cell
from engine import Reader, eventually, looks_by_ident, sampling
from interpreters_for_tests import interpreters
from targets import target
from threadlens_agent.native import look

#: The hardest of the oracle's cells; the benchmark runs them all, and for longer.
_CELLS = (Cell(1, 10, "plain"), Cell(2, 0, "plain"), Cell(2, 0, "generators"), Cell(2, 0, "deep"), Cell(8, 10, "generators"))
_SAMPLES = 2_000

_WAITERS = """
    import threading, time
    never = threading.Event()
    def wait(_=None):
        never.wait()
    def through_c():
        sorted([1], key=lambda x: max(map(wait, [x])))
    def generate():
        yield 0
        yield wait()
    def delegate():
        yield from generate()
    def through_generators():
        for _ in delegate():
            pass
    def deep(depth):
        return deep(depth - 1) if depth else wait()
    class Class:
        def __init__(self):
            wait()
        def __enter__(self):
            return self
        def __exit__(self, *_):
            wait()
        def __del__(self):
            wait()
    def in_with():
        made = object.__new__(Class)
        with made:
            pass
    def in_del():
        object.__new__(Class)
    async def coroutine():
        wait()
    def in_coroutine():
        coroutine().send(None)
    def in_eval():
        eval("wait()")
    for work in through_c, through_generators, lambda: deep(400), Class, in_with, in_del, in_coroutine, in_eval:
        threading.Thread(target=work, daemon=True).start()
    time.sleep(0.2)
    print("ready", flush=True)
    never.wait()
"""
_EXPECTED = [
    ["wait", "through_c.<locals>.<lambda>", "through_c"],
    ["wait", "generate", "delegate", "through_generators"],
    ["wait", *["deep"] * 401, "<lambda>"],
    ["wait", "Class.__init__"],
    ["wait", "Class.__exit__", "in_with"],
    ["wait", "Class.__del__", "in_del"],
    ["wait", "coroutine", "in_coroutine"],
    ["wait", "<module>", "in_eval"],
]

_SUBINTERPRETER = """
    import threading, time
    try:
        import _interpreters as interpreters
    except ImportError:
        import _xxsubinterpreters as interpreters
    number = interpreters.create()
    code = "def within():\\n    import time\\n    time.sleep(3600)\\nwithin()"
    threading.Thread(target=interpreters.exec, args=(number, code), daemon=True).start()
    time.sleep(0.5)
    print("ready", flush=True)
    time.sleep(3600)
"""

_CHURN = """
    import threading, time
    print("ready", flush=True)
    while True:
        thread = threading.Thread(target=time.sleep, args=(0.05,))
        thread.start()
        thread.join()
"""


class Stacks(unittest.TestCase):
    def test_no_stack_is_told_that_never_was(self) -> None:
        for interpreter in interpreters():
            for cell in _CELLS:
                with self.subTest(interpreter=str(interpreter), cell=cell):
                    result = edge_oracle.run(interpreter.path, cell, _SAMPLES)
                    self.assertEqual(result.impossible, 0, result.examples)
                    self.assertLess(result.torn, result.samples)

    def test_stacks_are_whole_whatever_they_are_made_of(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)), target(interpreter, _WAITERS) as process:
                stacks = [[frame.function for frame in one.stack or []] for one in look(process.pid)]
                ours = [
                    stack[stack.index("wait") : stack.index("Thread.run")] for stack in stacks if "wait" in stack and "Thread.run" in stack
                ]
                self.assertCountEqual(ours, _EXPECTED)

    def test_threads_of_every_interpreter_are_seen(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)), target(interpreter, _SUBINTERPRETER) as process:
                functions = {frame.function for one in look(process.pid) for frame in one.stack or []}
                self.assertIn("within", functions)

    def test_threads_come_and_go(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)), target(interpreter, _CHURN) as process:
                reader = Reader()
                with sampling(process.pid, 1000) as sampler:
                    time.sleep(1)
                    reader.take(sampler.take().tables)
                ended = [thread for thread in reader.threads.values() if thread["end"] >= 0]
                self.assertGreater(len(ended), 5)
                for thread in ended:
                    # Seen soon after it began, and its end soon after that.
                    self.assertLess(thread["end"] - thread["start"], 500_000_000)
                for sample in reader.samples:
                    self.assertLess(sample["tick"] + sample["count"], len(reader.ticks) + 1)
                self.assertEqual(sorted(reader.ticks), reader.ticks)

    def test_a_thread_that_does_not_run_keeps_its_stack(self) -> None:
        for interpreter in interpreters():
            program = "import time; print('ready', flush=True); time.sleep(3600)"
            with self.subTest(interpreter=str(interpreter)), target(interpreter, program) as process:
                eventually(lambda: looks_by_ident(process.pid) or None)
                reader = Reader()
                with sampling(process.pid, 1000) as sampler:
                    time.sleep(0.5)
                    reader.take(sampler.take().tables)
                self.assertLessEqual(len(reader.samples), 3)
                self.assertGreater(sum(sample["count"] for sample in reader.samples), 100)
                self.assertEqual([frame.function for frame in reader.stack(reader.samples[-1]["stack"])], ["<module>"])


if __name__ == "__main__":
    unittest.main()
