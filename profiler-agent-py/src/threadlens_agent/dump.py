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
        "threads": [_thread(look, names.get(look.ident)) for look in sorted(looks, key=lambda look: look.tid)],
    }


def _thread(look: native.Look, name: str | None) -> dict[str, Any]:
    stack = None
    if look.stack is not None:
        stack = [{"function": frame.function, "file": frame.file, "line": frame.line or None} for frame in look.stack]
    return {"tid": look.tid, "ident": look.ident, "name": name, "state": STATES[look.state], "stack": stack}


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
