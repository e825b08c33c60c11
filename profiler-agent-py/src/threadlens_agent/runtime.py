"""The interpreter in a process: finds it, and knows its layout and its parts."""

from __future__ import annotations

import errno
import functools

from . import processes
from .elf import find_section
from .layout import COOKIE, Build, Layout, Unknown, read_build, read_layout
from .memory import Memory, Unreadable

_MAX_INTERPRETERS = 64
_MAX_SCAN = 1 << 24


class Runtime:
    """A `_PyRuntime` in the memory of a process."""

    def __init__(self, memory: Memory, address: int, build: Build) -> None:
        self.memory = memory
        self.build = build
        self._address = address

    @functools.cached_property
    def layout(self) -> Layout:
        """Raises `Unknown` for a version whose layout is not known here, `Unreadable` when the process is gone."""
        return read_layout(self.memory, self._address)

    def interpreters(self) -> list[int]:
        """Addresses of the interpreter states, newest first: the main interpreter is the last. Raises `Unreadable`."""
        found: list[int] = []
        interpreter = self.memory.word(self._address + self.layout.interpreters_head)
        while interpreter and len(found) < _MAX_INTERPRETERS:
            found.append(interpreter)
            interpreter = self.memory.word(interpreter + self.layout.interpreter_next)
        return found

    def main_interpreter(self) -> int:
        """Raises `Unreadable` before there is one."""
        found = self.interpreters()
        if not found:
            raise Unreadable("there is no interpreter yet, or no more")
        return found[-1]

    def has_thread(self) -> bool:
        """Whether it has begun to run. Raises `Unreadable`."""
        return any(self.memory.word(interpreter + self.layout.threads_head) for interpreter in self.interpreters())


def find_runtime(pid: int) -> Runtime | None:
    """The interpreter of the process, or None: not a Python, or one older than 3.13. Raises PermissionError where we may not look.

    CPython keeps `_PyRuntime` in an ELF section of its own so that it can be found in a stripped file.
    """
    memory = Memory(pid)
    for mapping in processes.python_files(pid):
        try:
            section = find_section(processes.openable(pid, mapping.path), b".PyRuntime")
            if section is not None:
                address = mapping.start + section.offset
                return Runtime(memory, address, read_build(memory, address))
        except Unreadable as error:
            if isinstance(error.__cause__, OSError) and error.__cause__.errno == errno.EPERM:
                raise PermissionError(errno.EPERM, "the memory of the process may not be read") from error
        except (Unknown, FileNotFoundError):
            continue
    return None


def scan_for_runtime(pid: int) -> Runtime | None:
    """Like `find_runtime`, for an interpreter in a file of any name, or in one that is not there any more: looks for the table itself in
    everything that is mapped from files and writable. Takes milliseconds where that takes microseconds."""
    memory = Memory(pid)
    for start, end in processes.writable_file_mappings(pid):
        try:
            data = memory.read(start, min(end - start, _MAX_SCAN))
            at = data.find(COOKIE)
            while at >= 0:
                if at % 8 == 0 and (build := read_build(memory, start + at)).version.major == 3:
                    return Runtime(memory, start + at, build)
                at = data.find(COOKIE, at + 1)
        except (Unreadable, Unknown):
            continue
    return None
