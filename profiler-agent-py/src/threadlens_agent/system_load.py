"""How busy the machine is beside the program, so that a starved machine is not taken for a slow program."""

from __future__ import annotations

import os
import time

from .cbor import INT64, Column
from .sampling import Tables

_STAT = "/proc/stat"
#: Fields of the line `cpu` (proc(5)): idle, waiting for a disk, and guests, which are in `user` and `nice` already.
_NOT_BUSY = (3, 4, 8, 9)


class SystemLoad:
    """Rows of the wire's table `load`, counted from the moment this is made. `refusal` says why there are none."""

    def __init__(self, pid: int) -> None:
        self.refusal: str | None = None
        # The kernel's name for the CPU clock of a whole process: clock_getcpuclockid(3).
        self._own_clock = (~pid << 3) | 2
        self._step_ns = 1_000_000_000 // os.sysconf("SC_CLK_TCK")
        self._busy = 0
        try:
            self._busy_before, self._own_before = self._busy_ns(), self._own_ns()
        except (OSError, ValueError) as error:
            self.refusal = f"{_STAT} cannot be read: {error}"

    def table(self) -> Tables:
        """The table with the row of this moment; none where that cannot be told, as of a program that has ended."""
        if self.refusal:
            return {}
        try:
            # The kernel does not promise that each of its figures only grows.
            self._busy = max(self._busy, self._busy_ns() - self._busy_before)
            own = self._own_ns() - self._own_before
        except (OSError, ValueError):
            return {}
        return {"load": {"time": Column.of(INT64, [time.monotonic_ns()]), "busy": Column.of(INT64, [self._busy]), "own": Column.of(INT64, [own])}}

    def _busy_ns(self) -> int:
        with open(_STAT, encoding="ascii") as file:
            name, *fields = file.readline().split()
        if name != "cpu":
            raise ValueError(f"it begins with {name}")
        return self._step_ns * sum(int(field) for place, field in enumerate(fields) if place not in _NOT_BUSY)

    def _own_ns(self) -> int:
        return time.clock_gettime_ns(self._own_clock)
