"""The command line: exit codes, one line for a mistake, `list` and `dump`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest

from interpreters_for_tests import free_threaded, interpreters, older
from targets import SOURCE, agent, target
from test_record import BUSY


class UsageTest(unittest.TestCase):
    def test_wrong_usage_is_exit_code_2(self):
        for words in (
            [],
            ["record"],
            ["record", "--pid", "1", "--", "python"],
            ["record", "--pid", "x"],
            ["record", "--pid", "1", "--rate", "0"],
            ["record", "--pid", "1", "--rate", "nan"],
            ["record", "--pid", "1", "--duration", "-1"],
            ["record", "--pid", "1", "-o", "a.threadlens"],
            ["record", "--pid", "1", "-o", "a", "--connect", "127.0.0.1:1"],
            ["record", "--pid", "1", "--connect", "nowhere"],
            ["dump"],
            ["list", "--", "python"],
            ["serve", "--pid", "1", "--port", "99999"],
            ["dance"],
        ):
            with self.subTest(words):
                done = agent(*words)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertNotIn("Traceback", done.stderr)

    def test_a_mistake_is_one_line(self):
        sleeping = subprocess.Popen(["/bin/sleep", "30"])
        old = subprocess.Popen([older() or sys.executable, "-c", "import time; time.sleep(30)"])
        time.sleep(0.3)
        try:
            cases = [("999999999", "no process has the pid"), (str(sleeping.pid), "is not a Python")]
            if older():
                cases.append((str(old.pid), "older than 3.13"))
            for job in ("record", "dump"):
                for pid, why in cases:
                    with self.subTest(job=job, why=why), tempfile.TemporaryDirectory() as folder:
                        words = ["--pid", pid, "-o", os.path.join(folder, "x.tlstream")] if job == "record" else [pid]
                        done = agent(job, *words)
                        self.assertEqual(done.returncode, 1)
                        self.assertIn(why, done.stderr)
                        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                        self.assertIn("Traceback", agent(job, *words, "--debug").stderr)
                        self.assertEqual(os.listdir(folder), [], "nothing is left behind where nothing was recorded")
        finally:
            for process in (sleeping, old):
                process.kill()
                process.wait()

    def test_a_file_that_is_something_else_is_not_overwritten(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "precious.py")
            with open(path, "w", encoding="ascii") as file:
                file.write("print('do not lose me')")
            done = agent("record", "-o", path, "--", sys.executable, "-c", "pass")
            self.assertEqual(done.returncode, 1)
            with open(path, encoding="ascii") as file:
                self.assertEqual(file.read(), "print('do not lose me')")


class ListTest(unittest.TestCase):
    def test_finds_what_runs(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, BUSY) as process:
                listed = json.loads(agent("list", "--json").stdout)
                self.assertEqual(listed["format"], "threadlens-processes/1")
                (found,) = [one for one in listed["processes"] if one["pid"] == process.pid]
                self.assertEqual(found["python"], interpreter.version)
                self.assertEqual(found["freeThreadedBuild"], interpreter.free_threaded)
                self.assertEqual(found["gilEnabled"], not interpreter.free_threaded)
                self.assertEqual(found["threads"], 4)
                self.assertGreater(found["cpuPercent"], 0)
                self.assertEqual(found["command"][1], "-c")
                self.assertIsNone(found["refused"])
                self.assertIn(str(process.pid), agent("list").stdout)

    def test_tells_the_gil_of_a_free_threaded_build(self):
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("no free-threaded interpreter")
        process = subprocess.Popen([interpreter.path, "-X", "gil=1", "-c", "input()"], stdin=subprocess.PIPE)
        try:
            time.sleep(0.5)
            (found,) = [one for one in json.loads(agent("list", "--json").stdout)["processes"] if one["pid"] == process.pid]
            self.assertEqual((found["freeThreadedBuild"], found["gilEnabled"]), (True, True))
        finally:
            process.kill()
            process.communicate()

    def test_says_why_a_process_cannot_be_recorded(self):
        if older() is None:
            self.skipTest("no older interpreter")
        process = subprocess.Popen([older(), "-c", "input()"], stdin=subprocess.PIPE)
        try:
            time.sleep(0.3)
            (found,) = [one for one in json.loads(agent("list", "--json").stdout)["processes"] if one["pid"] == process.pid]
            self.assertIn("older than Python 3.13", found["refused"])
        finally:
            process.kill()
            process.communicate()


class DumpTest(unittest.TestCase):
    def test_every_thread_with_name_state_and_stack(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, BUSY) as process:
                found = json.loads(agent("dump", str(process.pid), "--json").stdout)
                self.assertEqual((found["python"], found["gilEnabled"]), (interpreter.version, not interpreter.free_threaded))
                threads = {thread["name"]: thread for thread in found["threads"]}
                self.assertEqual(set(threads), {"MainThread", "busy-0", "busy-1", "sleeps"})
                self.assertEqual(threads["sleeps"]["state"], "idle")
                self.assertEqual([frame["function"] for frame in threads["sleeps"]["stack"]][-1], "Thread._bootstrap")
                self.assertEqual(threads["MainThread"]["stack"], [{"function": "<module>", "file": "<string>", "line": 9}])
                text = agent("dump", str(process.pid)).stdout
                self.assertIn('"sleeps" (idle)', text)
                self.assertIn("<module> (<string>:9)", text)


class PermissionTest(unittest.TestCase):
    def test_somebody_elses_process(self):
        interpreter = free_threaded()
        if interpreter is None or os.geteuid() != 0:
            self.skipTest("needs root, to be somebody else")
        nobody = 65534
        with target(interpreter, BUSY) as process:
            code = f"import os, sys; sys.path.insert(0, {SOURCE!r}); from threadlens_agent.permission import why_refused"
            code += f"; os.setuid({nobody}); print(why_refused({process.pid}))"
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
            for word in ("another user", "CAP_SYS_PTRACE", "record --", "threadlens_agent.start()"):
                self.assertIn(word, done.stdout, done.stderr)


if __name__ == "__main__":
    unittest.main()
