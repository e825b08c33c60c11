"""The names of threads, as `threading` knows them.

They are where `threading` keeps them: interpreter -> sys.modules -> `threading` -> `_active`, a dict of Thread objects by `get_ident()`,
each with its `_name` (Lib/threading.py, the same in 3.13, 3.14 and 3.15). Reading them asks nothing of the target.
"""

from __future__ import annotations

from .memory import Unreadable
from .objects import Absent, Entry, Objects
from .runtime import Runtime

_MAX_THREADS = 8192
_TRIES = 3


class ThreadNames:
    """Reads the names again whenever it is asked to."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: dict[int, str] = {}
        self._active: dict[int, int] = {}  # by interpreter
        self._searched: dict[int, tuple[int, int]] = {}  # by interpreter: sys.modules when `threading` was not in it

    def read(self) -> dict[int, str]:
        """Name by ident, for the threads whose name could be read now."""
        names: dict[int, str] = {}
        try:
            objects = Objects(self._runtime.memory, self._runtime.layout)
            for interpreter in self._runtime.interpreters():
                names.update(self._of_interpreter(objects, interpreter))
        except (Unreadable, Absent):
            pass  # the process is ending, or its lists are changing: the next look will do
        self._known = names
        return names

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
            modules = objects.word(interpreter + self._runtime.layout.imports_modules)
            extent = objects.extent(modules)
            if self._searched.get(interpreter) == extent:
                return 0
            try:
                module = objects.item(modules, "threading")
            except Absent:
                self._searched[interpreter] = extent
                return 0
            known = self._active[interpreter] = objects.item(objects.word(module + self._runtime.layout.md_dict), "_active")
        return known

    def _names(self, objects: Objects, active: int) -> dict[int, str]:
        """A name that is new is read twice, and believed when its thread is still listed afterwards: a thread that was going while it was
        read gives back its memory, and somebody else's text may already be there."""
        entries = objects.entries(active)[:_MAX_THREADS]
        names = {entry: name for entry in entries if (name := _name(objects, entry)) is not None}
        doubtful = {entry for entry, name in names.items() if self._known.get(entry.hash) != name}
        if doubtful:
            again = {entry for entry in doubtful if _name(objects, entry) == names[entry]}
            sure = again & set(objects.entries(active))
            names = {entry: name for entry, name in names.items() if entry not in doubtful or entry in sure}
        # The key is an int below 2**61 - 1, and the hash of such an int is itself (Objects/longobject.c, long_hash).
        return {entry.hash: name for entry, name in names.items()}


def _name(objects: Objects, entry: Entry) -> str | None:
    try:
        return objects.text(objects.attribute(entry.value, "_name"))
    except (Unreadable, Absent):
        return None  # a thread that is being made or is going
