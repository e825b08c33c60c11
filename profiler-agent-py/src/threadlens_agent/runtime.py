"""Finds the interpreter in a process."""

from __future__ import annotations

from typing import NamedTuple

from . import processes
from .elf import find_section
from .layout import Build, Unknown, read_build
from .memory import Memory, Unreadable


class Runtime(NamedTuple):
    """A `_PyRuntime` that was found, and what it says it is."""

    address: int
    build: Build


def find_runtime(memory: Memory) -> Runtime | None:
    """The interpreter of the process, or None: not a Python, or one older than 3.13. Raises PermissionError where we may not look.

    CPython keeps `_PyRuntime` in an ELF section of its own so that it can be found in a stripped file.
    """
    for mapping in processes.python_files(memory.pid):
        try:
            section = find_section(processes.openable(memory.pid, mapping.path), b".PyRuntime")
            if section is not None:
                address = mapping.start + section.offset
                return Runtime(address, read_build(memory, address))
        except Unreadable as error:
            if isinstance(error.__cause__, OSError) and error.__cause__.errno == 1:
                raise PermissionError(1, "the memory of the process may not be read") from error
        except (Unknown, FileNotFoundError):
            continue
    return None
