"""The Python frames of a thread that waits: which functions, with which globals, variables and operands.

A thread that waits stands still, but it may wake at any moment. Its frames are read in one go, and what was read counts only if the
innermost frame was the same before and after.

Where the facts are from (the same in 3.13, 3.14 and 3.15 unless said):
  _PyInterpreterFrame  Include/internal/pycore_frame.h, from 3.14 on pycore_interpframe_structs.h; references in it have tags in their low
                       bits
  owners               the same files: from 3 on, an entry frame, which is on the C stack and runs no code of its own
  PyCodeObject         Include/cpython/code.h
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from .memory import Memory, Unreadable, words
from .objects import Absent, Objects
from .runtime import Runtime

_TRIES = 3
_MAX_FRAMES = 12
_ENTRY_OWNER = 3
_LAST_OWNER = 4
_NO_TAGS = ~7
_MAX_VARIABLES = 256
_MAX_NAMES = 1024
_MAX_OPERANDS = 64
_MAX_CODES = 4096
_VARARGS, _VARKEYWORDS = 4, 8  # CO_VARARGS, CO_VARKEYWORDS
_NESTED = "<locals>."


class Code(NamedTuple):
    """What a code object says. `mentions` has the addresses of the names of globals and attributes in it: such strings are interned, so the
    same name as the key of a dict has the same address."""

    function: str
    variables: tuple[str, ...]
    parameters: int  # of the variables come first, and then:
    collectors: int  # `*args` and `**kwargs`
    mentions: frozenset[int]
    operands: int


class Frame(NamedTuple):
    """One call. `variables` are the addresses of what the variables of the code hold, 0 for one without a value. `operands` is all there is
    room for, so it also has what was there before."""

    code: Code
    globals: int
    variables: tuple[int, ...]
    operands: tuple[int, ...]


class Stack(NamedTuple):
    """The innermost frames, the innermost first. `entry` is the address on the C stack where the interpreter began with them, 0 unknown."""

    frames: list[Frame]
    entry: int


class Stacks:
    """Reads the stacks of one process; what was learnt of a code object is kept for as long as its memory says the same."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._codes: dict[tuple[int, bytes], Code] = {}

    @property
    def _memory(self) -> Memory:
        return self._runtime.memory

    def read(self, objects: Objects, thread: int) -> Stack:
        """The stack of the thread whose state is at `thread`. Raises `Absent` where there is no thread, and when it did not stand still."""
        layout = self._runtime.layout
        if self._memory.word(thread + layout.thread_interpreter) not in self._runtime.interpreters():
            raise Absent("no thread")
        for _ in range(_TRIES):
            innermost = self._memory.word(thread + layout.current_frame)
            stack = self._walk(objects, innermost)
            if self._memory.word(thread + layout.current_frame) == innermost:
                return stack
        raise Absent("a thread that moves")

    def _walk(self, objects: Objects, address: int) -> Stack:
        layout = self._runtime.layout
        frames: list[Frame] = []
        entry = 0
        for _ in range(_MAX_FRAMES):
            if not address:
                break
            head = self._memory.read(address, layout.frame_localsplus)
            if head[layout.frame_owner] > _LAST_OWNER:
                raise Absent("no frame")
            if head[layout.frame_owner] < _ENTRY_OWNER:
                frames.append(self._frame(objects, address, head))
            elif not entry:
                entry = address
            (address,) = struct.unpack_from("<Q", head, layout.frame_previous)
        return Stack(frames, entry)

    def _frame(self, objects: Objects, address: int, head: bytes) -> Frame:
        layout = self._runtime.layout
        (executable,) = struct.unpack_from("<Q", head, layout.frame_executable)
        (frame_globals,) = struct.unpack_from("<Q", head, layout.frame_globals)
        code = self._code(objects, executable & _NO_TAGS)
        count = len(code.variables)
        data = self._memory.read(address, layout.frame_localsplus + (count + code.operands) * 8)
        if data[: layout.frame_globals + 8] != head[: layout.frame_globals + 8]:
            raise Absent("another frame meanwhile")
        slots = [slot & _NO_TAGS for slot in words(data[layout.frame_localsplus :])]
        return Frame(code, frame_globals, tuple(self._contents(objects, slots[:count])), tuple(slots[count:]))

    def _contents(self, objects: Objects, variables: list[int]) -> Iterator[int]:
        """What is in the variables; those of a closure are in a cell of their own."""
        for variable, its_type in zip(variables, objects.types_of(variables)):
            try:
                in_cell = bool(its_type) and objects.type_name(its_type) == "cell"
                yield objects.word(variable + self._runtime.layout.cell_content) if in_cell else variable
            except (Unreadable, Absent):
                yield 0

    def _code(self, objects: Objects, address: int) -> Code:
        layout = self._runtime.layout
        head = self._memory.read(address, layout.code_qualname + 8)
        (its_type,) = struct.unpack_from("<Q", head, layout.ob_type)
        if objects.type_name(its_type) != "code":
            raise Absent("no code")
        key = address, head[layout.object_size :]  # without the count of references
        known = self._codes.get(key)
        if known is None:
            if len(self._codes) >= _MAX_CODES:
                self._codes.clear()
            known = self._codes[key] = self._read_code(objects, head)
        return known

    def _read_code(self, objects: Objects, head: bytes) -> Code:
        layout = self._runtime.layout
        flags, positional, _, keyword_only, operands = struct.unpack_from("<iiiii", head, layout.code_flags)
        names, variables, qualified = (
            struct.unpack_from("<Q", head, at)[0] for at in (layout.code_names, layout.code_localsplusnames, layout.code_qualname)
        )
        collectors = bool(flags & _VARARGS) + bool(flags & _VARKEYWORDS)
        return Code(
            function=objects.text(qualified).rpartition(_NESTED)[2],
            variables=tuple(map(objects.key, objects.elements(variables, _MAX_VARIABLES))),
            parameters=positional + keyword_only,
            collectors=collectors,
            mentions=frozenset(objects.elements(names, _MAX_NAMES)),
            operands=max(0, min(operands, _MAX_OPERANDS)),
        )
