"""What the kernel says about a process, from /proc."""

from __future__ import annotations

import os
from typing import NamedTuple

_TICKS = os.sysconf("SC_CLK_TCK")


class Mapping(NamedTuple):
    """The lowest mapping of a file into a process."""

    start: int
    path: str


def command(pid: int) -> list[str]:
    """The command line, empty for a kernel thread, a zombie, and a process that is gone."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            data = file.read()
    except OSError:
        return []
    return [os.fsdecode(word) for word in data.rstrip(b"\0").split(b"\0")] if data else []


def executable(pid: int) -> str | None:
    """The path of the running file, None where we may not know."""
    try:
        return os.readlink(f"/proc/{pid}/exe").removesuffix(" (deleted)")
    except OSError:
        return None


def python_files(pid: int) -> list[Mapping]:
    """The files called *python* that are mapped into the process, as CPython itself looks for them. Raises OSError where we may not."""
    with open(f"/proc/{pid}/maps", "rb") as file:
        data = file.read()
    if b"python" not in data:
        return []
    found: dict[str, Mapping] = {}
    for line in data.splitlines():
        fields = line.split(None, 5)
        if len(fields) == 6 and b"python" in fields[5].rpartition(b"/")[2]:
            path = os.fsdecode(fields[5])
            if path not in found:
                found[path] = Mapping(int(fields[0].partition(b"-")[0], 16), path)
    return list(found.values())


def writable_file_mappings(pid: int) -> list[tuple[int, int]]:
    """Start and end of what is mapped from files and may be written: where the variables of programs and libraries are."""
    found = []
    with open(f"/proc/{pid}/maps", "rb") as file:
        for line in file:
            fields = line.split(None, 5)
            if len(fields) == 6 and fields[1].startswith(b"rw") and fields[5].startswith(b"/"):
                start, _, end = fields[0].partition(b"-")
                found.append((int(start, 16), int(end, 16)))
    return found


def openable(pid: int, path: str) -> str:
    """A name by which a file mapped into the process can be opened, though it was deleted or belongs to a container."""
    if path.removesuffix(" (deleted)") == executable(pid):
        return f"/proc/{pid}/exe"
    return f"/proc/{pid}/root{path}"


class Status(NamedTuple):
    """The few words of /proc/PID/stat that say how a process is doing."""

    comm: str
    state: str
    threads: int
    cpu_seconds: float
    started: int  # clock ticks since boot
    stack_start: int  # where exec put the stack: another number is another program; 0 where we may not know
    exit_code: int  # as wait() has it, of a zombie; 0 where we may not know


def status(pid: int) -> Status:
    """Raises OSError when the process is gone."""
    with open(f"/proc/{pid}/stat", "rb") as file:
        return parse_status(file.read())


def parse_status(stat: bytes) -> Status:
    """See proc_pid_stat(5); the name in parentheses may itself have spaces and parentheses in it."""
    before, _, after = stat.rpartition(b")")
    fields = after.split()
    return Status(
        comm=os.fsdecode(before.partition(b"(")[2]),
        state=chr(fields[0][0]),
        threads=int(fields[17]),
        cpu_seconds=(int(fields[11]) + int(fields[12])) / _TICKS,
        started=int(fields[19]),
        stack_start=int(fields[25]),
        exit_code=int(fields[49]),
    )


def threads(pid: int) -> list[int]:
    """The native ids of the threads; empty when the process is gone."""
    try:
        return [int(name) for name in os.listdir(f"/proc/{pid}/task")]
    except OSError:
        return []


def children(pid: int) -> set[int]:
    """The child processes, whichever thread made them; empty on a kernel that does not tell (CONFIG_PROC_CHILDREN)."""
    found: set[int] = set()
    for tid in threads(pid):
        try:
            with open(f"/proc/{pid}/task/{tid}/children", "rb") as file:
                found.update(map(int, file.read().split()))
        except OSError:
            continue
    return found
