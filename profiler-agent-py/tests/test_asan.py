"""The library under AddressSanitizer and UndefinedBehaviorSanitizer, on programs that make and free threads and code without end."""

from __future__ import annotations

import subprocess
import tempfile
import unittest
from pathlib import Path

from garbage import garbage_targets
from interpreters_for_tests import free_threaded, interpreters
from targets import target

_NATIVE = Path(__file__).resolve().parent.parent / "native"
_FLAGS = ("-std=gnu11", "-O1", "-g", "-pthread", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer")

_CHURN = """
    import gc, threading, time
    def made(number):
        scope = {}
        source = f"def f{number}(n):\\n" + "\\n" * (number % 7) + "  return sum(i for i in range(n)) if n else g(n)\\n"
        exec(compile(source + "def g(n): return [*map(lambda x: x + n, range(50))]", f"made-{number % 100}", "exec"), scope)
        return scope[f"f{number}"]
    def deep(n):
        return deep(n - 1) if n else made(n)(0)
    def short(number):
        for i in range(20):
            made(number * 20 + i)(i % 2 * 100)
        deep(number % 300)
    shared, counts = [], {}
    def contend():
        while True:
            locks = [threading.Lock() for _ in range(5)]
            with locks[0], locks[-1], threading.Condition(threading.RLock()):
                for i in range(200):
                    shared.append(locks)
                    counts[i] = counts.get(i, 0) + 1
            shared.clear()
            type("Made", (), {}).number = 1
    def churn():
        number = 0
        while True:
            threads = [threading.Thread(target=short, args=(number + i,)) for i in range(4)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            number += 4
    for function in churn, churn, contend, contend:
        threading.Thread(target=function, daemon=True).start()
    print("ready", flush=True)
    while True:
        gc.collect()
        time.sleep(0.01)
"""


class Sanitized(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.driver = Path(folder.name, "driver")

    def build(self, program: str) -> None:
        sources = [*_NATIVE.glob("*.c"), _NATIVE / "tests" / program]
        built = subprocess.run(["cc", *_FLAGS, "-I", _NATIVE, "-o", self.driver, *sources], capture_output=True, text=True)
        if built.returncode != 0 and "sanitize" in built.stderr + built.stdout or "asan" in built.stderr:
            self.skipTest("the compiler has no sanitizers")
        self.assertEqual(built.returncode, 0, built.stderr)

    def drive(self, pid: int, seconds: float) -> None:
        result = subprocess.run([self.driver, str(pid), str(seconds), "2000"], capture_output=True, text=True, timeout=120)
        self.assertEqual(result.returncode, 0, result.stderr[-4000:])
        self.assertEqual(result.stderr, "")

    def test_slices_of_made_up_rings(self) -> None:
        self.build("slices_test.c")
        result = subprocess.run([self.driver, "200"], capture_output=True, text=True, timeout=120)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_churn(self) -> None:
        self.build("driver.c")
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)), target(interpreter, _CHURN) as process:
                self.drive(process.pid, 2)
                self.assertIsNone(process.poll())

    def test_garbage(self) -> None:
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("needs a free-threaded interpreter")
        self.build("driver.c")
        for seed, process in garbage_targets(interpreter, range(100, 108)):
            with self.subTest(seed=seed):
                self.drive(process.pid, 0.3)


if __name__ == "__main__":
    unittest.main()
