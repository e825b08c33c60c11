"""The C stack of a thread that waits in native code: which library it is in.

There is no unwinding here. What looks like a return address between the stack pointer and the place where the interpreter entered is taken
for one; a pointer to a function does not, for no call stands before it.
"""

from __future__ import annotations

import bisect
import os
import platform
import re
from typing import NamedTuple

from . import processes
from .memory import Memory, words

#: What the interpreter itself is called.
INTERPRETER = "python"

_REACH = 1 << 14  # looked through where it is not known how far the native code goes
#: Those on behalf of others.
_CARRIERS = re.compile(r"(libc|ld|libpthread|libstdc\+\+|libgcc_s|libffi)[-.]|ld-|libc\.musl")
_CALL_SIZE = 8


class _Code(NamedTuple):
    """A mapping that may be executed."""

    start: int
    end: int
    path: str


def library(memory: Memory, tid: int, entry: int) -> str | None:
    """The file name of the library that thread `tid` called last of those that are neither the interpreter nor the C library; INTERPRETER
    when it called none; None when that cannot be told. `entry` is where on the stack the interpreter entered, 0 unknown. Raises OSError when
    the thread runs or is gone, and `Unreadable` when its memory is."""
    stack_pointer = _stack_pointer(memory.pid, tid)
    code, stack_end = _mappings(memory.pid, stack_pointer)
    if not stack_end:
        return None
    end = entry if stack_pointer < entry <= stack_end else min(stack_pointer + _REACH, stack_end)
    interpreter = _interpreter(memory.pid, code)
    in_interpreter = False
    for word in words(memory.read(stack_pointer, (end - stack_pointer) & ~7)):
        path = _file_of(code, word)
        if path is None or _CARRIERS.match(os.path.basename(path)) or not _follows_call(memory, word):
            continue
        if path not in interpreter:
            return os.path.basename(path)
        in_interpreter = True
    return INTERPRETER if in_interpreter else None


def _file_of(code: list[_Code], address: int) -> str | None:
    at = bisect.bisect_right(code, address, key=lambda one: one.start) - 1
    return code[at].path if at >= 0 and code[at].start + _CALL_SIZE <= address < code[at].end else None


def _stack_pointer(pid: int, tid: int) -> int:
    """Raises OSError when the thread does not wait, and when the number means another thread outside its namespace."""
    with open(f"/proc/{pid}/task/{tid}/status", encoding="utf-8", errors="replace") as file:
        ids = next((line.split() for line in file if line.startswith("NSpid:")), [])
    if ids and ids[-1] != str(tid):
        raise ProcessLookupError(f"thread {tid} of a namespace")
    with open(f"/proc/{pid}/task/{tid}/syscall", encoding="ascii") as file:
        fields = file.read().split()
    if len(fields) < 3:
        raise ProcessLookupError(f"thread {tid} runs")
    return int(fields[-2], 16)


def _mappings(pid: int, stack_pointer: int) -> tuple[list[_Code], int]:
    """What may be executed, in order, and where the stack ends (0: the stack pointer is nowhere)."""
    code = []
    stack_end = 0
    with open(f"/proc/{pid}/maps", "rb") as file:
        for line in file:
            fields = line.rstrip(b"\n").split(None, 5)
            start, end = (int(part, 16) for part in fields[0].split(b"-"))
            if start <= stack_pointer < end:
                stack_end = end
            if b"x" in fields[1] and len(fields) == 6 and fields[5].startswith(b"/"):
                code.append(_Code(start, end, os.fsdecode(fields[5]).removesuffix(" (deleted)")))
    return code, stack_end


def _interpreter(pid: int, code: list[_Code]) -> set[str | None]:
    """The files that the interpreter is in: a library of its own, or the program."""
    libraries: set[str | None] = {one.path for one in code if os.path.basename(one.path).startswith("libpython")}
    return libraries or {processes.executable(pid)}


def _follows_call(memory: Memory, address: int) -> bool:
    before = memory.read(address - _CALL_SIZE, _CALL_SIZE)
    if platform.machine() == "aarch64":
        instruction = int.from_bytes(before[-4:], "little")
        return instruction >> 26 == 0b100101 or instruction & 0xFFFFFC1F == 0xD63F0000  # bl, blr
    # call rel32, or ff /2 with an operand of nought, one or four bytes, with or without a SIB byte
    return before[-5] == 0xE8 or any(before[-size] == 0xFF and before[1 - size] >> 3 & 7 == 2 for size in (2, 3, 4, 6, 7))
