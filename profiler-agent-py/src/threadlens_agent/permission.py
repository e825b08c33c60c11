"""Why a process may not be read, and what to do about it."""

from __future__ import annotations

import os

_SCOPE = "/proc/sys/kernel/yama/ptrace_scope"
_AROUND = (
    "start the program through `record -- PYTHON …`, or call `threadlens_agent.start()` in it, and no more permission is needed"
)


def ptrace_scope() -> int:
    """Yama's setting; 0 where there is no Yama."""
    try:
        with open(_SCOPE, encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return 0


def why_refused(pid: int) -> str:
    """One line: which rule is in the way of reading `pid`, what lifts it, and the two ways around it."""
    scope = ptrace_scope()
    try:
        owner = os.stat(f"/proc/{pid}").st_uid
    except OSError:
        owner = os.geteuid()
    if os.geteuid() not in (0, owner):
        return f"it belongs to another user (uid {owner}): run the agent as that user, or with CAP_SYS_PTRACE (sudo); or {_AROUND}"
    if scope == 3:
        return "kernel.yama.ptrace_scope is 3: until it is started anew, this machine lets no process read another, whatever its rights"
    if scope == 2:
        return f"kernel.yama.ptrace_scope is 2: run the agent with CAP_SYS_PTRACE (sudo), or set it to 1 and {_AROUND}"
    if scope == 1:
        return (
            "kernel.yama.ptrace_scope is 1, which lets only its parent read a process: "
            f"run the agent with CAP_SYS_PTRACE (sudo), or set it to 0 (`sudo sysctl kernel.yama.ptrace_scope=0`); or {_AROUND}"
        )
    return "the kernel refuses (a container's seccomp profile, or a program that made itself not dumpable): give the agent CAP_SYS_PTRACE"
