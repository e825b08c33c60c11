"""The process that is recorded, as the kernel sees it: whether it is still there, still the same program, and has children."""

from __future__ import annotations

import os
import select
import time
from typing import NamedTuple

from . import processes
from .errors import AgentError
from .launch import Program

_CHILDREN_EVERY_SECONDS = 0.5
_ENDING_SECONDS = 5.0


class End(NamedTuple):
    """How a target ended, in the words of the wire's `end`."""

    reason: str
    exit_code: int | None


class Target:
    """Watches one process. `program` is it, when we started it."""

    def __init__(self, pid: int, program: Program | None = None) -> None:
        self.pid = pid
        self._program = program
        try:
            self._pidfd = os.pidfd_open(pid)
            self._stat = os.open(f"/proc/{pid}/stat", os.O_RDONLY | os.O_CLOEXEC)
            first = processes.parse_status(os.pread(self._stat, 4096, 0))
        except OSError:
            raise AgentError(no_such_process(pid)) from None
        self._stack_start = first.stack_start
        self._children = processes.children(pid)
        self._children_seen = time.monotonic()

    def fileno(self) -> int:
        """Readable when the process has ended."""
        return self._pidfd

    def ended(self) -> End | None:
        """None while the process goes on being the program it was."""
        gone = bool(select.select([self._pidfd], [], [], 0)[0])
        if gone:
            return self._how_it_ended()
        if self._status().stack_start not in (0, self._stack_start):  # 0: it has given back its memory and is about to be gone
            return End("exec", None)
        return None

    def ended_or_replaced(self) -> End:
        """For when the interpreter is no longer found in it: a process that is ending loses its memory a moment before it is gone."""
        select.select([self._pidfd], [], [], _ENDING_SECONDS)
        return self.ended() or End("exec", None)

    def _how_it_ended(self) -> End:
        if self._program is not None:
            code = self._program.wait()
            return End("killed" if code < 0 else "exited", code)
        # Until its parent has asked, the kernel keeps how a process ended; who was killed is then still to be seen.
        return End("killed" if self._status().exit_code & 0x7F else "exited", None)

    def _status(self) -> processes.Status:
        try:
            return processes.parse_status(os.pread(self._stat, 4096, 0))
        except OSError:
            return processes.Status("", "X", 0, 0.0, 0, self._stack_start, 0)

    def new_children(self) -> list[int]:
        """The children that were not there the last time; looks twice a second at most."""
        now = time.monotonic()
        if now - self._children_seen < _CHILDREN_EVERY_SECONDS:
            return []
        self._children_seen = now
        children = processes.children(self.pid)
        new = sorted(children - self._children)
        self._children = children
        return new

    def close(self) -> None:
        """Lets go of the process."""
        os.close(self._pidfd)
        os.close(self._stat)


def no_such_process(pid: int) -> str:
    """The line for a pid that is not there."""
    return f"no process has the pid {pid}; `list` shows the Python processes of this machine"
