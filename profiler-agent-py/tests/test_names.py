"""Thread names, read out of real interpreters."""

from __future__ import annotations

import time
import unittest

from interpreters_for_tests import interpreters
from targets import target
from threadlens_agent.names import ThreadNames
from threadlens_agent.runtime import find_runtime, scan_for_runtime

MANY_KINDS = """
    import sys, threading
    stop = threading.Event()

    class Slotted(threading.Thread):
        __slots__ = ("first", "second")
        def run(self): stop.wait()

    class Laden(threading.Thread):
        def __init__(self, **options):
            super().__init__(**options)
            for i in range(60):
                setattr(self, f"attribute_{i}", i)
        def run(self): stop.wait()

    def plain(name):
        return threading.Thread(target=stop.wait, name=name)

    threads = [plain(f"worker-{i}") for i in range(20)]
    threads += [plain("caf\\xe9"), plain("\\u0441\\u043b\\u043e\\u0442"), plain("party \\U0001f389"), plain("long" * 400)]
    threads += [Slotted(name="slotted"), Laden(name="laden")]
    with_dict = plain("with dict")
    with_dict.__dict__["made"] = "by looking at it"
    threads.append(with_dict)
    for thread in threads:
        thread.daemon = True
        thread.start()
    threads[3].name = "renamed"
    print("ready", flush=True)
    sys.stdin.readline()
"""

CHURN = """
    import sys, threading, time
    def brief(n): time.sleep(0.004)
    keep = threading.Thread(target=time.sleep, args=(100,), name="stays", daemon=True)
    keep.start()
    print("ready", flush=True)
    n = 0
    while True:
        batch = [threading.Thread(target=brief, args=(i,), name=f"brief-{n + i}") for i in range(30)]
        n += 30
        for thread in batch: thread.start()
        for thread in batch: thread.join()
"""


def names_of(pid: int) -> ThreadNames:
    runtime = find_runtime(pid)
    assert runtime is not None
    return ThreadNames(runtime)


class NamesTest(unittest.TestCase):
    def test_every_kind_of_thread_and_name(self):
        wanted = {f"worker-{i}" for i in range(20)} - {"worker-3"}
        wanted |= {"MainThread", "renamed", "slotted", "laden", "with dict", ("long" * 400)[:1000]}
        wanted |= {"caf\xe9", "\u0441\u043b\u043e\u0442", "party \U0001f389"}
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, MANY_KINDS) as process:
                self.assertEqual(set(names_of(process.pid).read().values()), wanted)

    def test_threads_that_die_while_we_read(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, CHURN) as process:
                names = names_of(process.pid)
                seen: set[str] = set()
                looks = whole = 0
                deadline = time.monotonic() + 1.5
                while time.monotonic() < deadline:
                    now = set(names.read().values())
                    looks += 1
                    whole += {"MainThread", "stays"} <= now
                    seen |= now
                self.assertEqual({name for name in seen if name not in ("MainThread", "stays") and not name.startswith("brief-")}, set())
                self.assertGreater(len(seen), 5)
                self.assertGreater(whole / looks, 0.5)

    def test_a_program_without_threading_has_no_names(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, "print('ready', flush=True); input()") as process:
                names = names_of(process.pid)
                self.assertLessEqual(set(names.read().values()), {"MainThread"})
                self.assertEqual(names.read(), names.read())

    def test_an_interpreter_in_a_file_of_another_name(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, MANY_KINDS) as process:
                scanned = scan_for_runtime(process.pid)
                self.assertEqual(scanned.build, find_runtime(process.pid).build)
                self.assertIn("renamed", ThreadNames(scanned).read().values())

    def test_a_process_that_is_gone_has_no_names(self):
        for interpreter in interpreters()[:1]:
            with target(interpreter, MANY_KINDS) as process:
                names = names_of(process.pid)
            self.assertEqual(names.read(), {})


if __name__ == "__main__":
    unittest.main()
