"""Records the programs of compared_programs.py with the GIL and without, and reads what is said of the difference."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

PROGRAMS = Path(__file__).resolve().parent / "compared_programs.py"
GIL, FREE = "gil-build", "free-threaded"

Json = dict[str, Any]


class Pythons(NamedTuple):
    """The two that are compared."""

    gil: Path
    free: Path


class Program(NamedTuple):
    """A program of compared_programs.py with its amount of work."""

    name: str
    threads: int
    work: int

    @property
    def words(self) -> list[str]:
        return [str(PROGRAMS), self.name, "--threads", str(self.threads), "--work", str(self.work)]


class Round(NamedTuple):
    """A program recorded once under each configuration, right after it ran under each without being looked at.

    `alone` and `told` are what the program said of itself then and while it was recorded, by configuration; `said` is the comparison.
    """

    alone: dict[str, Json]
    told: dict[str, Json]
    said: Json

    @property
    def lost(self) -> dict[str, float]:
        """Core-seconds that the free-threaded run lost, by class."""
        return {part["class"]: part["bSeconds"] for part in self.said["lostTime"]}


def play(program: Program, pythons: Pythons) -> Round:
    alone = {kind: run_alone(python, program) for kind, python in ((GIL, pythons.gil), (FREE, pythons.free))}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "set")
        command = ["compare", "--run", "--json", "-o", str(folder), "--python", str(pythons.free), "--gil-python", str(pythons.gil)]
        said = json.loads(launcher(*command, "--", *program.words))
        told = {kind: last_line((folder / kind / "1.log").read_text(encoding="utf-8")) for kind in (GIL, FREE)}
    return Round(alone, told, said)


def run_alone(python: Path, program: Program) -> Json:
    return last_line(subprocess.run([python, *program.words], check=True, capture_output=True, text=True).stdout)


def record(python: Path, program: Program, file: Path) -> None:
    launcher("record", "-o", str(file), "--", str(python), *program.words)


def compare(*paths: Path) -> Json:
    return json.loads(launcher("compare", *map(str, paths), "--json"))


def launcher(*words: str) -> str:
    """What the launcher prints. Raises SystemExit with what it complains of where it fails."""
    done = subprocess.run([os.environ["THREADLENS_LAUNCHER"], *words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"threadlens {words[0]} failed: {done.stderr.strip()}")
    return done.stdout


def last_line(text: str) -> Json:
    """The JSON that a program printed last."""
    return json.loads(text.splitlines()[-1])
