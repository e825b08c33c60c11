"""Samples a process and prints, as JSON, how many ticks each thread spent in each state: `python state_sampler.py PID SECONDS [--refuse-perf]`.

`--refuse-perf` has the kernel refuse `perf_event_open`, as a container's seccomp filter does, so that context switches must be estimated.
"""

from __future__ import annotations

import collections
import contextlib
import ctypes
import errno
import json
import os
import platform
import resource
import struct
import subprocess
import sys
import time

_SOURCE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "src")

STATES = ("unknown", "running", "native", "runnable", "lock", "signal", "gil", "paused", "io", "idle")


def refuse_perf() -> None:
    """From here on `perf_event_open` fails with EPERM in this process."""
    number = {"x86_64": 298, "aarch64": 241}[platform.machine()]
    program = b"".join(
        struct.pack("=HBBI", *instruction)
        for instruction in (
            (0x20, 0, 0, 0),  # load the number of the system call
            (0x15, 0, 1, number),  # if it is not this one, skip the next
            (0x06, 0, 0, 0x00050000 | errno.EPERM),  # fail
            (0x06, 0, 0, 0x7FFF0000),  # allow
        )
    )
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(program, len(program))
    filter_ = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.c_char_p(filter_), 0, 0):
        raise OSError(ctypes.get_errno(), "cannot install a seccomp filter")


def sample(pid: int, seconds: float, rate_hz: float) -> dict:
    """States by thread, and each tick's states in order, for what holds at one instant."""
    from threadlens_agent.native import open_sampler

    ticks: dict[int, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    threads: dict[int, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    tids: dict[int, int] = {}
    counters: dict[str, int] = {}
    slices = 0
    with contextlib.closing(open_sampler(pid)) as sampler:
        sampler.start(rate_hz)
        began = time.monotonic()
        deadline = began + seconds
        while time.monotonic() < deadline and sampler.alive:
            time.sleep(min(0.1, max(0.0, deadline - time.monotonic())))
            if time.monotonic() >= deadline:
                sampler.stop()
            tables, counters = sampler.take()
            if "threads" in tables:
                tids.update(zip(tables["threads"]["thread"].values(), tables["threads"]["tid"].values()))
            slices += len(list(_rows(tables, "slices", "thread")))
            for thread, tick, count, state in _rows(tables, "samples", "thread", "tick", "count", "state"):
                threads[thread][STATES[state]] += count
                for one in range(tick, tick + count):
                    ticks[one][STATES[state]] += 1
        features = sampler.features
    return {
        "seconds": time.monotonic() - began,
        "features": features,
        "counters": counters,
        "slices": slices,
        "threads": {tids[thread]: states for thread, states in threads.items()},
        "ticks": list(ticks.values()),
    }


def _rows(tables: dict, table: str, *columns: str):
    return zip(*(tables[table][column].values() for column in columns)) if table in tables else ()


def sample_in_child(pid: int, seconds: float, rate_hz: float = 1000, *, perf: bool = True, descriptors: int | None = None) -> dict:
    """`sample`, in a process of its own, so that it can be denied things: perf events, more than so many open files."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors or 0, descriptors or 0))

    command = [sys.executable, __file__, str(pid), str(seconds), str(rate_hz), *([] if perf else ["--refuse-perf"])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=seconds + 60, check=True, preexec_fn=limit if descriptors else None)
    found = json.loads(done.stdout)
    found["threads"] = {int(tid): states for tid, states in found["threads"].items()}
    return found


if __name__ == "__main__":
    sys.path.insert(0, _SOURCE)
    if "--refuse-perf" in sys.argv:
        refuse_perf()
    print(json.dumps(sample(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))))
