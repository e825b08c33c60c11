"""Whatever the process is or does, the library ends cleanly and says one line."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
import unittest
from collections.abc import Iterator
from pathlib import Path

from engine import Reader, eventually, sampling
from garbage import garbage_targets
from interpreters_for_tests import free_threaded, interpreters, older
from targets import target
from threadlens_agent import native
from threadlens_agent.native import NativeError, open_sampler

_BUSY = """
    import threading, time
    def work():
        while True: sum(i * i for i in range(100))
    for _ in range(3):
        threading.Thread(target=work, daemon=True).start()
    print("ready", flush=True)
    time.sleep(3600)
"""
_EXEC = """
    import os, sys, time
    print("ready", flush=True)
    sys.stdin.readline()
    os.execv(sys.argv[1], [sys.argv[1], *sys.argv[2:]])
"""
_FORK = """
    import os, threading, time, warnings
    warnings.simplefilter("ignore")
    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
    print("ready", flush=True)
    while True:
        child = os.fork()
        if not child:
            os._exit(0)
        os.waitpid(child, 0)
        time.sleep(0.01)
"""


@contextlib.contextmanager
def _running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command) as process:
        try:
            yield process
        finally:
            process.kill()


class Hostile(unittest.TestCase):
    def refused(self, pid: int, fault: int, *words: str) -> None:
        """Asserts that the process is not looked into, for this reason, in one line with these words."""
        with self.assertRaises(NativeError) as caught:
            open_sampler(pid).close()
        self.assertEqual(caught.exception.fault, fault, caught.exception)
        for word in words:
            self.assertIn(word, str(caught.exception))
        self.assertNotIn("\n", str(caught.exception))

    def test_no_such_process(self) -> None:
        with _running("true") as process:
            process.wait()
            self.refused(process.pid, native.NO_SUCH_PROCESS, str(process.pid))
        self.refused(-1, native.NO_SUCH_PROCESS)

    def test_not_a_python(self) -> None:
        with _running("sleep", "60") as process:
            time.sleep(0.2)  # until it is no longer a copy of this process
            self.refused(process.pid, native.NOT_PYTHON, "sleep")

    def test_an_older_python(self) -> None:
        path = older()
        if path is None:
            self.skipTest("no Python before 3.13")
        with _running(path, "-c", "import time; time.sleep(60)") as process:
            time.sleep(0.3)
            self.refused(process.pid, native.TOO_OLD, "3.13 or later")

    def test_no_permission(self) -> None:
        interpreter = free_threaded()
        if interpreter is None or os.geteuid() != 0:
            self.skipTest("needs root and an interpreter")
        with target(interpreter, _BUSY) as process:
            native.load()
            child = os.fork()
            if not child:
                os.setuid(65534)
                try:
                    open_sampler(process.pid)
                except NativeError as error:
                    os._exit(0 if error.fault == native.NO_PERMISSION and "CAP_SYS_PTRACE" in str(error) else 2)
                finally:
                    os._exit(1)
            self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0)

    def test_a_process_that_ends_at_any_moment(self) -> None:
        for interpreter in interpreters():
            for how in (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM):
                with self.subTest(interpreter=str(interpreter), how=how), target(interpreter, _BUSY) as process:
                    reader = Reader()
                    with sampling(process.pid, 5000) as sampler:
                        time.sleep(random.uniform(0, 0.3))
                        process.send_signal(how)
                        process.wait()
                        eventually(lambda: not sampler.alive or None)
                        reader.take(sampler.take().tables)
                        self.assertFalse(sampler.tick())
                    for sample in reader.samples:
                        reader.stack(sample["stack"])

    def test_a_process_that_starts_or_ends_just_then(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)):
                for _ in range(20):
                    with _running(interpreter.path, "-c", "pass") as process:
                        time.sleep(random.uniform(0, 0.03))
                        with contextlib.suppress(NativeError), contextlib.closing(open_sampler(process.pid)) as sampler:
                            while sampler.tick():
                                pass

    def test_a_process_that_becomes_another_program(self) -> None:
        for interpreter in interpreters():
            for becomes in (["/bin/sleep", "60"], [interpreter.path, "-c", "import time; time.sleep(60)"]):
                with self.subTest(interpreter=str(interpreter), becomes=becomes[0]), target(interpreter, _EXEC, *becomes) as process:
                    with sampling(process.pid, 1000) as sampler:
                        time.sleep(0.1)
                        assert process.stdin is not None
                        process.stdin.write("\n")
                        process.stdin.flush()
                        eventually(lambda: not sampler.alive or None)

    def test_a_process_that_forks(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)), target(interpreter, _FORK) as process:
                reader = Reader()
                with sampling(process.pid, 1000) as sampler:
                    time.sleep(0.5)
                    self.assertTrue(sampler.alive)
                    reader.take(sampler.take().tables)
                self.assertEqual(len(reader.threads), 2)

    def test_a_process_with_thread_ids_of_its_own(self) -> None:
        interpreter = free_threaded()
        unshare = ["unshare", "--pid", "--fork", "--kill-child"]
        if interpreter is None or shutil.which("unshare") is None or subprocess.run([*unshare, "true"], capture_output=True).returncode:
            self.skipTest("needs a free-threaded interpreter, and leave to make a namespace")
        with _running(*unshare, interpreter.path, "-c", "import time; time.sleep(3600)") as process:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            child = int(eventually(lambda: children.read_text().strip() or None))
            time.sleep(0.3)
            self.assertEqual([one.tid for one in native.look(child)], [child])

    def test_memory_that_is_garbage(self) -> None:
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("needs a free-threaded interpreter")
        for seed, process in garbage_targets(interpreter, range(16)):
            with self.subTest(seed=seed), contextlib.suppress(NativeError):
                with contextlib.closing(open_sampler(process.pid)) as sampler:
                    started = time.monotonic()
                    while sampler.tick() and time.monotonic() - started < 0.3:
                        sampler.take()
                    self.assertLess(time.monotonic() - started, 5)

    def test_a_pause_and_a_change_of_rate(self) -> None:
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("needs a free-threaded interpreter")
        with target(interpreter, _BUSY) as process, sampling(process.pid, 1000) as sampler:
            time.sleep(0.1)
            sampler.pause()
            time.sleep(0.1)
            sampler.take()
            time.sleep(0.2)
            self.assertNotIn("ticks", sampler.take().tables)
            sampler.set_rate(100)
            sampler.resume()
            time.sleep(0.5)
            reader = Reader()
            reader.take(sampler.take().tables)
            self.assertIn(len(reader.ticks), range(20, 60))


if __name__ == "__main__":
    unittest.main()
