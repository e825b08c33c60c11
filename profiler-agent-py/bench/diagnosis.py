"""Records a sample and judges what the report says of it by what the sample tells of itself."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"

Json = dict[str, Any]


class Case(NamedTuple):
    """A sample under an interpreter, with the GIL turned on where asked for."""

    python: Path
    sample: str
    gil: bool = False

    @property
    def interpreter(self) -> str:
        return self.python.parent.parent.name + (", PYTHON_GIL=1" if self.gil else "")


class NotRecorded(Exception):
    """A sample did not tell its truth: it lacks something, or the recording failed. The text is what was said on stderr."""


def record_sample(case: Case, seconds: float) -> tuple[Json, Json]:
    """The sample's own truth, and the report of the recording. Raises `NotRecorded`."""
    program = [str(case.python), str(SAMPLES / f"{case.sample}.py"), "--seconds", str(seconds)]
    environment = {**os.environ, **({"PYTHON_GIL": "1"} if case.gil else {})}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{case.sample}.threadlens")
        command = [os.environ["THREADLENS_LAUNCHER"], "record", "-o", str(file), "--", *program]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        line = done.stdout.splitlines()[-1:] or [""]
        if done.returncode or not line[0].startswith("truth "):
            raise NotRecorded(" ".join(done.stderr.split()) or f"exit code {done.returncode}")
        return json.loads(line[0].removeprefix("truth ")), report_of(file)


def report_of(file: Path) -> Json:
    """What `threadlens report` says of a recording or a stream."""
    return json.loads(subprocess.run([os.environ["THREADLENS_LAUNCHER"], "report", str(file), "--json"], check=True, capture_output=True).stdout)


# --- judging ----------------------------------------------------------------------------------------------------------


def complaints(expected: Json, report: Json) -> list[str]:
    """What is wrong with a report; nothing where it is right."""
    true = {*expected["classes"], *expected["also"]}
    heavy = [finding["class"] for finding in report.get("findings", []) if finding["severity"] != "low" and finding["class"] != "none"]
    wrong = [f"false alarm: {name}" for name in heavy if name not in true]
    right = expected_findings(expected, report)
    if "none" in expected["classes"]:
        return wrong if report.get("findings") else ["nothing is said"]
    if not right:
        busy = report["busyCores"]["mean"]
        return [*wrong, "missed" if busy >= expected["busyCores"] else f"nothing to be seen with {busy:.1f} busy cores"]
    named = {(place["function"], place["line"]) for finding in right for place in finding["where"]}
    for place in expected["where"]:
        if (place["function"], place["line"]) not in named:
            wrong.append(f"{place['function']}:{place['line']} is not named")
    told = " ".join(f"{finding['title']} {finding['evidence']}" for finding in right)
    types = {entry["type"] for entry in report.get("contention", []) if entry["kind"] in expected["classes"]}
    if expected["type"] and expected["type"] not in types and expected["type"] not in told:
        wrong.append(f"the type {expected['type']} is not named")
    if expected["cause"] and expected["cause"] not in told:
        wrong.append(f"the cause {expected['cause']} is not named")
    return wrong


def expected_findings(expected: Json, report: Json) -> list[Json]:
    return [finding for finding in report.get("findings", []) if finding["class"] in expected["classes"]]


def places(expected: Json, report: Json) -> str:
    """The lines that the findings of the expected classes name."""
    named = [f"{place['function']}:{place['line']}" for finding in expected_findings(expected, report) for place in finding["where"]]
    return ", ".join(dict.fromkeys(named))


# --- seconds, for the truths that a report has a figure for ----------------------------------------------------------


def told_seconds(measured: Json) -> str:
    return next((f"{measured[name]:.2f}" for name in _REPORTED if name in measured), "")


def reported_seconds(truth: Json, report: Json) -> str:
    return next((f"{_REPORTED[name](truth['expected'], report):.2f}" for name in _REPORTED if name in truth["measured"]), "")


def wait_seconds(classes: list[str], report: Json) -> float:
    """Time waited for locks of some kinds; a deadlock is waited for at locks."""
    kinds = {"lock" if name == "deadlock" else name for name in classes}
    return sum(entry["waitSeconds"] for entry in report.get("contention", []) if entry["kind"] in kinds)


_REPORTED = {
    "waitSeconds": lambda expected, report: wait_seconds(expected["classes"], report),
    "pauseSeconds": lambda _, report: report["pauses"]["seconds"],
    "runDelaySeconds": lambda _, report: sum(thread["runDelaySeconds"] or 0 for thread in report["threads"]),
}
