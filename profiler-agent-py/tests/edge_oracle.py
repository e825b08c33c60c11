"""Catches a sampler that tells of stacks that never were.

A generated program calls its way through a tree of functions, 14 deep, as fast as it can. Every call stands on a line of its own, so that a
line says which function it calls: a stack with a frame on one line and above it a function that another line calls was put together from
two instants. Its threads differ in number, in how long the innermost function takes, and in what their stacks are made of.

    for cell in cells():
        result = run(python, cell, samples=200_000)
        assert result.impossible == 0, result.examples
"""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from threadlens_agent.native import open_sampler
from threadlens_agent.sampling import Tables

LEVELS = 14
WIDTH = 3
DEEP = 400
RATE_HZ = 20_000

#: Levels whose functions are generators, in the cells that have them: on their own, and one inside another.
_GENERATOR_LEVELS = (3, 7, 8, 12)
#: Levels that are called by C code that is called by Python: what lies between is on the C stack.
_THROUGH_C_LEVELS = (5, 10)

_ROOTS = {"Thread._bootstrap", "<module>"}


class Cell(NamedTuple):
    """One kind of program."""

    threads: int
    leaf_us: int
    shape: str  # plain, generators, deep


class Result(NamedTuple):
    """What the samples of a cell were. A thread that had the same stack over several ticks counts once."""

    samples: int
    impossible: int
    torn: int
    trimmed: int
    examples: list[str]


def cells() -> list[Cell]:
    """All of them."""
    shapes = ("plain", "generators", "deep")
    return [Cell(threads, leaf, shape) for threads in (1, 2, 8) for leaf in (0, 10) for shape in shapes]


def run(python: Path | str, cell: Cell, samples: int) -> Result:
    """Runs the cell's program under `python` and samples it until `samples` have been judged."""
    with tempfile.TemporaryDirectory() as folder:
        program = _Program(cell, Path(folder, "edges.py"))
        with _running(python, program.path) as target:
            judge = _Judge(program)
            sampler = open_sampler(target.pid)
            try:
                sampler.start(RATE_HZ)
                while judge.samples < samples:
                    time.sleep(0.05)
                    judge.take(sampler.take().tables)
                    if not sampler.alive:
                        raise RuntimeError(f"the program of {cell} ended: {target.poll()}")
            finally:
                sampler.close()
    return Result(judge.samples, judge.impossible, judge.torn, judge.trimmed, judge.examples)


@contextlib.contextmanager
def _running(python: Path | str, path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([str(python), str(path)], stdout=subprocess.PIPE, text=True) as target:
        try:
            assert target.stdout is not None
            if target.stdout.readline().strip() != "ready":
                raise RuntimeError(f"{path} did not start under {python}")
            yield target
        finally:
            target.kill()


class _Program:
    """The source, and which function each of its lines calls."""

    def __init__(self, cell: Cell, path: Path) -> None:
        self.path = path
        self.file = str(path)
        self.base_frames = DEEP if cell.shape == "deep" else 0
        #: (function, line) to the function it calls.
        self.calls: dict[tuple[str, int], str] = {}
        self._lines = ["import threading, time", ""]
        self._generators = _GENERATOR_LEVELS if cell.shape == "generators" else ()
        for level in reversed(range(LEVELS)):
            for index in range(WIDTH):
                self._function(level, index, cell.leaf_us)
        self._base()
        self._start(cell.threads, cell.leaf_us)
        path.write_text("\n".join(self._lines) + "\n", encoding="utf-8")

    def _add(self, line: str, caller: str = "", callee: str = "") -> None:
        self._lines.append(line)
        if callee:
            self.calls[caller, len(self._lines)] = callee

    def _function(self, level: int, index: int, leaf_us: int) -> None:
        name = f"f{level}_{index}"
        result = "yield" if level in self._generators else "return"
        self._add(f"def {name}(n):")
        if level == LEVELS - 1:
            self._add("    for _ in range(LEAF): pass" if leaf_us else "    pass")
            self._add(f"    {result} n + {index + 1}")
        else:
            self._add(f"    n = n * 1103515245 + {12345 + index} & 0x7fffffff")
            self._add("    which = (n >> 9) % 3")
            for callee in range(WIDTH):
                self._add(f"    {'if' if callee == 0 else 'elif'} which == {callee}:")
                self._call(level, name, f"f{level + 1}_{callee}")
            self._add(f"    {result} n")
        self._add("")

    def _call(self, level: int, caller: str, callee: str) -> None:
        if level + 1 in self._generators:
            self._add(f"        for n in {callee}(n):", caller, callee)
            self._add("            n += 1")
        elif level + 1 in _THROUGH_C_LEVELS:
            self._add(f"        n = max(map({callee}, (n,)))", caller, callee)
        else:
            self._add(f"        n = {callee}(n)", caller, callee)

    def _base(self) -> None:
        self._add("def base(depth, n):")
        self._add("    if depth > 1:")
        self._add("        return base(depth - 1, n)", "base", "base")
        self._add("    while True:")
        for index in range(WIDTH):
            self._add(f"        n = f0_{index}(n)", "base", f"f0_{index}")
        self._add("")

    def _start(self, threads: int, leaf_us: int) -> None:
        self._add("LEAF = 100_000")
        self._add("started = time.perf_counter()")
        self._add(f"f{LEVELS - 1}_0(0)")
        self._add(f"LEAF = int(LEAF * {leaf_us}e-6 / (time.perf_counter() - started))")
        self._add(f"for number in range({threads}):")
        self._add(f"    threading.Thread(target=base, args=({max(self.base_frames, 1)}, number), daemon=True).start()")
        self._add("time.sleep(0.3)")
        self._add("print('ready', flush=True)")
        self._add("time.sleep(3600)")


class _Judge:
    """Takes the tables of a stream and says of every stack whether it can have been."""

    def __init__(self, program: _Program) -> None:
        self._program = program
        self._strings: list[str] = []
        self._frames: list[tuple[str, str, int]] = []  # function, file, line
        self._stacks: list[tuple[int, int]] = []  # parent, frame
        self._wrong: list[str | None] = []  # by stack: what cannot be
        self._base: list[int] = []  # by stack: frames of base() in it
        self.samples = self.impossible = self.torn = self.trimmed = 0
        self.examples: list[str] = []

    def take(self, tables: Tables) -> None:
        """The next batch."""
        self._strings += tables.get("strings", {}).get("text", [])
        for function, file, line in _rows(tables, "frames", "function", "file", "line"):
            self._frames.append((self._strings[function], self._strings[file], line))
        for parent, frame in _rows(tables, "stacks", "parent", "frame"):
            self._stacks.append((parent, frame))
            self._judge(parent, frame)
        for flags, stack in _rows(tables, "samples", "flags", "stack"):
            self.samples += 1
            self.torn += bool(flags & 2)
            self.trimmed += bool(flags & 1)
            if stack >= 0 and self._wrong[stack]:
                self.impossible += 1
                if len(self.examples) < 5:
                    self.examples.append(f"{self._wrong[stack]}: {self._text(stack)}")

    def _judge(self, parent: int, frame: int) -> None:
        function, file, line = self._frames[frame]
        ours = file == self._program.file
        base = (self._base[parent] if parent >= 0 else 0) + (ours and function == "base")
        wrong = self._wrong[parent] if parent >= 0 else None
        if wrong is None:
            wrong = self._edge(parent, function, ours, line, base)
        self._wrong.append(wrong)
        self._base.append(base)

    def _edge(self, parent: int, function: str, ours: bool, line: int, base: int) -> str | None:
        if parent < 0:
            return None if function in _ROOTS else f"the root is {function}"
        if ours and line == 0:
            return f"{function} on no line"
        caller, file, caller_line = self._frames[self._stacks[parent][1]]
        if file != self._program.file or caller == "<module>":
            return None
        called = self._program.calls.get((caller, caller_line))
        if not ours or called != function:
            return f"{caller}:{caller_line} calls {called}, not {function}"
        if function != "base" and base != max(self._program.base_frames, 1):
            return f"{base} frames of base() under {function}"
        return None

    def _text(self, stack: int) -> str:
        frames = []
        while stack >= 0:
            stack, frame = self._stacks[stack]
            function, _, line = self._frames[frame]
            frames.append(f"{function}:{line}")
        return " ".join(reversed(frames))


def _rows(tables: Tables, table: str, *columns: str) -> Iterator[tuple[int, ...]]:
    if table not in tables:
        return iter(())
    return zip(*(tables[table][column].values() for column in columns))  # type: ignore[union-attr]
