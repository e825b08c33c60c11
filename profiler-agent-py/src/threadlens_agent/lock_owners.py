"""Whose a lock of native code is: the object that has it in its structure, or the file that points to it.

An object's own C code waits for it, so the innermost function has the object at hand, as a variable or an operand, or a bound method of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from .frames import Frame
from .memory import Unreadable, words
from .objects import Absent, Objects
from .runtime import Runtime

_WORDS = 32  # of an object that may point to its lock, or to the object that does
_LARGEST = 1 << 12  # with its lock in it
_FILES = "_io."


class Owners:
    """The search for the owner of the lock at `address`."""

    def __init__(self, objects: Objects, runtime: Runtime, address: int) -> None:
        self._objects = objects
        self._memory = runtime.memory
        self._layout = runtime.layout
        self._address = address

    def find(self, frame: Frame) -> list[int]:
        """The owner, and after it the text file around a buffered file; nothing when there is none at hand. Raises `Unreadable`."""
        at_hand = [one for one in frame.variables + frame.operands if one]
        bound = self._memory.each([one + self._layout.method_self for one in at_hand], 8) if at_hand else []
        bodies = self._bodies(at_hand + [int.from_bytes(data, "little") for data in bound if data])
        for one, body in bodies.items():
            if self._owns(one, body):
                return [one]
        for one, body in bodies.items():
            if self._is_file(one):
                for inner, inner_body in self._bodies(body).items():
                    if self._owns(inner, inner_body):
                        return [inner, one]
        return []

    def _owns(self, one: int, body: Sequence[int]) -> bool:
        if self._address in body:
            return self._is_file(one)
        if not one < self._address < one + _LARGEST:
            return False
        try:
            return self._address < one + self._objects.type(self._objects.type_of(one)).basic_size
        except (Unreadable, Absent):
            return False

    def _is_file(self, one: int) -> bool:
        try:
            return self._objects.type_name(self._objects.type_of(one)).startswith(_FILES)
        except (Unreadable, Absent):
            return False

    def _bodies(self, addresses: Sequence[int]) -> dict[int, tuple[int, ...]]:
        """The first words behind the header of each object that can be read."""
        aligned = [address for address in addresses if address and not address % 8]
        found = self._memory.each([address + self._layout.object_size for address in aligned], _WORDS * 8) if aligned else []
        return {address: words(data) for address, data in zip(aligned, found) if data}
