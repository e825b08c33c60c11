"""`dump`: every thread's name, state and stack, once."""

from __future__ import annotations

from typing import Any

from . import native, processes
from .gil import gil_enabled
from .names import ThreadNames
from .readable import find_python
from .states import STATES


def dump(pid: int) -> dict[str, Any]:
    """The keys of `dump --json`."""
    native.load()
    runtime = find_python(pid)
    looks = native.look(pid)
    names = ThreadNames(runtime).read()
    return {
        "format": "threadlens-dump/1",
        "pid": pid,
        "command": processes.command(pid),
        "python": str(runtime.build.version),
        "freeThreadedBuild": runtime.build.free_threaded,
        "gilEnabled": gil_enabled(runtime),
        "threads": [
            {
                "tid": look.tid,
                "ident": look.ident,
                "name": names.get(look.ident),
                "state": STATES[look.state],
                "stack": None if look.stack is None else [{"function": one.function, "file": one.file, "line": one.line or None} for one in look.stack],
            }
            for look in sorted(looks, key=lambda look: look.tid)
        ],
    }


def as_text(found: dict[str, Any]) -> str:
    """For a terminal; the innermost function first."""
    build = "free-threaded" if found["freeThreadedBuild"] else "GIL build"
    gil = "on" if found["gilEnabled"] else "off"
    lines = [f"Process {found['pid']}: {' '.join(found['command'])}", f"Python {found['python']}, {build}, GIL {gil}"]
    for thread in found["threads"]:
        name = f' "{thread["name"]}"' if thread["name"] else ""
        lines += ["", f"Thread {thread['tid']}{name} ({thread['state']})"]
        if thread["stack"] is None:
            lines.append("    (the stack changed while it was read)")
        for frame in thread["stack"] or []:
            lines.append(f"    {frame['function']} ({frame['file']}:{frame['line'] or '?'})")
    return "\n".join(lines)
