"""The names of locks, read out of real interpreters: of each way to get at a lock one thread that waits for it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import time
import unittest
from collections.abc import Iterator

from garbage import garbage_targets
from interpreters_for_tests import Interpreter, interpreters
from threadlens_agent.lock_names import LockNames
from threadlens_agent.memory import Unreadable
from threadlens_agent.runtime import Runtime, find_runtime

_PROGRAMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lock_programs.py")
_MOST_THREADS = 1000


@contextlib.contextmanager
def program(interpreter: Interpreter, name: str) -> Iterator[tuple[Runtime, list[tuple[int, str, int, str]]]]:
    """Runs one of the programs; its interpreter, and of each thread the native id, the kind, the address, and the name to expect."""
    process = subprocess.Popen([interpreter.path, _PROGRAMS, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        expected = [tuple(one) for one in json.loads(process.stdout.readline())]
        runtime = find_runtime(process.pid)
        assert runtime is not None
        yield runtime, expected
    finally:
        process.kill()
        process.communicate()


def thread_states(runtime: Runtime) -> dict[int, int]:
    """Addresses by native id."""
    layout, memory = runtime.layout, runtime.memory
    found: dict[int, int] = {}
    thread = memory.word(runtime.main_interpreter() + layout.threads_head)
    while thread and len(found) < _MOST_THREADS:
        found[int.from_bytes(memory.read(thread + layout.thread_tid, 4), "little")] = thread
        thread = memory.word(thread + layout.thread_next)
    return found


class LockNamesTest(unittest.TestCase):
    maxDiff = None

    def test_every_way_to_a_lock(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), program(interpreter, "names") as (runtime, expected):
                states, names = thread_states(runtime), LockNames(runtime)
                found = [names.name(states[tid], kind, address) for tid, kind, address, _ in expected]
                self.assertEqual(found, [name for *_, name in expected])
                again = [names.name(states[tid], kind, address) for tid, kind, address, _ in expected]
                self.assertEqual(again, found)


if __name__ == "__main__":
    unittest.main()
