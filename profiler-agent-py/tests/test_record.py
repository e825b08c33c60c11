"""`record`, on real programs: what ends a recording, and that it is whole to there."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
import unittest

from interpreters_for_tests import Interpreter, free_threaded, interpreters
from stream import Stream
from targets import agent, agent_environment, start_agent, target

BUSY = """
    import sys, threading, time
    def compute():
        while True: sum(range(200))
    for name in ("busy-0", "busy-1"):
        threading.Thread(target=compute, name=name, daemon=True).start()
    threading.Thread(target=time.sleep, args=(100,), name="sleeps", daemon=True).start()
    print("ready", flush=True)
    sys.stdin.readline()
"""


class RecordTestCase(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self._files = 0
        self.fresh_path()

    def script(self, text: str, name: str = "program.py") -> str:
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def fresh_path(self) -> None:
        """Another file, so that what one interpreter left is not taken for what the next one does."""
        self._files += 1
        self.path = os.path.join(self.folder.name, f"test-{self._files}.tlstream")

    def wait_for_batches(self, size: int = 4000) -> None:
        deadline = time.monotonic() + 20
        while not os.path.exists(self.path) or os.path.getsize(self.path) < size:
            self.assertLess(time.monotonic(), deadline, "no batch was written")
            time.sleep(0.02)

    def need(self) -> Interpreter:
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("no free-threaded interpreter")
        return interpreter


class AttachTest(RecordTestCase):
    def test_a_running_program_for_a_while(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, BUSY) as process:
                done = agent("record", "--pid", str(process.pid), "-o", self.path, "--duration", "1")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIsNone(process.poll(), "the target goes on")
                stream = Stream.read(self.path)
                self.assertTrue(stream.complete)
                self.assertEqual(stream.end["reason"], "duration")
                self.assertEqual(stream.hello["process"]["pid"], process.pid)
                self.assertEqual(stream.hello["process"]["python"], interpreter.version)
                self.assertEqual(stream.hello["process"]["freeThreadedBuild"], interpreter.free_threaded)
                self.assertEqual(stream.hello["process"]["gilEnabled"], not interpreter.free_threaded)
                self.assertEqual(stream.hello["features"]["names"], "ok")
                self.assertEqual(stream.names(), {"MainThread", "busy-0", "busy-1", "sleeps"})
                self.assertGreater(len(stream.ticks) + stream.missed, 400)
                self.assertGreater(stream.functions()["compute"], len(stream.ticks))
                self.assertGreater(stream.counters["agentCpuNs"], 0)

    def test_interrupt_keeps_the_recording(self):
        with target(self.need(), BUSY) as process:
            for number in (signal.SIGINT, signal.SIGTERM):
                self.fresh_path()
                recorder = start_agent("record", "--pid", str(process.pid), "-o", self.path)
                self.wait_for_batches()
                recorder.send_signal(number)
                _, errors = recorder.communicate(timeout=20)
                self.assertEqual(recorder.returncode, 0, errors)
                self.assertEqual(Stream.read(self.path).end["reason"], "stopped")

    def test_the_target_is_killed(self):
        for interpreter in interpreters():
            self.fresh_path()
            with self.subTest(str(interpreter)), target(interpreter, BUSY) as process:
                recorder = start_agent("record", "--pid", str(process.pid), "-o", self.path)
                self.wait_for_batches()
                process.kill()
                _, errors = recorder.communicate(timeout=20)
                self.assertEqual(recorder.returncode, 0, errors)
                stream = Stream.read(self.path)
                self.assertTrue(stream.complete)
                self.assertEqual((stream.end["reason"], stream.end["exitCode"]), ("killed", None))
                self.assertGreater(len(stream.samples), 0)

    def test_the_target_becomes_another_program(self):
        interpreter = self.need()
        program = BUSY + "    import os; os.execv(sys.executable, [sys.executable, '-c', 'import time; time.sleep(20)'])\n"
        with target(interpreter, program) as process:
            recorder = start_agent("record", "--pid", str(process.pid), "-o", self.path)
            self.wait_for_batches()
            process.stdin.write("go\n")
            process.stdin.flush()
            _, errors = recorder.communicate(timeout=20)
            self.assertEqual(recorder.returncode, 0, errors)
            stream = Stream.read(self.path)
            self.assertTrue(stream.complete)
            self.assertEqual(stream.end["reason"], "exec")
            self.assertEqual(len(stream.events_of("exec")), 1)

    def test_the_target_forks(self):
        program = """
            import os, sys, time
            print("ready", flush=True)
            sys.stdin.readline()
            child = os.fork()
            if child == 0:
                time.sleep(1.2)
                os._exit(0)
            print(child, flush=True)
            os.waitpid(child, 0)
        """
        for interpreter in interpreters():
            self.fresh_path()
            with self.subTest(str(interpreter)), target(interpreter, program) as process:
                recorder = start_agent("record", "--pid", str(process.pid), "-o", self.path)
                self.wait_for_batches(1500)
                process.stdin.write("go\n")
                process.stdin.flush()
                child = int(process.stdout.readline())
                recorder.communicate(timeout=20)
                stream = Stream.read(self.path)
                self.assertEqual([event[2] for event in stream.events_of("fork")], [child])
                self.assertEqual(stream.end["reason"], "exited")

    def test_threads_that_come_and_go(self):
        program = """
            import sys, threading, time
            def brief(): time.sleep(0.3)
            print("ready", flush=True)
            for n in range(1000):
                thread = threading.Thread(target=brief, name=f"brief-{n}")
                thread.start()
                thread.join()
        """
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, program) as process:
                agent("record", "--pid", str(process.pid), "-o", self.path, "--duration", "2")
                stream = Stream.read(self.path)
                brief = [row for row in stream.threads.values() if (row["name"] or "").startswith("brief-")]
                self.assertGreaterEqual(len(brief), 4)
                self.assertEqual(len({row["name"] for row in brief}), len(brief))
                ended = [row for row in brief if row["end"] >= 0]
                self.assertGreaterEqual(len(ended), len(brief) - 1)
                for row in ended[1:]:
                    self.assertAlmostEqual((row["end"] - row["start"]) / 1e9, 0.3, delta=0.15)

    def test_the_agent_is_killed(self):
        with target(self.need(), BUSY) as process:
            generator = random.Random(3)
            for _ in range(5):
                self.fresh_path()
                recorder = start_agent("record", "--pid", str(process.pid), "-o", self.path, "--rate", "5000")
                self.wait_for_batches()
                time.sleep(generator.random() * 0.4)
                recorder.kill()
                recorder.communicate()
                stream = Stream.read(self.path)
                self.assertGreater(stream.batches, 0)
                self.assertIsNone(stream.end)

    def test_a_file_that_cannot_grow(self):
        with target(self.need(), BUSY) as process:
            recorder = subprocess.run(
                [sys.executable, "-m", "threadlens_agent", "record", "--pid", str(process.pid), "-o", self.path, "--rate", "5000"],
                env=agent_environment(),
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000)),
                capture_output=True,
                text=True,
                timeout=60,
            )
            self.assertEqual(recorder.returncode, 1)
            self.assertEqual(recorder.stderr.count("error:"), 1, recorder.stderr)
            self.assertIn("what was recorded up to here is kept", recorder.stderr)
            stream = Stream.read(self.path)
            self.assertFalse(stream.cut_short)
            self.assertGreater(stream.batches, 0)

    def test_two_recordings_to_one_file(self):
        with target(self.need(), BUSY) as process:
            first = start_agent("record", "--pid", str(process.pid), "-o", self.path)
            self.wait_for_batches()
            second = agent("record", "--pid", str(process.pid), "-o", self.path)
            self.assertEqual(second.returncode, 1)
            self.assertIn("another recording", second.stderr)
            first.send_signal(signal.SIGINT)
            first.communicate(timeout=20)
            self.assertTrue(Stream.read(self.path).complete)


class StartTest(RecordTestCase):
    def record(self, interpreter: Interpreter, program: str, *options: str) -> subprocess.CompletedProcess[str]:
        return agent("record", "-o", self.path, *options, "--", interpreter.path, self.script(program), "one", "--two")

    def test_the_exit_code_and_the_streams_are_the_programs(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)):
                done = self.record(interpreter, "import sys, time\nprint(sys.argv[1:])\ntime.sleep(0.3)\nsys.exit(7)")
                self.assertEqual(done.returncode, 7, done.stderr)
                self.assertEqual(done.stdout, "['one', '--two']\n")
                stream = Stream.read(self.path)
                self.assertTrue(stream.complete)
                self.assertEqual((stream.end["reason"], stream.end["exitCode"]), ("exited", 7))
                self.assertGreater(len(stream.ticks), 100)

    def test_a_program_that_kills_itself(self):
        done = self.record(self.need(), "import os, time\ntime.sleep(0.3)\nos.kill(os.getpid(), 9)")
        self.assertEqual(done.returncode, 137)
        stream = Stream.read(self.path)
        self.assertEqual((stream.end["reason"], stream.end["exitCode"]), ("killed", -9))

    def test_a_very_short_program(self):
        for interpreter in interpreters():
            with self.subTest(str(interpreter)):
                done = self.record(interpreter, "pass")
                if done.returncode == 0:
                    self.assertTrue(Stream.read(self.path).complete)
                else:
                    self.assertIn("before a Python", done.stderr)

    def test_recording_begins_with_the_interpreter(self):
        program = "import time\nprint(time.monotonic_ns())\ntime.sleep(0.3)"
        for interpreter in interpreters():
            with self.subTest(str(interpreter)):
                done = self.record(interpreter, program)
                stream = Stream.read(self.path)
                self.assertLess((stream.ticks[0] - int(done.stdout)) / 1e6, 20, "ms from the program's first line to the first tick")

    def test_duration_ends_the_program(self):
        program = "import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(30)"
        done = self.record(self.need(), program, "--duration", "0.5")
        self.assertEqual(done.returncode, 0, done.stderr)
        with self.assertRaises(ProcessLookupError):
            os.kill(int(done.stdout), 0)
        self.assertEqual(Stream.read(self.path).end["reason"], "duration")

    def test_or_lets_it_go_on(self):
        program = "import os, time\nos.close(1)\nos.close(2)\ntime.sleep(30)"
        done = self.record(self.need(), program, "--duration", "0.5", "--leave-running")
        self.assertEqual(done.returncode, 0, done.stderr)
        pid = Stream.read(self.path).hello["process"]["pid"]
        os.kill(pid, signal.SIGKILL)

    def test_an_interrupt_reaches_the_program_and_its_exit_code_comes_back(self):
        program = "import sys, time\ntry:\n    print('ready', flush=True)\n    time.sleep(30)\n"
        program += "except KeyboardInterrupt:\n    time.sleep(0.3)\n    sys.exit(5)"
        recorder = start_agent("record", "-o", self.path, "--", self.need().path, self.script(program))
        recorder.stdout.readline()
        time.sleep(0.3)  # a signal that comes just before the program sleeps is seen by it only when it has slept
        recorder.send_signal(signal.SIGINT)
        recorder.communicate(timeout=20)
        self.assertEqual(recorder.returncode, 5)
        self.assertEqual(Stream.read(self.path).end["exitCode"], 5)

    def test_the_programs_environment_has_no_token(self):
        program = "import os, time\nprint(os.environ.get('THREADLENS_TOKEN'))\ntime.sleep(0.2)"
        path = self.script(program)
        done = agent("record", "-o", self.path, "--", self.need().path, path, THREADLENS_TOKEN="secret")
        self.assertEqual(done.stdout, "None\n")

    def test_what_is_no_python(self):
        for command, why in (
            (["/bin/true"], "the program ended"),
            (["/no/such/program"], "there is no program"),
            (["/bin/sleep", "20"], "is not a Python"),
        ):
            with self.subTest(command):
                done = agent("record", "-o", self.path, "--", *command)
                self.assertEqual(done.returncode, 1)
                self.assertIn(why, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)


class EventsTest(RecordTestCase):
    def test_garbage_collections_are_pauses(self):
        program = """
            import gc, sys, threading, time
            def compute():
                while True: sum(range(200))
            threading.Thread(target=compute, daemon=True).start()
            kept = [[i] for i in range(400_000)]
            print("ready", flush=True)
            while True:
                gc.collect()
                time.sleep(0.05)
        """
        for interpreter in interpreters():
            with self.subTest(str(interpreter)), target(interpreter, program) as process:
                done = agent("record", "--pid", str(process.pid), "-o", self.path, "--duration", "1.5")
                self.assertEqual(done.returncode, 0, done.stderr)
                stream = Stream.read(self.path)
                self.assertGreater(len([pause for pause in stream.pauses if pause[2] == 1]), 3)

    def test_the_gil_comes_on(self):
        module = """
            #include <Python.h>
            static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "undeclared", NULL, -1, NULL, NULL, NULL, NULL, NULL};
            PyMODINIT_FUNC PyInit_undeclared(void) { return PyModule_Create(&definition); }
        """
        program = """
            import sys, warnings
            warnings.simplefilter("ignore")
            sys.path.insert(0, sys.argv[1])
            print("ready", flush=True)
            sys.stdin.readline()
            import undeclared
            sys.stdin.readline()
        """
        for interpreter in (one for one in interpreters() if one.free_threaded):
            self.fresh_path()
            with self.subTest(str(interpreter)):
                self._compile(interpreter, module)
                with target(interpreter, program, self.folder.name) as process:
                    recorder = start_agent("record", "--pid", str(process.pid), "-o", self.path)
                    self.wait_for_batches(1500)
                    process.stdin.write("go\n")
                    process.stdin.flush()
                    time.sleep(0.5)
                    recorder.send_signal(signal.SIGINT)
                    recorder.communicate(timeout=20)
                stream = Stream.read(self.path)
                self.assertFalse(stream.hello["process"]["gilEnabled"])
                self.assertEqual(stream.events_of("gil")[-1][2:], (1, "undeclared"))

    def _compile(self, interpreter: Interpreter, module: str) -> None:
        include = subprocess.run(
            [interpreter.path, "-c", "import sysconfig; print(sysconfig.get_paths()['include'])"], capture_output=True, text=True, check=True
        ).stdout.strip()
        compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
        if not os.path.exists(f"{include}/Python.h"):
            self.skipTest(f"no headers of {interpreter}")
        source = self.script(module, "undeclared.c")
        out = os.path.join(self.folder.name, "undeclared.so")
        subprocess.run([compiler, "-shared", "-fPIC", f"-I{include}", source, "-o", out], check=True)


if __name__ == "__main__":
    unittest.main()
