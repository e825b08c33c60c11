"""The names of threads, as `threading` knows them.

They are where `threading` keeps them: interpreter -> sys.modules -> `threading` -> `_active`, a dict of Thread objects by `get_ident()`, each with its
`_name` (Lib/threading.py, the same in 3.13, 3.14 and 3.15). Reading them asks nothing of the target.
"""

from __future__ import annotations

from .layout import Layout
from .memory import Memory, Unreadable
from .objects import Absent, Objects

_MAX_INTERPRETERS = 64
_MAX_THREADS = 8192
_TRIES = 3


class ThreadNames:
    """Reads the names again whenever it is asked to."""

    def __init__(self, memory: Memory, layout: Layout, runtime: int) -> None:
        self._memory = memory
        self._layout = layout
        self._runtime = runtime
        self._active: dict[int, int] = {}  # by interpreter
        self._searched: dict[int, tuple[int, int]] = {}  # by interpreter: sys.modules when `threading` was not in it

    def read(self) -> dict[int, str]:
        """Name by ident, for the threads whose name could be read now."""
        names: dict[int, str] = {}
        objects = Objects(self._memory, self._layout)
        try:
            for interpreter in self._interpreters():
                names.update(self._of_interpreter(objects, interpreter))
        except (Unreadable, Absent):
            pass  # the process is ending, or its lists are changing: the next look will do
        return names

    def _interpreters(self) -> list[int]:
        found: list[int] = []
        interpreter = self._memory.word(self._runtime + self._layout.interpreters_head)
        while interpreter and len(found) < _MAX_INTERPRETERS:
            found.append(interpreter)
            interpreter = self._memory.word(interpreter + self._layout.interpreter_next)
        return found

    def _of_interpreter(self, objects: Objects, interpreter: int) -> dict[int, str]:
        for _ in range(_TRIES):
            try:
                active = self._active_threads(objects, interpreter)
                return self._names(objects, active) if active else {}
            except (Unreadable, Absent):
                self._active.pop(interpreter, None)
        return {}

    def _active_threads(self, objects: Objects, interpreter: int) -> int:
        """The address of `threading._active`, which stays what it is as long as the module does; 0 when `threading` is not imported."""
        known = self._active.get(interpreter)
        if known is None:
            modules = objects.word(interpreter + self._layout.imports_modules)
            extent = objects.extent(modules)
            if self._searched.get(interpreter) == extent:
                return 0
            try:
                module = objects.item(modules, "threading")
            except Absent:
                self._searched[interpreter] = extent
                return 0
            known = self._active[interpreter] = objects.item(objects.word(module + self._layout.md_dict), "_active")
        return known

    def _names(self, objects: Objects, active: int) -> dict[int, str]:
        names: dict[int, str] = {}
        for entry in objects.entries(active)[:_MAX_THREADS]:
            try:
                # The key is an int below 2**61 - 1, and the hash of such an int is itself (Objects/longobject.c, long_hash).
                names[entry.hash] = objects.text(objects.attribute(entry.value, "_name"))
            except (Unreadable, Absent):
                continue  # a thread that is being made or is going
        return names
