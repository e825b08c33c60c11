"""Reads Python objects - dicts, strings, attributes - out of the memory of a running process.

Nobody holds the target still, so anything read may be half changed or already something else. Every object's type is checked by the flags
of its type, every count is bounded, and what does not add up reads as absent.

Where the facts are from (the same in 3.13, 3.14 and 3.15 unless said):
  PyDictObject            Include/cpython/dictobject.h
  struct _dictkeysobject  Include/internal/pycore_dict.h; in the free-threaded build `dk_mutex` sits in what is padding otherwise
  struct _dictvalues      Include/internal/pycore_dict.h
  inline values           Include/internal/pycore_object.h, _PyObject_InlineValues: behind the object's fixed part (in 3.13 only where that
                          part is the bare object)
  managed dict            Include/internal/pycore_object.h, _PyObject_ManagedDictPointer
  type flags              Include/object.h
  PyLongObject            Include/cpython/longintrepr.h
  PyASCIIObject           Include/cpython/unicodeobject.h
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .layout import Layout
from .memory import Memory, Unreadable, words

_INLINE_VALUES = 1 << 2
_MANAGED_DICT = 1 << 4
_HEAP_TYPE = 1 << 9
_READY = 1 << 12
_INT = 1 << 24
_LIST = 1 << 25
_TUPLE = 1 << 26
_UNICODE = 1 << 28
_DICT = 1 << 29
_TYPE = 1 << 31

_GENERAL, _UNICODE_KEYS, _SPLIT = 0, 1, 2  # DictKeysKind
_KEYS_HEADER = struct.Struct("<qBBBBIqq")  # refcnt, log2_size, log2_index_bytes, kind, mutex, version, usable, nentries
_VALUES_HEADER = 8  # capacity, size, embedded, valid, and the alignment of the first value
_ENCODING = {1: "latin-1", 2: "utf-16-le", 4: "utf-32-le"}

_MAX_ENTRIES = 1 << 18
_MAX_TEXT = 1000
_MAX_TYPE_NAME = 100
_DIGIT_BITS = 30


class Absent(Exception):
    """Not there, or not what it should be."""


class Entry(NamedTuple):
    """One slot of a dict that is in use. `hash` is 0 where the table does not keep it (all keys are strings)."""

    hash: int
    key: int
    value: int


class Type(NamedTuple):
    """What is read of a type."""

    flags: int
    basic_size: int
    name: int  # address of the C string
    dict: int  # 0 for a static type of the interpreter's own
    dict_offset: int
    mro: int

    @property
    def is_heap(self) -> bool:
        """Made at run time, as those are that a program defines."""
        return bool(self.flags & _HEAP_TYPE)

    @property
    def of_dicts(self) -> bool:
        """`dict` or a subclass."""
        return bool(self.flags & _DICT)

    @property
    def of_lists(self) -> bool:
        """`list` or a subclass."""
        return bool(self.flags & _LIST)

    @property
    def of_tuples(self) -> bool:
        """`tuple` or a subclass."""
        return bool(self.flags & _TUPLE)

    @property
    def of_types(self) -> bool:
        """A metaclass: its instances are types."""
        return bool(self.flags & _TYPE)

    @property
    def has_dict(self) -> bool:
        """Whether its instances have a dict of their own, or will have one once it is asked for."""
        return bool(self.flags & _MANAGED_DICT) or 0 < self.dict_offset < self.basic_size


class Objects:
    """The objects of one process, as they are during one look: types and keys that were read once are not read again."""

    def __init__(self, memory: Memory, layout: Layout) -> None:
        self._memory = memory
        self._layout = layout
        self._types: dict[int, Type] = {}
        self._type_names: dict[int, str] = {}
        self._texts: dict[int, str] = {}

    def word(self, address: int) -> int:
        """The pointer at `address`."""
        return self._memory.word(address)

    def type(self, address: int) -> Type:
        """The type at `address`."""
        known = self._types.get(address)
        if known is None:
            layout = self._layout
            data = self._memory.read(address, layout.type_size)

            def member(offset: int) -> int:
                return int.from_bytes(data[offset : offset + 8], "little")

            flags, basic_size = member(layout.tp_flags), member(layout.tp_basicsize)
            if not flags & _READY or not 0 < basic_size < 1 << 16:
                raise Absent("no type")
            known = self._types[address] = Type(
                flags, basic_size, member(layout.tp_name), member(layout.tp_dict), member(layout.tp_dictoffset), member(layout.tp_mro)
            )
        return known

    def type_name(self, address: int) -> str:
        """As in `type.__name__` of a class that a program defines; static types have their module before it."""
        known = self._type_names.get(address)
        if known is None:
            known = self._type_names[address] = self._name(self.type(address).name)
        return known

    def _name(self, address: int) -> str:
        name = self._memory.text(address, _MAX_TYPE_NAME)
        if name is None:
            raise Absent("a name without an end")
        return name.decode("utf-8", "replace")

    def type_of(self, address: int) -> int:
        """The address of the type of the object at `address`."""
        return self.word(address + self._layout.ob_type)

    def types_of(self, addresses: Sequence[int]) -> list[int]:
        """The addresses of their types, 0 where there is no object; many to a system call."""
        found = self._memory.each([address + self._layout.ob_type for address in addresses], 8) if addresses else []
        return [0 if data is None else int.from_bytes(data, "little") for data in found]

    def _expect(self, address: int, flag: int) -> None:
        if not self.type(self.type_of(address)).flags & flag:
            raise Absent("an object of another type")

    def text(self, address: int) -> str:
        """The string at `address`, its first thousand characters."""
        self._expect(address, _UNICODE)
        layout = self._layout
        header = self._memory.read(address, layout.unicode_ascii_size)
        (length,) = struct.unpack_from("<q", header, layout.unicode_length)
        (state,) = struct.unpack_from("<I", header, layout.unicode_state)
        state >>= layout.unicode_kind_bit
        kind, compact, ascii_only = state & 7, state >> 3 & 1, state >> 4 & 1
        encoding = _ENCODING.get(kind)
        if encoding is None or not compact or length < 0:
            raise Absent("not a string after all")
        if not length:
            return ""
        # Strings that are not ASCII keep the length and the address of their UTF-8 form before the characters.
        data = address + layout.unicode_ascii_size + (0 if ascii_only else 16)
        return self._memory.read(data, min(length, _MAX_TEXT) * kind).decode(encoding, "replace")

    def key(self, address: int) -> str:
        """A string that is a key, and so likely to be asked for again."""
        text = self._texts.get(address)
        if text is None:
            text = self._texts[address] = self.text(address)
        return text

    def number(self, address: int) -> int:
        """The int at `address`, if it has no more than one digit."""
        self._expect(address, _INT)
        tag, digits = (self.word(address + offset) for offset in (self._layout.int_tag, self._layout.int_digits))
        sign, count = tag & 3, tag >> 3
        if count > 1 or sign > 2:
            raise Absent("a large int")
        return (1 - sign) * (digits & (1 << _DIGIT_BITS) - 1)

    def elements(self, address: int, limit: int) -> tuple[int, ...]:
        """What the list or tuple at `address` holds, if that is no more than `limit`."""
        kind = self.type(self.type_of(address))
        layout = self._layout
        if kind.of_lists:
            size, items = self.word(address + layout.list_size), self.word(address + layout.list_items)
        elif kind.of_tuples:
            size, items = self.word(address + layout.tuple_size), address + layout.tuple_items
        else:
            raise Absent("an object of another type")
        if size > limit:
            raise Absent("too many elements")
        return words(self._memory.read(items, size * 8)) if size else ()

    def entries(self, address: int, limit: int = _MAX_ENTRIES) -> list[Entry]:
        """The entries of the dict at `address`, if there are no more than `limit`."""
        self._expect(address, _DICT)
        layout = self._layout
        keys = self.word(address + layout.dict_keys)
        values = self.word(address + layout.dict_values)
        found = list(self._entries(keys, values, limit))
        if self.word(address + layout.dict_keys) != keys:
            raise Absent("the dict was resized meanwhile")
        return found

    def extent(self, address: int) -> tuple[int, int]:
        """What changes when keys are added to the dict at `address`: where its keys are, and how many there have been."""
        keys = self.word(address + self._layout.dict_keys)
        return keys, self._keys_header(keys)[-1]

    def _keys_header(self, keys: int) -> tuple[int, ...]:
        header = _KEYS_HEADER.unpack(self._memory.read(keys, _KEYS_HEADER.size))
        _, log2_size, log2_index_bytes, kind, _, _, _, count = header
        if kind > _SPLIT or not 0 <= count <= min(_MAX_ENTRIES, 1 << min(log2_size, 62)) or log2_index_bytes > 40:
            raise Absent("not the keys of a dict")
        return header

    def _entries(self, keys: int, values: int, limit: int) -> Iterator[Entry]:
        """`values` is 0 for a combined table, which has its values beside the keys."""
        _, _, log2_index_bytes, kind, _, _, _, count = self._keys_header(keys)
        if count > limit:
            raise Absent("too many entries")
        if not count:
            return
        width = 24 if kind == _GENERAL else 16
        slots = words(self._memory.read(keys + _KEYS_HEADER.size + (1 << log2_index_bytes), count * width))
        if kind == _GENERAL:
            hashes, names, objects = slots[0::3], slots[1::3], slots[2::3]
        else:
            hashes, names, objects = (0,) * count, slots[0::2], slots[1::2]
        if values:
            objects = self._values(values, count)
        for entry in zip(hashes, names, objects):
            if entry[1] and entry[2]:
                yield Entry(*entry)

    def _values(self, values: int, count: int) -> tuple[int, ...]:
        capacity, _, _, _ = self._memory.read(values, 4)
        return words(self._memory.read(values + _VALUES_HEADER, min(count, capacity) * 8)) if capacity else ()

    def item(self, address: int, name: str) -> int:
        """The value under the key `name` of the dict at `address`."""
        return self._named(self.entries(address), name)

    def attribute(self, address: int, name: str) -> int:
        """The value of the attribute `name` in the instance's own dict or inline values."""
        return self._named(self.attributes(address), name)

    def attributes(self, address: int, limit: int = _MAX_ENTRIES) -> list[Entry]:
        """What is in the instance's own dict or inline values, if that is no more than `limit`."""
        own_dict = self.instance_dict(address)
        if own_dict:
            return self.entries(own_dict, limit)
        layout = self._layout
        type_address = self.type_of(address)
        kind = self.type(type_address)
        if not (kind.flags & _INLINE_VALUES and kind.flags & _HEAP_TYPE):
            raise Absent("no attributes yet")
        keys = self.word(type_address + layout.ht_cached_keys)
        return list(self._entries(keys, address + kind.basic_size, limit))

    def instance_dict(self, address: int) -> int:
        """The address of the instance's own dict, 0 where there is none yet."""
        kind = self.type(self.type_of(address))
        if kind.flags & _MANAGED_DICT:
            return self.word(address + self._layout.managed_dict)
        if kind.has_dict:
            return self.word(address + kind.dict_offset)
        raise Absent("no dict")

    def _named(self, entries: list[Entry], name: str) -> int:
        for entry in entries:
            try:
                if self.key(entry.key) == name:
                    return entry.value
            except (Unreadable, Absent):
                continue  # a key that is not a string, or not any more
        raise Absent(name)
