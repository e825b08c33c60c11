"""`threadlens bench compare`: is what a comparison says true?

Records programs of which it is known what keeps them from being faster on more cores, with the GIL and without, and prints what the comparison says
beside what the programs found out themselves, or how long they took without being looked at.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from compared_programs import SERIAL_SHARE  # noqa: E402
from comparing import FREE, GIL, Json, Program, Pythons, Round, compare, launcher, play, record, run_alone  # noqa: E402

CORES = len(os.sched_getaffinity(0))
Row = tuple[str, str, str]

PROGRAMS = {
    "compute": Program("compute", CORES, 1600),
    "serial": Program("serial", CORES, 1600),
    "lock": Program("lock", CORES, 1600),
    "refcount": Program("shared_count", CORES, 4000),
    "slower": Program("slower", 1, 4000),
    "imbalance": Program("imbalance", CORES, 1600),
    "pauses": Program("pauses", CORES, 300),
}
"""Each takes some seconds with the GIL."""

SAME = Program("compute", CORES, 300)
"""Recorded again and again under one configuration."""

SAME_RUNS, SAME_PAIRS, SET = 24, 100, 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="threadlens bench compare", description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5, help="rounds in which each program is recorded; figures are medians over them")
    parser.add_argument("--only", choices=[*PROGRAMS, "sum", "prediction", "same", "screen"], metavar="ROW", help="one part alone: %(choices)s")
    options = parser.parse_args()
    pythons = find_pythons([Path(python) for python in os.environ["THREADLENS_TEST_PYTHONS"].split(":")])
    bench = Bench(pythons, options.repeat)
    print(f"{CORES} cores, {platform.processor() or platform.machine()}, Linux {platform.release()}")
    print(f"{name_of(pythons.gil)} against {name_of(pythons.free)}, medians of {options.repeat} rounds\n\n| what | reach | reached |\n|---|---|---|")
    for name, rows in bench.parts().items():
        if options.only in (None, name):
            for row in rows():
                print("| " + " | ".join(row) + " |", flush=True)
    return 0


def find_pythons(pythons: list[Path]) -> Pythons:
    """The first free-threaded one, and the build with the GIL of its version, or else any build with the GIL."""
    free = next(python for python in pythons if name_of(python).endswith("t"))
    gil = [python for python in pythons if not name_of(python).endswith("t")]
    gil.sort(key=lambda python: name_of(python) != name_of(free)[:-1])
    if not gil:
        raise SystemExit("a Python with the GIL is needed to compare with: put python3.14 or another on PATH")
    return Pythons(gil[0], free)


@functools.cache
def name_of(python: Path) -> str:
    asks = "import sys, sysconfig; print('%d.%d.%d' % sys.version_info[:3] + ('t' if sysconfig.get_config_var('Py_GIL_DISABLED') else ''))"
    return subprocess.run([python, "-c", asks], check=True, capture_output=True, text=True).stdout.strip()


class Bench:
    def __init__(self, pythons: Pythons, repeat: int) -> None:
        self._pythons = pythons
        self._repeat = repeat
        self._rounds: dict[str, list[Round]] = {}

    def parts(self) -> dict[str, Callable[[], Iterable[Row]]]:
        return {
            "compute": self.compute,
            "serial": self.serial,
            "lock": self.lock,
            "refcount": self.refcount,
            "slower": self.slower,
            "imbalance": self.imbalance,
            "pauses": self.pauses,
            "sum": self.sum,
            "prediction": self.prediction,
            "same": self.same,
            "screen": self.screen,
        }

    def rounds(self, name: str) -> list[Round]:
        """Recorded when they are first asked for."""
        if name not in self._rounds:
            self._rounds[name] = [play(PROGRAMS[name], self._pythons) for _ in range(self._repeat)]
        return self._rounds[name]

    def compute(self) -> Iterator[Row]:
        rounds = self.rounds("compute")
        alone = median(rounds, lambda of: of.alone[GIL]["seconds"] / of.alone[FREE]["seconds"])
        yield "pure compute: speed-up", f"within 10 % of {CORES} cores", f"{median(rounds, speedup):.2f} ({alone:.2f} when not looked at)"
        lost = median(rounds, lambda of: (sum(of.lost.values()) - of.lost["run-delay"] - of.lost["unexplained"]) / capacity(of))
        yield "pure compute: lost, but for run delay and what is unexplained", "≤ 5 % of the cores' time", f"{lost:.1%}; {unattributed(rounds)}"

    def serial(self) -> Iterator[Row]:
        rounds = self.rounds("serial")
        law = 1 / (SERIAL_SHARE + (1 - SERIAL_SHARE) / CORES)
        alone = median(rounds, lambda of: of.alone[GIL]["seconds"] / of.alone[FREE]["seconds"])
        yield (
            f"a quarter of the work is serial: speed-up against Amdahl's {law:.2f}",
            "within 10 %",
            against(rounds, speedup, lambda of: law, "") + f"; {alone:.2f} when not looked at",
        )
        yield (
            "a quarter is serial: serial loss against (cores − 1) × the program's own time for it",
            "within 10 %",
            against(rounds, lambda of: of.lost["serial"], lambda of: (CORES - 1) * of.told[FREE]["serialSeconds"]),
        )

    def lock(self) -> Iterator[Row]:
        rounds = self.rounds("lock")
        yield (
            "three quarters of the work in one lock: loss to locks against the program's own time of waiting",
            "within 10 %",
            against(rounds, lambda of: of.lost["lock"], lambda of: of.told[FREE]["waitSeconds"]),
        )
        found = [first_lock(of.said) for of in rounds]
        right = found.count(f"Ledger.lock, Ledger.book:{line_of('# <- the lock')}")
        named = ", ".join(sorted(set(found)))
        yield "the lock that is waited for most is named, with the line", "in all rounds", f"{right} of {len(rounds)} ({named})"

    def refcount(self) -> Iterator[Row]:
        rounds = self.rounds("refcount")
        program = PROGRAMS["refcount"]._replace(name="private_count")
        private = statistics.median(run_alone(self._pythons.free, program)["cpuSeconds"] for _ in rounds)
        shared = median(rounds, lambda of: of.alone[FREE]["cpuSeconds"])
        greatest = [max(of.lost, key=lambda kind: of.lost[kind]) for of in rounds]
        yield (
            "threads count references to one object: greatest loss",
            "refcount, in all rounds",
            f"refcount in {greatest.count('refcount')} of {len(rounds)}; {median(rounds, lambda of: of.lost['refcount']):.2f} s; "
            f"when not looked at, it costs {shared - private:.2f} s more CPU time ({shared / private:.1f} ×) than an object a thread",
        )
        right = sum(is_named(of.said, "refcount", "Settings", line_of("# <- the count")) for of in rounds)
        yield "the object's type is named, with the line", "in all rounds", f"{right} of {len(rounds)}"

    def slower(self) -> Iterator[Row]:
        rounds = self.rounds("slower")
        ratio = median(rounds, lambda of: of.alone[GIL]["seconds"] / of.alone[FREE]["seconds"])
        yield (
            "one thread, slower when free-threaded: slower code against the difference when not looked at",
            "within 10 %",
            against(rounds, lambda of: of.lost["slower-code"], lambda of: of.alone[FREE]["seconds"] - of.alone[GIL]["seconds"]),
        )
        yield "the same: speed-up against that when not looked at", "within 10 %", against(rounds, speedup, lambda of: ratio, "")

    def imbalance(self) -> Iterator[Row]:
        yield (
            "threads with more and more to do: loss to imbalance against the program's own time",
            "within 10 %",
            against(self.rounds("imbalance"), lambda of: of.lost["imbalance"], lambda of: of.told[FREE]["doneEarlySeconds"]),
        )

    def pauses(self) -> Iterator[Row]:
        yield (
            "garbage collections: loss to pauses against `gc.callbacks`",
            "within 15 %",
            against(self.rounds("pauses"), lambda of: of.lost["stop-the-world"], lambda of: of.told[FREE]["pausedSeconds"]),
        )

    def sum(self) -> Iterator[Row]:
        rounds = [of for name in PROGRAMS for of in self.rounds(name)]
        off = max(abs(of.said["decomposition"]["workSeconds"] + sum(of.lost.values()) - capacity(of)) / capacity(of) for of in rounds)
        yield "work and losses against cores × wall time, all programs", "within 2 %", f"{off:.3%} at most"
        shares = [of.lost["unexplained"] / capacity(of) for of in rounds]
        yield "the same: called unexplained", "", f"{statistics.median(shares):.1%} (median; {min(shares):.1%} to {max(shares):.1%})"

    def prediction(self) -> Iterator[Row]:
        for name in ("compute", "serial", "lock"):
            yield (
                f"speed-up predicted from the recording with the GIL, against the real one: {name}",
                "",
                against(self.rounds(name), lambda of: of.said["predicted"]["speedupAtMost"], speedup, ""),
            )

    def same(self) -> Iterator[Row]:
        """Nothing is different, so whatever is called so is wrong."""
        chance = random.Random(SAME_RUNS)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            files = [folder / f"{number}.threadlens" for number in range(SAME_RUNS)]
            for file in files:
                record(self._pythons.free, SAME, file)
            sets = [chance.sample(files, 2 * SET) for _ in range(SAME_PAIRS)]
            wrong = [called_real(compare(*linked(folder, number, chosen))) for number, chosen in enumerate(sets)]
            what = f"two sets of {SET} runs of one configuration: nothing is called different"
            yield what, *told_different(wrong, f"disjoint sets, drawn from {SAME_RUNS} runs")
            pairs = chance.sample(list(itertools.combinations(files, 2)), SAME_PAIRS)
            wrong = [called_real(compare(*pair)) for pair in pairs]
            yield "two single runs of one configuration: nothing is called different", *told_different(wrong, f"drawn from {SAME_RUNS} runs")

    def screen(self) -> Iterator[Row]:
        """The app measures this itself."""
        cells = launcher("bench", "views", "--only", "compare").splitlines()
        row = next(line for line in cells if "compared" in line)
        what, reach, reached = row.strip("| ").split(" | ")
        yield what, reach, reached


# --- figures ----------------------------------------------------------------------------------------------------------


def median(rounds: list[Round], figure: Callable[[Round], float]) -> float:
    return statistics.median(figure(of) for of in rounds)


def against(rounds: list[Round], said: Callable[[Round], float], true: Callable[[Round], float], unit: str = " s") -> str:
    """How far what is said is from what is true, of each round."""
    off = median(rounds, lambda of: said(of) / true(of) - 1)
    return f"{off:+.1%} ({median(rounds, said):.2f}{unit} of {median(rounds, true):.2f}{unit})"


def speedup(of: Round) -> float:
    return of.said["speedup"]


def capacity(of: Round) -> float:
    """Core-seconds that the free-threaded run had."""
    return of.said["decomposition"]["cores"] * of.said["decomposition"]["wallSecondsB"]


def unattributed(rounds: list[Round]) -> str:
    delay, rest = (median(rounds, lambda of, kind=kind: of.lost[kind] / capacity(of)) for kind in ("run-delay", "unexplained"))
    return f"run delay {delay:.1%}, unexplained {rest:.1%}"


def first_lock(said: Json) -> str:
    locks = sorted(said["locks"], key=lambda lock: -lock["bSeconds"])
    return f"{locks[0]['label']}, {locks[0]['waits']['function']}:{locks[0]['waits']['line']}" if locks else "nothing"


def is_named(said: Json, kind: str, type_: str, line: int) -> bool:
    """Whether a finding of a class names a type and a line."""
    findings = [finding for finding in said["findings"] if finding["class"] == kind and type_ in finding["title"] + finding["evidence"]]
    return any(place["line"] == line for finding in findings for place in finding["where"])


def line_of(mark: str) -> int:
    lines = (HERE / "compared_programs.py").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if mark in line)


def called_real(said: Any, at: str = "") -> list[str]:
    """Where a comparison calls something different beyond noise."""
    if isinstance(said, list):
        return [path for number, part in enumerate(said) for path in called_real(part, f"{at}[{number}]")]
    if not isinstance(said, dict):
        return []
    deeper = [path for name, part in said.items() for path in called_real(part, f"{at}.{name}")]
    return [at, *deeper] if said.get("significant") else deeper


def told_different(wrong: list[list[str]], how: str) -> tuple[str, str]:
    """The cells of a row, with the kinds of figures that were called different."""
    right = sum(not paths for paths in wrong)
    kinds = sorted({re.sub(r"\[\d+\]", "", path).lstrip(".") for paths in wrong for path in paths})
    return f"in ≥ 95 of {SAME_PAIRS} pairs", f"in {right} ({how})" + (f"; called different: {', '.join(kinds)}" if kinds else "")


def linked(folder: Path, number: int, chosen: list[Path]) -> list[Path]:
    """Two folders with half of the recordings each."""
    sides = []
    for side, files in (("a", chosen[:SET]), ("b", chosen[SET:])):
        sides.append(folder / f"{number}{side}")
        sides[-1].mkdir()
        for file in files:
            (sides[-1] / file.name).symlink_to(file)
    return sides


if __name__ == "__main__":
    raise SystemExit(main())
