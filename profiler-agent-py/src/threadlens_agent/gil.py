"""Whether the GIL is on, seen from outside, and which module turned it on."""

from __future__ import annotations

import sys

from .memory import Unreadable
from .objects import Absent, Objects
from .runtime import Runtime

_EXTENSION = ".so"
_FOR_GOOD = 0x7FFFFFFF


def gil_enabled(runtime: Runtime) -> bool:
    """Whether the GIL of the target's main interpreter is on for good. Raises `Unreadable` or `Unknown`.

    `enabled` is the first member of struct _gil_runtime_state in a free-threaded build (Include/internal/pycore_gil.h): 0 is off, INT_MAX
    on for good; what lies between is a moment during the import of any extension, when `sys._is_gil_enabled()` is true as well. Other
    builds have no such member and the GIL is always on.
    """
    if not runtime.build.free_threaded:
        return True
    gil = runtime.memory.word(runtime.main_interpreter() + runtime.layout.ceval_gil)
    return int.from_bytes(runtime.memory.read(gil, 4), sys.byteorder) == _FOR_GOOD


def module_that_needs_gil(runtime: Runtime) -> str | None:
    """The extension module that turned the GIL on for good: the first in sys.modules that did not declare that it can do without.

    None when it is off or when no such module is found.
    """
    try:
        if not runtime.build.free_threaded or not gil_enabled(runtime):
            return None
        objects = Objects(runtime.memory, runtime.layout)
        modules = objects.entries(objects.word(runtime.main_interpreter() + runtime.layout.imports_modules))
        place, size = runtime.layout.md_gil(runtime.build.version)
        flags = runtime.memory.each([entry.value + place for entry in modules], size)
        for entry, flag in zip(modules, flags):
            if flag is not None and _needs_gil(runtime, flag) and _is_extension(objects, entry.value + runtime.layout.md_dict):
                return objects.key(entry.key)
    except (Unreadable, Absent):
        pass  # sys.modules changes while the import goes on
    return None


def _needs_gil(runtime: Runtime, flag: bytes) -> bool:
    """Up to 3.14 Py_MOD_GIL_USED, a null pointer; from 3.15 on a bool (Include/moduleobject.h, Include/internal/pycore_moduleobject.h)."""
    return any(flag) == (runtime.build.version[:2] >= (3, 15))


def _is_extension(objects: Objects, md_dict: int) -> bool:
    """Modules written in Python carry the same flag, and it means nothing there."""
    try:
        return objects.text(objects.item(objects.word(md_dict), "__file__")).endswith(_EXTENSION)
    except (Unreadable, Absent):
        return False
