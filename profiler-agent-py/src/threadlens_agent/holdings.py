"""What objects hold - items, attributes, what is in a module - and what a person calls it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .layout import Layout
from .memory import Unreadable
from .objects import Absent, Entry, Objects, Type

_LOOK = 10  # what it costs to look into one object, in entries
_MAX_BASES = 32
_MAX_KEY = 40
_NAMESPACE = "types.SimpleNamespace"


class Held(NamedTuple):
    """An object, by one of the ways to it. `called` reads what that is called, which only one in many is asked for. `key` is the address of
    the string that its holder has it under, 0 for none; `where` is what to add when the way begins in a function."""

    address: int
    called: Callable[[], str]
    key: int = 0
    where: str = ""

    def name(self) -> str:
        """Raises `Unreadable` and `Absent`."""
        return self.called() + self.where


def is_standard(module: str) -> bool:
    """Whether it is a module of the standard library, going by its name."""
    return module.partition(".")[0] in sys.stdlib_module_names


class Holdings:
    """Looks into the objects of one process, during one look, until `budget` entries were read."""

    def __init__(self, objects: Objects, layout: Layout, budget: int) -> None:
        self._objects = objects
        self._layout = layout
        self._left = budget
        self._modules: dict[int, str] = {}  # by class
        self._classes: dict[int, list[tuple[int, Entry]]] = {}

    # ---- dicts of names ----

    def of_module(self, module_dict: int, prefix: Callable[[], str] | None = None) -> list[Held]:
        """What is in a module, by its dict."""
        return [self._named(entry, prefix) for entry in self._spend(self._objects.entries(module_dict, self._left))]

    def own_attributes(self, address: int) -> list[Held]:
        """The attributes that an instance itself has, with the name of its class."""
        its_type = self._objects.type_of(address)
        entries = self._spend(self._objects.attributes(address, self._left))
        return [self._named(entry, lambda: self._objects.type_name(its_type)) for entry in entries]

    def _named(self, entry: Entry, prefix: Callable[[], str] | None, where: str = "") -> Held:
        def called() -> str:
            name = self._objects.key(entry.key)
            return name if prefix is None else f"{prefix()}.{name}"

        return Held(entry.value, called, entry.key, where)

    def _spend(self, entries: list[Entry]) -> list[Entry]:
        self._left -= len(entries)
        return entries

    # ---- kinds of objects ----

    def types_of(self, held: Sequence[Held]) -> list[tuple[Held, int]]:
        """Each with the address of its type, 0 where there is no object."""
        return list(zip(held, self._objects.types_of([one.address for one in held])))

    def is_of_program(self, its_type: int) -> bool:
        """Whether it is an instance of a class of the program's own, or a class."""
        try:
            kind = self._objects.type(its_type)
            return kind.of_types or self._is_made_by_program(its_type, kind)
        except (Unreadable, Absent):
            return False

    def is_module(self, its_type: int) -> bool:
        """Whether it is a module."""
        return self._is_called(its_type, "module")

    def is_tuple(self, its_type: int) -> bool:
        """Whether it is a tuple."""
        return self._objects.type(its_type).of_tuples

    def may_hold(self, its_type: int) -> bool:
        """Whether there is a point in asking what it holds."""
        try:
            kind = self._objects.type(its_type)
            if kind.is_heap:
                return kind.has_dict or kind.of_types or self._is_made_by_program(its_type, kind)
            return kind.of_dicts or kind.of_lists or kind.of_tuples or kind.of_types or self._is_called(its_type, "module", _NAMESPACE)
        except (Unreadable, Absent):
            return False

    def _is_made_by_program(self, its_type: int, kind: Type) -> bool:
        return kind.is_heap and not is_standard(self._module_of_class(its_type))

    def _module_of_class(self, address: int) -> str:
        known = self._modules.get(address)
        if known is None:
            try:
                known = self._objects.text(self._objects.item(self._objects.type(address).dict, "__module__"))
            except (Unreadable, Absent):
                known = "builtins"  # made by the interpreter or an extension, and called nothing
            self._modules[address] = known
        return known

    def _is_called(self, its_type: int, *names: str) -> bool:
        try:
            return self._objects.type_name(its_type) in names
        except (Unreadable, Absent):
            return False

    # ---- what they hold ----

    def of(self, holder: Held) -> list[Held]:
        """What `holder` holds; nothing of what is more than is left to spend."""
        found: list[Held] = []
        for look in (self._items, self._attributes):
            if self._left >= _LOOK:
                self._left -= _LOOK
                try:
                    found += look(holder)
                except (Unreadable, Absent):
                    continue  # it has none, or too many, or is changing
        return found

    def _items(self, holder: Held) -> list[Held]:
        kind = self._objects.type(self._objects.type_of(holder.address))
        if kind.of_dicts:
            entries = self._spend(self._objects.entries(holder.address, self._left))
            return [
                Held(entry.value, lambda key=entry.key: f"{holder.called()}[{self._key(key)}]", where=holder.where) for entry in entries
            ]
        if kind.of_lists or kind.of_tuples:
            elements = self._objects.elements(holder.address, self._left)
            self._left -= len(elements)
            return [Held(one, lambda i=i: f"{holder.called()}[{i}]", where=holder.where) for i, one in enumerate(elements)]
        return []

    def _key(self, address: int) -> str:
        """As it is written in a program, if it is a short one of a common type."""
        for read in (self._objects.text, self._number):
            try:
                value = read(address)
            except (Unreadable, Absent):
                continue
            return repr(value) if len(str(value)) <= _MAX_KEY else repr(str(value)[:_MAX_KEY] + "…")
        return "…"

    def _number(self, address: int) -> int:
        number = self._objects.number(address)
        return bool(number) if self._is_called(self._objects.type_of(address), "bool") else number

    def _attributes(self, holder: Held) -> list[Held]:
        objects = self._objects
        its_type = objects.type_of(holder.address)
        kind = objects.type(its_type)
        if kind.of_types:
            return self._of_class(holder.address)
        if self.is_module(its_type):
            return self.of_module(objects.word(holder.address + self._layout.md_dict), holder.called)
        if self._is_made_by_program(its_type, kind):
            return self._of_instance(holder.address, its_type)
        return [self._part(holder, entry) for entry in self._spend(objects.attributes(holder.address, self._left))]

    def _part(self, holder: Held, entry: Entry) -> Held:
        """An attribute of an object of the standard library: what is private to it has the name of the whole."""

        def called() -> str:
            name = self._objects.key(entry.key)
            return holder.called() if name.startswith("_") else f"{holder.called()}.{name}"

        return Held(entry.value, called, entry.key, holder.where)

    def _of_instance(self, address: int, its_type: int) -> list[Held]:
        objects = self._objects
        found: list[Held] = []
        try:
            own_dict = objects.instance_dict(address)
            if own_dict:
                found.append(Held(own_dict, lambda: f"{objects.type_name(its_type)}.__dict__"))
            found += self.own_attributes(address)
        except (Unreadable, Absent):
            pass  # none yet, or all in slots
        return found + [self._in_slot(address, its_type, *one) for one in self.types_of(self._of_class(its_type))]

    def _in_slot(self, address: int, its_type: int, of_class: Held, type_of_it: int) -> Held:
        """Of an attribute of the class that describes a slot, what is in the slot; any other as it is."""
        if not self._is_called(type_of_it, "member_descriptor"):
            return of_class
        definition = self._objects.word(of_class.address + self._layout.slot_definition)
        offset = self._objects.word(definition + self._layout.member_offset)
        if offset >= self._objects.type(its_type).basic_size:
            raise Absent("a slot outside the object")
        return of_class._replace(address=self._objects.word(address + offset))

    def _of_class(self, address: int) -> list[Held]:
        """The attributes of a class of the program's own, and those it has from other such classes; each has the name of its class."""
        known = self._classes.get(address)
        if known is None:
            known = self._classes[address] = []
            for base in self._objects.elements(self._objects.type(address).mro, _MAX_BASES):
                kind = self._objects.type(base)
                if self._is_made_by_program(base, kind):
                    known += [(base, entry) for entry in self._spend(self._objects.entries(kind.dict, self._left))]
        return [self._named(entry, lambda base=base: self._objects.type_name(base)) for base, entry in known]
