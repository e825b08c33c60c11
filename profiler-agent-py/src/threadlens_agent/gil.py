"""Whether the GIL is on, seen from outside."""

from __future__ import annotations

from .layout import Layout
from .memory import Memory
from .runtime import Runtime


def gil_enabled(memory: Memory, layout: Layout, runtime: Runtime) -> bool:
    """What `sys._is_gil_enabled()` would say in the target's main interpreter. Raises `Unreadable`.

    `enabled` is the first member of struct _gil_runtime_state in a free-threaded build (Include/internal/pycore_gil.h): 0 is off, more is on, for good or
    while an extension is being imported. Other builds have no such member and the GIL is always on.
    """
    if not runtime.build.free_threaded:
        return True
    interpreter = memory.word(runtime.address + layout.interpreters_head)
    while following := memory.word(interpreter + layout.interpreter_next):
        interpreter = following  # the list is newest first, so the main interpreter is its last
    gil = memory.word(interpreter + layout.ceval_gil)
    return memory.read(gil, 4) != b"\0\0\0\0"
