"""The Python processes of this machine, for a person or a picker to choose from."""

from __future__ import annotations

import os
import pwd
import re
import time
from typing import NamedTuple

from . import processes
from .gil import gil_enabled
from .layout import OLDEST, Unknown
from .memory import Unreadable
from .permission import why_refused
from .runtime import find_runtime

#: How long processes are watched to tell how busy they are; the kernel counts in hundredths of a second.
_CPU_WINDOW_SECONDS = 0.2
_NAMED_PYTHON = re.compile(r"python(\d(?:\.\d+)?)?t?$")
_VERSION_IN_NAME = re.compile(r"python(3\.\d+|2\.\d+)")


class Interpreter(NamedTuple):
    """A Python process; what could not be found out is None."""

    pid: int
    python: str | None
    free_threaded_build: bool | None
    gil_enabled: bool | None
    threads: int
    cpu_percent: float
    command: list[str]
    user: str
    #: Why it cannot be recorded, in words, or None if it can.
    refused: str | None

    def as_json(self) -> dict[str, object]:
        """The keys of `list --json`."""
        return {
            "pid": self.pid,
            "python": self.python,
            "freeThreadedBuild": self.free_threaded_build,
            "gilEnabled": self.gil_enabled,
            "threads": self.threads,
            "cpuPercent": self.cpu_percent,
            "command": self.command,
            "user": self.user,
            "refused": self.refused,
        }


class _Facts(NamedTuple):
    python: str | None = None
    free_threaded_build: bool | None = None
    gil_enabled: bool | None = None
    refused: str | None = None


def list_interpreters() -> list[Interpreter]:
    """Every Python process but this one, by pid."""
    found: dict[int, tuple[_Facts, processes.Status]] = {}
    started = time.monotonic()
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            try:
                pid = int(name)
                facts = _facts(pid)
                if facts is not None:
                    found[pid] = facts, processes.status(pid)
            except (OSError, Unreadable):
                continue  # it ended
    time.sleep(max(0.0, started + _CPU_WINDOW_SECONDS - time.monotonic()) if found else 0.0)
    seconds = time.monotonic() - started
    result = []
    for pid, (facts, before) in sorted(found.items()):
        try:
            now = processes.status(pid)
            user = _user(os.stat(f"/proc/{pid}").st_uid)
        except OSError:
            continue
        if now.started == before.started and now.state != "Z":
            percent = round(100 * (now.cpu_seconds - before.cpu_seconds) / seconds, 1)
            result.append(Interpreter(pid, *facts[:3], now.threads, percent, processes.command(pid), user, facts.refused))
    return result


def _facts(pid: int) -> _Facts | None:
    """What kind of Python the process is; None when it is none."""
    try:
        runtime = find_runtime(pid)
    except PermissionError:
        return _stranger(pid)
    if runtime is None:
        return _older(pid)
    version, free_threaded = runtime.build
    if not version.supported:
        return _Facts(str(version), free_threaded, refused=f"Python {version} is not known to this agent")
    try:
        enabled = gil_enabled(runtime)
    except (Unknown, Unreadable):
        return _Facts(str(version), free_threaded)  # it has not begun yet, or is ending
    return _Facts(str(version), free_threaded, enabled)


def _older(pid: int) -> _Facts | None:
    """A Python from before the table of offsets; its files tell the version."""
    for mapping in processes.python_files(pid):
        name = os.path.basename(mapping.path)
        if _NAMED_PYTHON.match(name) or name.startswith("libpython"):
            version = _VERSION_IN_NAME.search(name)
            oldest = ".".join(map(str, OLDEST))
            return _Facts(version and version[1], False, True, f"older than Python {oldest}, which is the first that can be read")
    return None


def _stranger(pid: int) -> _Facts | None:
    """A process that may not be read; the names of its files, or at least its command, may be known all the same."""
    try:
        names = [os.path.basename(mapping.path) for mapping in processes.python_files(pid)]
    except OSError:
        names = [os.path.basename(word) for word in processes.command(pid)[:1]]
    if not any(_NAMED_PYTHON.match(name) or name.startswith("libpython") for name in names):
        return None
    version = next(filter(None, map(_VERSION_IN_NAME.search, names)), None)
    return _Facts(version and version[1], refused=why_refused(pid))


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def as_table(interpreters: list[Interpreter]) -> str:
    """For a terminal."""
    rows = [("PID", "PYTHON", "BUILD", "GIL", "THREADS", "CPU", "USER", "COMMAND")]
    for one in interpreters:
        build = {True: "free-threaded", False: "GIL", None: "?"}[one.free_threaded_build]
        gil = {True: "on", False: "off", None: "?"}[one.gil_enabled]
        cpu = f"{one.cpu_percent:.0f} %"
        rows.append((str(one.pid), one.python or "?", build, gil, str(one.threads), cpu, one.user, " ".join(one.command)[:100]))
    widths = [max(len(row[column]) for row in rows) for column in range(7)]
    lines = ["  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[7]]) for row in rows]
    reasons: dict[str, list[str]] = {}
    for one in interpreters:
        if one.refused:
            reasons.setdefault(one.refused, []).append(str(one.pid))
    notes = [f"{', '.join(pids)} cannot be recorded: {reason}" for reason, pids in reasons.items()]
    return "\n".join([*lines, *notes])
