"""Lines and names are those that the interpreter itself gives."""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
import time
import unittest
from collections.abc import Iterator
from pathlib import Path

from engine import Reader, looks_by_ident, sampling
from interpreters_for_tests import Interpreter, interpreters
from targets import target

#: Threads that wait in code of every shape, each function run first by the thread that waits in it. Then the program says of each thread
#: what its own interpreter thinks where it is.
_SHAPES = r'''
import json, sys, threading, time
never = threading.Event()

def multi_line_call():
    print(
        1,
        never
        .wait(
            None
        ),
    )

def nested(): return [
    (lambda:
        {
            key: never.wait()
            for key in
            range(2)
        }
    )()
]

def in_try():
    try:
        raise ValueError
    except ValueError:
        pass
    finally:
        for _ in (1, 2):
            if _ == 1:
                continue
            while never.wait():
                pass

def decorate(function):
    never.wait()
    return function

def decorated():
    @decorate
    def inner():
        pass

def generator():
    total = 0
    for i in range(1000):
        total += i
    yield total
    yield (
        never.wait())

def in_generator():
    for _ in generator(): pass

def matched(value=(1, 2)):
    match value:
        case (1, 3):
            never.wait()
        case (
            1,
            2,
        ):
            never.wait(
            )

class Ünïcode:
    def 名前(self):
        never.wait()

made = {}
exec(compile("def far():\n" + "\n" * 100_000 + "    never.wait()\n", "far-" + "\U0001f40d\xe9" + ".py", "exec"), globals(), made)
exec(compile("def long():\n  x = 0\n" + "  x = x + 1; x = x * 2\n" * 3000 + "  never.wait()\n" + "  x = 0\n" * 3000, "long.py", "exec"), globals(), made)
exec(compile("def backwards(): return max(\n\n\n1, never.wait(\n\n)\n)", "backwards.py", "exec"), globals(), made)

works = [multi_line_call, nested, in_try, decorated, in_generator, matched, Ünïcode().名前, *made.values(), lambda: (0,
    never.wait())]
for work in works:
    threading.Thread(target=work, daemon=True).start()
time.sleep(0.3)
told = {}
for ident, frame in sys._current_frames().items():
    told[ident] = stack = []
    while frame:
        stack.append((frame.f_code.co_qualname, frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
main = told.pop(threading.get_ident())
with open(__file__ + ".told", "w") as file:
    json.dump(told, file)
print("ready", flush=True)
never.wait()
'''

#: Functions that one thread runs first, and, when a sampler has known them for long, new threads.
_LATE = """
import sys, threading, time

def work(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        step()

def step():
    total = 0
    for i in range(200):
        total += i
    return total

print("ready", flush=True)
work(0.3)
while True:
    threads = [threading.Thread(target=work, args=(0.2,)) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
"""
_LATE_LINES = {"work": range(4, 8), "step": range(9, 14)}

#: Code objects made and freed without end: their addresses are used again at once, by others that look alike but for their lines.
_REUSE = """
import time
print("ready", flush=True)
number = 0
while True:
    number = (number + 1) % 50
    exec(compile("\\n" * number + f"def f{number}():\\n"
                 f"  end = clock() + 0.0005\\n"
                 f"  while clock() < end: pass\\n"
                 f"f{number}()", f"made-{number}", "exec"), {"clock": time.monotonic})
"""


@contextlib.contextmanager
def file_target(interpreter: Interpreter, program: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Runs `program` from a file, so that its lines are those of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "program.py")
        path.write_text(program, encoding="utf-8")
        with target(interpreter, f"import runpy; runpy.run_path({str(path)!r}, run_name='__main__')") as process:
            yield process, path


class Lines(unittest.TestCase):
    def test_stacks_are_as_the_interpreter_has_them(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)):
                with file_target(interpreter, _SHAPES) as (process, path):
                    told = json.loads(Path(f"{path}.told").read_text())
                    looks = looks_by_ident(process.pid)
                    self.assertGreaterEqual(len(told), 11)
                    for ident, expected in told.items():
                        seen = looks[int(ident)].stack
                        self.assertEqual([list(frame)[:2] + [frame.line] for frame in seen or []], expected)

    def test_functions_first_run_by_a_late_thread_have_lines(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)):
                with file_target(interpreter, _LATE) as (process, _), sampling(process.pid, 2000) as sampler:
                    reader = Reader()
                    for _ in range(15):
                        time.sleep(0.1)
                        reader.take(sampler.take().tables)
                    seen: set[tuple[str, int]] = set()
                    for sample in reader.samples:
                        for frame in reader.stack(sample["stack"]):
                            if frame.function in _LATE_LINES:
                                seen.add((frame.function, frame.line))
                    self.assertGreaterEqual({function for function, _ in seen}, set(_LATE_LINES))
                    for function, line in seen:
                        self.assertIn(line, _LATE_LINES[function], function)

    def test_an_address_that_is_used_again_is_not_the_old_code(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)), target(interpreter, _REUSE) as process:
                with sampling(process.pid, 5000) as sampler:
                    reader = Reader()
                    for _ in range(10):
                        time.sleep(0.1)
                        reader.take(sampler.take().tables)
                numbers = set()
                for sample in reader.samples:
                    stack = reader.stack(sample["stack"])
                    for i, frame in enumerate(stack):
                        if not frame.file.startswith("made-"):
                            continue
                        number = int(frame.file.removeprefix("made-"))
                        if frame.function != "<module>":
                            self.assertEqual(frame.function, f"f{number}")
                            self.assertIn(frame.line, range(number + 1, number + 4))
                            self.assertEqual(stack[i + 1].file, frame.file)
                            numbers.add(number)
                        elif i > 0:
                            self.assertIn(frame.line, (number + 1, number + 4))
                self.assertGreater(len(numbers), 40)


if __name__ == "__main__":
    unittest.main()
