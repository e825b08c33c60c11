"""`threadlens_agent.start()` in a program."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import unittest

from interpreters_for_tests import Interpreter, free_threaded, interpreters
from stream import Stream
from targets import agent_environment

RECORDS_ITSELF = """
import os, sys, threading, time
import threadlens_agent
threadlens_agent.start(sys.argv[1])
def compute():
    end = time.monotonic() + 0.5
    while time.monotonic() < end: sum(range(200))
thread = threading.Thread(target=compute, name="computes")
thread.start()
thread.join()
"""


class InsideTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "test.tlstream")

    def run_program(self, interpreter: Interpreter, program: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [interpreter.path, "-c", program, self.path], env=agent_environment(), capture_output=True, text=True, timeout=60
        )

    def need(self) -> Interpreter:
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("no free-threaded interpreter")
        return interpreter

    def test_a_program_records_itself_to_its_end(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)):
                done = self.run_program(interpreter, RECORDS_ITSELF)
                self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
                stream = Stream.read(self.path)
                self.assertTrue(stream.complete)
                self.assertIn("computes", stream.names())
                self.assertGreater(len(stream.ticks) + stream.missed, 250, "it was recorded from the line after start()")
                self.assertEqual(stream.hello["process"]["gilEnabled"], not interpreter.free_threaded, "start() did not turn the GIL on")

    def test_stop_and_start_again(self):
        program = RECORDS_ITSELF + "threadlens_agent.stop()\nthreadlens_agent.start(sys.argv[1] + '2')\ntime.sleep(0.2)\n"
        done = self.run_program(self.need(), program)
        self.assertEqual(done.returncode, 0, done.stderr)
        for path in (self.path, self.path + "2"):
            self.assertEqual(Stream.read(path).end["reason"], "stopped")

    def test_a_forked_child_does_not_end_its_parents_recording(self):
        program = RECORDS_ITSELF + "child = os.fork()\nif child: os.waitpid(child, 0); time.sleep(0.4)\n"
        self.assertEqual(self.run_program(self.need(), program).returncode, 0)
        stream = Stream.read(self.path)
        self.assertTrue(stream.complete)
        self.assertGreater(len(stream.ticks) + stream.missed, 600)

    def test_a_program_that_is_killed_leaves_a_whole_recording(self):
        program = RECORDS_ITSELF + f"os.kill(os.getpid(), {int(signal.SIGKILL)})\n"
        self.assertEqual(self.run_program(self.need(), program).returncode, -9)
        for _ in range(100):
            stream = Stream.read(self.path)
            if stream.complete:
                break
            subprocess.run(["sleep", "0.05"], check=True)
        self.assertTrue(stream.complete)

    def test_a_mistake_is_an_exception_in_one_line(self):
        program = (
            "import sys, threadlens_agent\nfrom threadlens_agent.errors import AgentError\n"
            "for wrong in ({'output': '/no/such/folder/x.tlstream'}, {'connect': '127.0.0.1:1'}):\n"
            "    try: threadlens_agent.start(**wrong)\n"
            "    except AgentError as error: print(error)\n"
        )
        done = self.run_program(self.need(), program)
        self.assertEqual(done.stderr, "")
        first, second = done.stdout.splitlines()
        self.assertIn("cannot write to /no/such/folder/x.tlstream", first)
        self.assertIn("THREADLENS_TOKEN", second)


if __name__ == "__main__":
    unittest.main()
