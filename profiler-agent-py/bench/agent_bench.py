"""`threadlens bench agent`: what looking costs, what it misses, and whether it lies.

Prints one row for each figure of docs/benchmarks.md. Figures of CPU are those of the whole agent process, read from the kernel over a stretch
in the middle of a recording. Where a Python 3.15 is found, its `profiling.sampling` is measured on the same program in the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
sys.path[:0] = [str(SOURCE), str(HERE.parent / "tests")]

import edge_oracle  # noqa: E402
from threadlens_agent.protocol import MessageReader  # noqa: E402

SAMPLING_315 = ("-m", "profiling.sampling", "attach", "-a", "-r", "1000", "--collapsed")


def main() -> int:
    parser = argparse.ArgumentParser(prog="threadlens bench agent", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10, help="length of each stretch that is measured")
    parser.add_argument("--pairs", type=int, default=15, help="alternating pairs of runs for the slow-down")
    parser.add_argument("--samples", type=int, default=200_000, help="samples for each cell of the edge oracle")
    parser.add_argument("--only", choices=("edges", "cpu", "missed", "slowdown", "bytes", "ingest"), help="one part alone")
    options = parser.parse_args()
    pythons = [Path(python) for python in os.environ["THREADLENS_TEST_PYTHONS"].split(":")]
    parts = {
        "cpu": lambda: measure_cpu(pythons, options.seconds),
        "missed": lambda: measure_missed(pythons[0], options.seconds),
        "slowdown": lambda: measure_slowdown(pythons[0], options.pairs),
        "bytes": lambda: measure_bytes(pythons[0], options.seconds),
        "ingest": measure_ingest,
        "edges": lambda: measure_edges(pythons, options.samples),
    }
    print(f"{os.cpu_count()} cores, {platform.processor() or platform.machine()}, Linux {platform.release()}\n")
    print("| what | reach | reached | compared |\n|---|---|---|---|")
    for name, part in parts.items():
        if options.only in (None, name):
            for row in part():
                print("| " + " | ".join(row) + " |", flush=True)
    return 0


# --- parts ------------------------------------------------------------------------------------------------------------


def measure_cpu(pythons: list[Path], seconds: float) -> Iterator[tuple[str, ...]]:
    stdlib = next((python for python in pythons if version(python) >= (3, 15)), None)
    for title, name, reach in (("64 idle threads 20 deep", "idle", 10), ("4 busy threads, 3 idle", "busy", 8)):
        with running(stdlib or pythons[0], name) as target, tempfile.TemporaryDirectory() as folder:
            ours = [cpu_share(agent_command(target.pid, Path(folder, f"{turn}.tlstream")), seconds) for turn in range(3)]
            theirs = "not measured: no Python 3.15"
            if stdlib:
                command = [str(stdlib), *SAMPLING_315, "-d", str(int(seconds) + 4), "-o", str(Path(folder, "stdlib")), str(target.pid)]
                theirs = f"{cpu_share(command, seconds):.1%} (profiling.sampling of {stdlib.parent.parent.name})"
        yield f"agent CPU, {title}, 1 kHz", f"≤ {reach} % of a core", f"{statistics.median(ours):.1%} (median of 3)", theirs


def measure_missed(python: Path, seconds: float) -> Iterator[tuple[str, ...]]:
    for title, name, reach in (("8 threads that doze", "light", "≤ 0.5 %"), ("4 busy threads, 3 idle, on all cores", "busy", "")):
        with running(python, name) as target, tempfile.TemporaryDirectory() as folder:
            file = Path(folder, f"{name}.tlstream")
            command = [*agent_command(target.pid, file), "--duration", str(seconds)]
            subprocess.run(command, env=environment(), check=True, stderr=subprocess.DEVNULL)
            missed, ticks = missed_ticks(file)
        yield f"ticks missed, {title}, 1 kHz", reach, f"{missed / (missed + ticks):.2%} ({missed} of {missed + ticks})", ""


def measure_slowdown(python: Path, pairs: int) -> Iterator[tuple[str, ...]]:
    alone, sampled = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(pairs):
            alone.append(run_compute(python, None))
            sampled.append(run_compute(python, Path(folder, "compute.tlstream")))
    ratio = statistics.median(sampled) / statistics.median(alone)
    yield "slow-down of a one-thread program, 1 kHz", "≤ 1.01", f"{ratio:.3f} (medians of {pairs} alternating pairs)", f"{statistics.median(alone):.2f} s alone"


def measure_bytes(python: Path, seconds: float) -> Iterator[tuple[str, ...]]:
    launcher = os.environ["THREADLENS_LAUNCHER"]
    with running(python, "idle") as target, tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "idle.threadlens")
        record = [launcher, "record", "-o", str(file), "--pid", str(target.pid), "--duration", str(seconds)]
        subprocess.run(record, check=True, stderr=subprocess.DEVNULL)
        report = json.loads(subprocess.run([launcher, "report", str(file), "--json"], check=True, capture_output=True).stdout)
        size, samples = file.stat().st_size, report["recording"]["samples"]
    yield "bytes a sample on disk, 64 idle threads", "≤ 3", f"{size / samples:.2f} ({size} bytes, {samples} samples)", ""


def measure_ingest() -> Iterator[tuple[str, ...]]:
    result = subprocess.run([os.environ["THREADLENS_LAUNCHER"], "bench", "ingest"], check=True, capture_output=True, text=True)
    yield "ingest from a synthetic agent over loopback", "≥ 20 million samples/s, memory flat", result.stdout.splitlines()[-1], "`bench ingest` has the runs"


def measure_edges(pythons: list[Path], samples: int) -> Iterator[tuple[str, ...]]:
    for python in pythons:
        total = impossible = torn = trimmed = 0
        for cell in edge_oracle.cells():
            result = edge_oracle.run(python, cell, samples)
            total += result.samples
            impossible += result.impossible
            torn += result.torn
            trimmed += result.trimmed
        yield (
            f"impossible stacks, {python.parent.parent.name}",
            "0",
            f"{impossible} of {total} (torn {torn / total:.2%}, trimmed {trimmed / total:.2%})",
            "",
        )


# --- measuring --------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def running(python: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    """A program of programs.py, ready, and killed in the end."""
    target = subprocess.Popen([python, HERE / "programs.py", name], stdout=subprocess.PIPE, text=True)
    try:
        assert target.stdout is not None
        if target.stdout.readline().strip() != "ready":
            raise SystemExit(f"the benchmark's program {name} did not start under {python}")
        yield target
    finally:
        target.kill()
        target.wait()


def agent_command(pid: int, file: Path) -> list[str]:
    return [sys.executable, "-m", "threadlens_agent", "record", "--pid", str(pid), "-o", str(file)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCE)}


def cpu_share(command: list[str], seconds: float) -> float:
    """CPU time over wall time of a sampler, from its second second on."""
    sampler = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        wall, cpu = time.monotonic(), cpu_seconds(sampler.pid)
        time.sleep(seconds)
        if sampler.poll() is not None:
            raise SystemExit(f"the sampler ended early with exit code {sampler.returncode}: {' '.join(command)}")
        return (cpu_seconds(sampler.pid) - cpu) / (time.monotonic() - wall)
    finally:
        sampler.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            sampler.wait(10)
        sampler.kill()


def cpu_seconds(pid: int) -> float:
    """CPU time of all threads of a process, from the scheduler's own count in nanoseconds."""
    return sum(int(Path(task, "schedstat").read_text().split()[0]) for task in Path(f"/proc/{pid}/task").iterdir()) / 1e9


def run_compute(python: Path, file: Path | None) -> float:
    """Seconds of the program's work, recorded to `file` or left alone."""
    program = [str(python), str(HERE / "programs.py"), "compute"]
    if file:
        file.unlink(missing_ok=True)
        program = [sys.executable, "-m", "threadlens_agent", "record", "-o", str(file), "--", *program]
    return float(subprocess.run(program, env=environment(), check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout)


def missed_ticks(file: Path) -> tuple[int, int]:
    """Ticks that were due and not taken, and ticks that were taken."""
    reader = MessageReader()
    missed = ticks = 0
    for message in reader.feed(file.read_bytes()):
        if message["type"] == "batch":
            missed = message["counters"]["missedTicks"]
            if table := message["tables"].get("ticks"):
                ticks += len(table["time"].values())
    return missed, ticks


def version(python: Path) -> tuple[int, int]:
    out = subprocess.run([python, "-c", "import sys; print(*sys.version_info[:2])"], check=True, capture_output=True, text=True).stdout
    major, minor = map(int, out.split())
    return major, minor


if __name__ == "__main__":
    raise SystemExit(main())
