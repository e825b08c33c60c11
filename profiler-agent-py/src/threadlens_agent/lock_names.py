"""The name that a person knows a lock by, or anything else that threads wait for: what in the program refers to it.

It is looked for from where a thread waits for it, in the innermost few functions of the program's own. The first of these is the name, and
of each the inner functions come before the outer ones:

  1. a global of the function's module                         registry_lock
  2. an attribute of an instance or a class that a variable
     holds: of the instance's own, or of its class             Store.cache_lock
  3. what a global or such an attribute holds, first those
     that the code mentions: an item of a list, a tuple or a
     dict, an attribute, and then what these hold              LOCKS[3], Store.locks['a'], config.lock
  4. an item of a list or a dict that a variable holds, and
     then a variable that is no parameter; the outer functions
     first, where the object has the name it was made with     locks[3] in run(), lock in run()
  5. a parameter, the outer functions first                    lock in worker()
  6. an item of a tuple that a variable holds                  pair[0] in worker()
  7. where the standard library waits: a global of its module,
     a public attribute of the object whose method it is       logging._lock, StreamHandler.lock

Variables come late, for one may be an alias, or be called the same for many objects. Where the standard library waits for the program, the
object whose method it is stands for the lock it has: a `queue.Queue` for the condition in it. A lock inside a `Condition` or the like
that the program holds has that one's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import native_stack
from .frames import Frame, Stack, Stacks
from .holdings import Held, Holdings, is_standard
from .layout import Unknown
from .lock_owners import Owners
from .memory import Unreadable
from .objects import Absent, Objects
from .runtime import Runtime

#: Kinds of the wire whose address is that of an object.
_OBJECTS = frozenset(("lock", "rlock", "semaphore", "critical-section", "condition", "queue"))

#: Those whose address is that of a lock in native code.
_NATIVE = frozenset(("native-lock", "internal-lock"))

_MAX_LENGTH = 80
_MAX_FUNCTIONS = 4
_BUDGET = 2000  # entries that are read for one name


class LockNames:
    """Names the locks of one process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._stacks = Stacks(runtime)

    def name(self, thread_state: int, kind: str, address: int) -> str | None:
        """The name of what the thread whose PyThreadState is at `thread_state` waits for, which is the object at `address`; of a lock of
        native code the name of the object that has it, or the library that waits for it. `kind` is one of the wire's. At most 80 characters.
        None when nothing that was looked at refers to it, when the kind has no names, and whenever what was read does not add up: the thread
        may wake meanwhile, and the process end. Raises nothing."""
        try:
            if kind in _NATIVE:
                name = self._name_native(thread_state, address)
            elif kind in _OBJECTS:
                objects = self._objects()
                name = _Search(objects, self._runtime, self._stacks.read(objects, thread_state), [address]).name()
            else:
                return None
        except (Unreadable, Absent, Unknown, OSError):
            return None
        return name if name is None or len(name) <= _MAX_LENGTH else name[: _MAX_LENGTH - 1] + "…"

    def _objects(self) -> Objects:
        return Objects(self._runtime.memory, self._runtime.layout)

    def _name_native(self, thread_state: int, address: int) -> str | None:
        objects = self._objects()
        memory = self._runtime.memory
        stack = self._stacks.read(objects, thread_state)
        owners = Owners(objects, self._runtime, address).find(stack.frames[0]) if stack.frames else []
        name = _Search(objects, self._runtime, stack, owners).name() if owners else None
        if name is not None:
            return name
        tid = int.from_bytes(memory.read(thread_state + self._runtime.layout.thread_tid, 4), "little")
        library = native_stack.library(memory, tid, stack.entry)
        if library is None:
            return None
        owner = objects.type_name(objects.type_of(owners[0])).rpartition(".")[2] if owners else None
        return f"lock in {library}: {owner}" if owner else f"lock in {library}"


class _Search:
    """The search for one name, from one stack. `needles` are the object and what stands for it, the better known first."""

    def __init__(self, objects: Objects, runtime: Runtime, stack: Stack, needles: Iterable[int]) -> None:
        self._objects = objects
        self._holdings = Holdings(objects, runtime.layout, _BUDGET)
        self._modules: dict[int, str] = {}  # by the address of the globals, like the next
        self._globals: dict[int, list[Held]] = {}
        self._needles = [needle for needle in needles if needle]
        self._functions: list[Frame] = []  # the program's own
        self._standard: list[Frame] = []  # of the standard library, called by those
        for frame in stack.frames:
            if not is_standard(self._module(frame)):
                self._functions.append(frame)
            elif not self._functions:
                self._standard.append(frame)
        del self._functions[_MAX_FUNCTIONS:]

    def name(self) -> str | None:
        """The first name there is. Raises `Unreadable` and `Absent` when it is gone by now."""
        for frame in self._standard:
            if next(self._hits(self._own_attributes(frame)), None):
                self._needles.append(frame.variables[0])
        found = next(self._names(), None)
        return found and found.name()

    def _names(self) -> Iterator[Held]:
        mentioned = frozenset().union(*(frame.code.mentions for frame in self._functions))
        for frame in self._functions:
            yield from self._hits([Held(frame.globals, lambda frame=frame: f"globals of {self._module(frame)}")])
            yield from self._hits(self._of_module(frame))
        attributes: list[Held] = []
        for frame in self._functions:
            parameters, others = self._variables(frame)
            of_frame = [part for one in self._of_program(parameters + others) for part in self._holdings.of(one)]
            yield from self._hits(of_frame)
            attributes += of_frame
        module_wide = [one for frame in self._functions for one in self._of_module(frame)]
        first = [one for one in module_wide if one.key in mentioned] + attributes
        yield from self._held_by(first, mentioned)
        yield from self._held_by([one for one in module_wide if one.key not in mentioned], mentioned)
        yield from self._in_variables()
        for frame in self._standard:
            yield from self._in_standard(frame)

    # ---- the places to look in ----

    def _held_by(self, holders: list[Held], mentioned: frozenset[int]) -> Iterator[Held]:
        """What they hold, and one level further on what those attributes hold that the code mentions."""
        attributes: list[Held] = []
        for holder in self._worth(holders, mentioned):
            parts = self._holdings.of(holder)
            yield from self._hits(parts)
            attributes += [part for part in parts if part.key in mentioned]
        for holder in self._worth(attributes, mentioned):
            yield from self._hits(self._holdings.of(holder))

    def _worth(self, holders: list[Held], mentioned: frozenset[int]) -> Iterator[Held]:
        """Those that may hold something, each object once; modules only if the code mentions them, for they hold too much."""
        seen: set[int] = set()
        for holder, its_type in self._holdings.types_of(holders):
            if holder.address not in seen and self._holdings.may_hold(its_type):
                seen.add(holder.address)
                if holder.key in mentioned or not self._holdings.is_module(its_type):
                    yield holder

    def _in_variables(self) -> Iterator[Held]:
        outer_first = [self._variables(frame) for frame in reversed(self._functions)]
        tuples: list[Held] = []
        for parameters, others in outer_first:
            for one, its_type in self._holdings.types_of(parameters + others):
                if not self._holdings.may_hold(its_type) or self._holdings.is_of_program(its_type):
                    continue
                if self._holdings.is_tuple(its_type):
                    tuples.append(one)
                else:
                    yield from self._hits(self._holdings.of(one))
            yield from self._hits(others)
        for parameters, _ in outer_first:
            yield from self._hits(parameters)
        for one in tuples:
            yield from self._hits(self._holdings.of(one))

    def _in_standard(self, frame: Frame) -> Iterator[Held]:
        for found in self._hits(self._of_module(frame)):
            yield found._replace(called=lambda name=found.called: f"{self._module(frame)}.{name()}")
        for found in self._hits(self._own_attributes(frame)):
            if not self._objects.key(found.key).startswith("_"):
                yield found

    # ---- what is in them ----

    def _hits(self, candidates: list[Held]) -> Iterator[Held]:
        """Those that are a needle, the object itself before what stands for it."""
        for needle in self._needles:
            for one in candidates:
                if one.address == needle:
                    yield one

    def _module(self, frame: Frame) -> str:
        """The name of the function's module; of a namespace without a name, `?`."""
        known = self._modules.get(frame.globals)
        if known is None:
            try:
                known = self._objects.text(self._objects.item(frame.globals, "__name__"))
            except (Unreadable, Absent):
                known = "?"
            self._modules[frame.globals] = known
        return known

    def _of_module(self, frame: Frame) -> list[Held]:
        known = self._globals.get(frame.globals)
        if known is None:
            try:
                known = self._holdings.of_module(frame.globals)
            except (Unreadable, Absent):
                known = []
            self._globals[frame.globals] = known
        return known

    def _own_attributes(self, frame: Frame) -> list[Held]:
        """Those of `self`."""
        try:
            return self._holdings.own_attributes(frame.variables[0]) if frame.variables else []
        except (Unreadable, Absent):
            return []

    def _of_program(self, candidates: list[Held]) -> list[Held]:
        return [one for one, its_type in self._holdings.types_of(candidates) if self._holdings.is_of_program(its_type)]

    def _variables(self, frame: Frame) -> tuple[list[Held], list[Held]]:
        """The parameters but for `*args` and `**kwargs`, which hold what has a better name, and the other variables."""
        code = frame.code
        where = f" in {code.function}()"
        found = [
            Held(content, lambda name=name: name, where=where) for name, content in zip(code.variables, frame.variables)
        ]
        return found[: code.parameters], found[code.parameters + code.collectors :]
