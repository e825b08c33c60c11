"""The names of locks, read out of real interpreters: of each way to get at a lock one thread that waits for it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from garbage import garbage_targets
from interpreters_for_tests import Interpreter, free_threaded, interpreters
from threadlens_agent.layout import Unknown
from threadlens_agent.lock_names import LockNames
from threadlens_agent.memory import Unreadable
from threadlens_agent.native_build import compile_library
from threadlens_agent.runtime import Runtime, find_runtime

_PROGRAMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lock_programs.py")
_KINDS = ("lock", "rlock", "semaphore", "critical-section", "condition", "queue", "native-lock", "internal-lock")
_MOST_THREADS = 1000
_STACK_REACH = 4096

_TAKER = """
#include <pthread.h>
__attribute__((visibility("default"))) void take(pthread_mutex_t *mutex)
{
    pthread_mutex_lock(mutex);
    pthread_mutex_unlock(mutex);
}
"""


class Waiter(NamedTuple):
    """A thread of a program, as the program describes it."""

    tid: int
    kind: str
    address: int
    name: str


class Running(NamedTuple):
    """One of the programs, while it runs."""

    process: subprocess.Popen[str]
    runtime: Runtime
    waiters: list[Waiter]


@contextlib.contextmanager
def program(interpreter: Interpreter, *arguments: str) -> Iterator[Running]:
    process = subprocess.Popen([interpreter.path, _PROGRAMS, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        waiters = [Waiter(*one) for one in json.loads(process.stdout.readline())]
        runtime = find_runtime(process.pid)
        assert runtime is not None and waiters
        yield Running(process, runtime, waiters)
    finally:
        process.kill()
        process.communicate()


def thread_states(runtime: Runtime) -> dict[int, int]:
    """Addresses by native id."""
    layout, memory = runtime.layout, runtime.memory
    found: dict[int, int] = {}
    thread = memory.word(runtime.main_interpreter() + layout.threads_head)
    for _ in range(_MOST_THREADS):
        if not thread:
            break
        found[int.from_bytes(memory.read(thread + layout.thread_tid, 4), "little")] = thread
        thread = memory.word(thread + layout.thread_next)
    return found


def awaited_natively(runtime: Runtime, tid: int) -> tuple[str, int]:
    """The kind and the address of a lock of native code. What is parked has a note on its stack, in front of the semaphore, of the address
    of the lock; any other waits on the lock itself."""
    fields = Path(f"/proc/{runtime.memory.pid}/task/{tid}/syscall").read_text(encoding="ascii").split()
    futex, stack_pointer = int(fields[1], 16), int(fields[-2], 16)
    if stack_pointer <= futex < stack_pointer + _STACK_REACH:
        return "internal-lock", runtime.memory.word(futex - 8)
    return "native-lock", futex


class LockNamesTest(unittest.TestCase):
    maxDiff = None

    def test_every_way_to_a_lock(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), program(interpreter, "names") as (_, runtime, waiters):
                states, names = thread_states(runtime), LockNames(runtime)
                for _ in range(2):  # what is known of code from the first time must do for the second
                    found = [names.name(states[one.tid], one.kind, one.address) for one in waiters]
                    self.assertEqual(found, [one.name for one in waiters])

    def test_kinds_that_are_no_objects(self):
        for interpreter in interpreters()[:1]:
            with program(interpreter, "names") as (_, runtime, waiters):
                state, names = thread_states(runtime)[waiters[0].tid], LockNames(runtime)
                for kind in ("interpreter-lock", "gil", "pause", "pause-request", "join", "native-signal"):
                    self.assertIsNone(names.name(state, kind, waiters[0].address), kind)

    def test_native_code(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "taker.c").write_text(_TAKER, encoding="ascii")
            library = Path(folder, "libtaker.so")
            compile_library(Path(folder), library)
            for interpreter in interpreters():
                with self.subTest(str(interpreter)), program(interpreter, "native", str(library)) as (_, runtime, waiters):
                    states, names = thread_states(runtime), LockNames(runtime)
                    found = [names.name(states[one.tid], *awaited_natively(runtime, one.tid)) for one in waiters]
                    self.assertEqual(found, [one.name for one in waiters])

    def test_threads_that_wake_while_we_read(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), program(interpreter, "wake") as (_, runtime, waiters):
                states, names = thread_states(runtime), LockNames(runtime)
                for one in waiters:
                    found = {names.name(states[one.tid], one.kind, one.address) for _ in range(200)}
                    self.assertIn(one.name, found)
                    self.assertLessEqual(found, {one.name, None})

    def test_a_thread_that_is_gone(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), program(interpreter, "end") as (process, runtime, (one,)):
                state, names = thread_states(runtime)[one.tid], LockNames(runtime)
                self.assertEqual(names.name(state, one.kind, one.address), one.name)
                process.stdin.write("\n")
                process.stdin.flush()
                self.assertEqual(process.stdout.readline(), "ended\n")
                for kind in _KINDS:
                    self.assertIsNone(names.name(state, kind, one.address), kind)

    def test_a_process_that_is_gone(self):
        for interpreter in interpreters()[:1]:
            with program(interpreter, "names") as (_, runtime, waiters):
                states, names = thread_states(runtime), LockNames(runtime)
                self.assertEqual(names.name(states[waiters[0].tid], waiters[0].kind, waiters[0].address), waiters[0].name)
            for one in waiters:
                self.assertIsNone(names.name(states[one.tid], one.kind, one.address))

    def test_addresses_of_nothing(self):
        chance = random.Random(3)
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), program(interpreter, "names") as (_, runtime, waiters):
                states, names = thread_states(runtime), LockNames(runtime)
                right = states[waiters[0].tid]
                nowhere = [0, 1, 8, 2**47 - 8, 2**56, 2**63, 2**64 - 1, right + 1, right - 8, waiters[0].address]
                nowhere += [chance.getrandbits(48) for _ in range(20)] + [right + 8 * chance.randrange(200) + 8 for _ in range(20)]
                for kind in _KINDS:
                    for address in nowhere:
                        self.assertIsNone(names.name(address, kind, waiters[0].address), (kind, hex(address)))
                for kind in _KINDS[:6]:
                    for address in nowhere[:-41] + nowhere[-40:]:
                        self.assertIsNone(names.name(right, kind, address), (kind, hex(address)))

    def test_memory_that_makes_no_sense(self):
        interpreter = free_threaded() or interpreters()[0]
        names_tried = 0
        for _, process in garbage_targets(interpreter, range(24)):
            try:
                runtime = find_runtime(process.pid)
                states = thread_states(runtime) if runtime else {}
            except (Unreadable, Unknown):
                continue
            names = LockNames(runtime)
            chance = random.Random(4)
            for state in states.values():
                for kind in _KINDS:
                    name = names.name(state, kind, chance.choice([*states.values(), chance.getrandbits(47) & ~7]))
                    self.assertTrue(name is None or len(name) <= 80, name)
                    names_tried += 1
        self.assertGreater(names_tried, 100)


if __name__ == "__main__":
    unittest.main()
