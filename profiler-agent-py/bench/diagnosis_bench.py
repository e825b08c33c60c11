"""`threadlens bench diagnosis`: is what a report says of a program right?

Prints two tables: what is said of each program of samples/, against what it tells of itself; and how exact the figures are, against programs
that write down what they do.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from pathlib import Path

import accuracy
from diagnosis import SAMPLES, Case, Json, NotRecorded, complaints, places, record_sample, reported_seconds, told_seconds


def main() -> int:
    samples = sorted(sample.stem for sample in SAMPLES.glob("[a-z]*.py") if sample.stem != "first_look")
    parser = argparse.ArgumentParser(prog="threadlens bench diagnosis", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5, help="length of the recording of each sample")
    parser.add_argument("--only", choices=[*samples, *accuracy.MEASURES], metavar="NAME", help="one sample or one figure alone: %(choices)s")
    options = parser.parse_args()
    pythons = [Path(python) for python in os.environ["THREADLENS_TEST_PYTHONS"].split(":")]
    free_threaded = [python for python in pythons if is_free_threaded(python)]

    print(f"{os.cpu_count()} cores, {platform.processor() or platform.machine()}, Linux {platform.release()}")
    if options.only not in accuracy.MEASURES:
        print_samples([case for case in cases(pythons, free_threaded, samples) if options.only in (None, case.sample)], options.seconds)
    if options.only not in samples:
        print_figures({name: measure for name, measure in accuracy.MEASURES.items() if options.only in (None, name)}, free_threaded)
    return 0


def cases(pythons: list[Path], free_threaded: list[Path], samples: list[str]) -> list[Case]:
    """Each sample on each free-threaded interpreter; pure compute with the GIL as well, in either kind of build."""
    found = [Case(python, sample) for python in free_threaded for sample in samples]
    found += [Case(python, "compute", gil=True) for python in free_threaded]
    found += [Case(python, "compute") for python in pythons if python not in free_threaded]
    return found


def print_samples(wanted: list[Case], seconds: float) -> None:
    print("\n| sample | interpreter | expected | found | place | seconds of truth | seconds reported | verdict |\n|---|---|---|---|---|---|---|---|")
    rights = 0
    for case in wanted:
        try:
            truth, report = record_sample(case, seconds)
        except NotRecorded as error:
            cells, right = ("", "", "", "", "", f"not recorded: {error}"), False
        else:
            cells, right = judged(truth, report)
        rights += right
        print("| " + " | ".join((case.sample, case.interpreter, *cells)) + " |", flush=True)
    print(f"\n{rights} of {len(wanted)} right")


def judged(truth: Json, report: Json) -> tuple[tuple[str, ...], bool]:
    """The cells of a row from `expected` on, and whether the report is right."""
    wrong = complaints(truth["expected"], report)
    found = [f"{finding['class']} ({finding['severity']})" for finding in report.get("findings", [])]
    cells = (
        " or ".join(truth["expected"]["classes"]),
        ", ".join(found) or "nothing",
        places(truth["expected"], report),
        told_seconds(truth["measured"]),
        reported_seconds(truth, report),
        "; ".join(wrong) or "right",
    )
    return cells, not wrong


def print_figures(measures: dict[str, accuracy.Measure], pythons: list[Path]) -> None:
    print("\n| what | interpreter | reach | reached |\n|---|---|---|---|")
    for measure in measures.values():
        for python in pythons:
            print(f"| {measure.what} | {python.parent.parent.name} | {measure.reach} | {measure.take(python)} |", flush=True)


def is_free_threaded(python: Path) -> bool:
    asks = "import sysconfig; print(sysconfig.get_config_var('Py_GIL_DISABLED') or 0)"
    return subprocess.run([python, "-c", asks], check=True, capture_output=True, text=True).stdout.strip() == "1"


if __name__ == "__main__":
    raise SystemExit(main())
