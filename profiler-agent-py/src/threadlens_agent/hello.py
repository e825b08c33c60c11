"""The first message of a recording: the facts of the process."""

from __future__ import annotations

import os
import platform
import time
from typing import Any, NamedTuple

from . import __version__, processes
from .gil import gil_enabled
from .layout import Unknown
from .memory import Unreadable
from .protocol import VERSION
from .runtime import Runtime


class Instant(NamedTuple):
    """One instant on both clocks."""

    unix_ns: int
    mono_ns: int

    @classmethod
    def now(cls) -> Instant:
        return cls(time.time_ns(), time.monotonic_ns())


def hello(runtime: Runtime, token: str, rate_hz: float, features: dict[str, str], started: Instant) -> dict[str, Any]:
    """For a recording that began at `started`."""
    pid = runtime.memory.pid
    return {
        "type": "hello",
        "protocol": VERSION,
        "token": token,
        "agent": __version__,
        "process": {
            "pid": pid,
            "command": processes.command(pid),
            "executable": processes.executable(pid) or "",
            "python": str(runtime.build.version),
            "freeThreadedBuild": runtime.build.free_threaded,
            "gilEnabled": _gil_enabled(runtime),
            "cores": _cores(pid),
            "host": platform.node(),
        },
        "recording": {"startedUnixNs": started.unix_ns, "startedMonoNs": started.mono_ns, "rateHz": rate_hz},
        "features": features,
    }


def _gil_enabled(runtime: Runtime) -> bool:
    try:
        return gil_enabled(runtime)
    except (Unknown, Unreadable):
        return not runtime.build.free_threaded


def _cores(pid: int) -> int:
    """Those that the process may use."""
    try:
        return len(os.sched_getaffinity(pid))
    except OSError:
        return os.cpu_count() or 1
