"""The first message of a recording: the facts of the process."""

from __future__ import annotations

import os
import platform
import time
from typing import Any

from . import __version__, processes
from .gil import gil_enabled
from .layout import Unknown
from .memory import Unreadable
from .protocol import VERSION
from .runtime import Runtime


def hello(runtime: Runtime, token: str, rate_hz: float, features: dict[str, str]) -> dict[str, Any]:
    """For a recording that begins now."""
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
        "recording": {"startedUnixNs": time.time_ns(), "startedMonoNs": time.monotonic_ns(), "rateHz": rate_hz},
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
