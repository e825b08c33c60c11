"""Ctrl+C at a real terminal, where the kernel gives it to the agent and to the program alike."""

from __future__ import annotations

import os
import pty
import select
import sys
import tempfile
import time
import unittest

from interpreters_for_tests import free_threaded
from stream import Stream
from targets import agent_environment

COUNTS_INTERRUPTS = """
import time
count = 0
print("ready", flush=True)
end = time.monotonic() + 1.5
while time.monotonic() < end:
    try: time.sleep(max(0, end - time.monotonic()))
    except KeyboardInterrupt: count += 1
print("interrupts:", count, flush=True)
raise SystemExit(count + 10)
"""


class TerminalTest(unittest.TestCase):
    def test_the_program_gets_each_interrupt_once_and_is_recorded_to_its_end(self):
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("no free-threaded interpreter")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "test.tlstream")
            words = [sys.executable, "-m", "threadlens_agent", "record", "-o", path, "--", interpreter.path, "-c", COUNTS_INTERRUPTS]
            pid, terminal = pty.fork()
            if pid == 0:
                os.execve(sys.executable, words, agent_environment())
            try:
                self._read_until(terminal, b"ready")
                for _ in range(2):
                    time.sleep(0.3)  # a signal that comes just before the program sleeps is seen by it only when it has slept
                    os.write(terminal, b"\x03")
                self._read_until(terminal, b"interrupts: 2")
                _, status = os.waitpid(pid, 0)
            finally:
                os.close(terminal)
            self.assertEqual(os.waitstatus_to_exitcode(status), 12)
            stream = Stream.read(path)
            self.assertEqual((stream.end["reason"], stream.end["exitCode"]), ("exited", 12))

    def _read_until(self, terminal: int, wanted: bytes) -> None:
        seen = b""
        deadline = time.monotonic() + 20
        while wanted not in seen:
            self.assertLess(time.monotonic(), deadline, seen)
            if select.select([terminal], [], [], 0.2)[0]:
                seen += os.read(terminal, 4096)


if __name__ == "__main__":
    unittest.main()
