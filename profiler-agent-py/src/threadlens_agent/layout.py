"""What lies where in a CPython process: the interpreter's own table of offsets, and the few facts that table leaves out.

The table, `_Py_DebugOffsets`, is the first thing in `_PyRuntime`. It is declared in Include/internal/pycore_runtime.h (3.13) and
Include/internal/pycore_debug_offsets.h (3.14, 3.15); it is a cookie and then 64-bit numbers, and it holds still within a minor version.
Its groups grow from one minor version to the next, so the place of a number in it depends on the version.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from .memory import Memory

COOKIE = b"xdebugpy"
OLDEST = (3, 13)
NEWEST = (3, 15)

# Offset within _PyRuntime's table, counted in 64-bit numbers, of each of the first fields of `Layout`, in their order.
_PLACES = {
    (3, 13): (
        *(5, 8, 9, 11, 14, 21, 24, 25, 44, 45, 46, 47, 49, 57, 58, 68, 69, 70),
        *(22, 23, 29, 30, 32, 33, 37, 40, 41, 51, 52, 54, 55, 62, 63),
    ),
    (3, 14): (
        *(5, 8, 9, 12, 15, 24, 27, 28, 50, 51, 52, 53, 55, 67, 68, 78, 79, 80),
        *(25, 26, 32, 33, 35, 36, 42, 45, 46, 57, 58, 60, 61, 72, 73),
    ),
    (3, 15): (
        *(5, 8, 9, 12, 15, 24, 30, 31, 58, 59, 60, 61, 63, 79, 80, 90, 91, 92),
        *(25, 26, 40, 41, 43, 44, 50, 53, 54, 69, 70, 72, 73, 84, 85),
    ),
}
_TABLE_SIZE = 8 * 93
_LARGEST_STRUCT = 1 << 24


class Version(NamedTuple):
    """An interpreter's version, out of PY_VERSION_HEX."""

    major: int
    minor: int
    micro: int
    suffix: str

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.micro}{self.suffix}"

    @property
    def supported(self) -> bool:
        """Whether this is a version that the agent reads."""
        return OLDEST <= self[:2] <= NEWEST

    @classmethod
    def from_hex(cls, number: int) -> Version:
        """Reads e.g. 0x030f00c1, 3.15.0rc1 (Include/patchlevel.h)."""
        level = {0xA: "a", 0xB: "b", 0xC: "rc"}.get(number >> 4 & 0xF)
        suffix = f"{level}{number & 0xF}" if level else ""
        return cls(number >> 24 & 0xFF, number >> 16 & 0xFF, number >> 8 & 0xFF, suffix)


class Build(NamedTuple):
    """Which interpreter it is."""

    version: Version
    free_threaded: bool

    def __str__(self) -> str:
        return f"{self.version}{' free-threaded' if self.free_threaded else ''}"


class Layout(NamedTuple):
    """Offsets of members, in bytes; `interpreters_head` is from `_PyRuntime`, the others from the start of their struct."""

    interpreters_head: int
    interpreter_next: int
    threads_head: int
    imports_modules: int
    ceval_gil: int
    thread_next: int
    thread_ident: int
    thread_tid: int
    object_size: int
    ob_type: int
    type_size: int
    tp_name: int
    tp_flags: int
    dict_keys: int
    dict_values: int
    unicode_state: int
    unicode_length: int
    unicode_ascii_size: int
    thread_interpreter: int
    current_frame: int
    frame_previous: int
    frame_executable: int
    frame_localsplus: int
    frame_owner: int
    code_qualname: int
    code_argcount: int
    code_localsplusnames: int
    tuple_items: int
    tuple_size: int
    list_items: int
    list_size: int
    int_tag: int
    int_digits: int
    #: Bit in PyASCIIObject.state at which `kind` begins; `compact` and `ascii` follow its three bits. The free-threaded build of 3.14 gave
    #: `interned`, before it, a byte of its own (Include/cpython/unicodeobject.h).
    unicode_kind_bit: int

    @property
    def adds_up(self) -> bool:
        """Whether what is read as the start of a struct has all the members in it that are looked up there."""
        return (
            max(self.frame_previous + 24, self.frame_executable + 8, self.frame_owner + 1) <= self.frame_localsplus
            and max(self.tp_name + 16, self.tp_mro + 8) <= self.type_size
            and max(self.unicode_length + 8, self.unicode_state + 4) <= self.unicode_ascii_size
            and 4 <= self.code_argcount <= self.code_localsplusnames <= self.code_qualname
            and max(self.code_names, self.ob_type) < self.code_argcount
        )

    @property
    def tp_basicsize(self) -> int:
        """Follows tp_name in PyTypeObject (Include/cpython/object.h)."""
        return self.tp_name + 8

    @property
    def tp_dict(self) -> int:
        """Twelve words behind tp_flags (Include/cpython/object.h)."""
        return self.tp_flags + 12 * 8

    @property
    def tp_dictoffset(self) -> int:
        """Three words behind tp_dict."""
        return self.tp_dict + 3 * 8

    @property
    def tp_mro(self) -> int:
        """Ten words behind tp_dict."""
        return self.tp_dict + 10 * 8

    @property
    def ht_cached_keys(self) -> int:
        """In PyHeapTypeObject (Include/cpython/object.h): behind the type, its 55 slots for async, number, mapping, sequence and buffer
        methods, and three names."""
        return self.type_size + (55 + 3) * 8

    @property
    def cell_content(self) -> int:
        """`ob_ref`, the first member of PyCellObject (Include/cpython/cellobject.h)."""
        return self.object_size

    @property
    def method_self(self) -> int:
        """In PyMethodObject and PyCFunctionObject alike, behind the function (Include/cpython/classobject.h, methodobject.h)."""
        return self.object_size + 8

    @property
    def slot_definition(self) -> int:
        """`d_member` of the descriptor of a slot, behind the type and two names (Include/cpython/descrobject.h)."""
        return self.object_size + 3 * 8

    @property
    def member_offset(self) -> int:
        """In PyMemberDef, behind the name and an int (Include/descrobject.h)."""
        return 16

    @property
    def frame_globals(self) -> int:
        """Behind the frame before it and the function (Include/internal/pycore_frame.h and, from 3.14 on, pycore_interpframe_structs.h)."""
        return self.frame_previous + 2 * 8

    @property
    def code_names(self) -> int:
        """`co_names`, behind the size and the constants (Include/cpython/code.h)."""
        return self.object_size + 2 * 8

    @property
    def code_flags(self) -> int:
        """`co_flags`: an int, like those that follow it: the counts of arguments, of positional-only and of keyword-only ones, and the
        size of the value stack."""
        return self.code_argcount - 4

    @property
    def md_dict(self) -> int:
        """The first member of PyModuleObject (Include/internal/pycore_moduleobject.h)."""
        return self.object_size

    def md_gil(self, version: Version) -> tuple[int, int]:
        """Where a module of a free-threaded build says whether it needs the GIL, and in how many bytes: `md_gil`, behind md_dict and four
        words, or from 3.15 on `md_requires_gil`, behind md_dict, three words and a bool (Include/internal/pycore_moduleobject.h)."""
        return (self.object_size + 33, 1) if version[:2] >= (3, 15) else (self.object_size + 40, 8)

    @property
    def managed_dict(self) -> int:
        """MANAGED_DICT_OFFSET (Include/internal/pycore_object.h): in front of the object, and of the two words of the GIL build's
        collector."""
        return -24 if self.object_size == 16 else -8


class Unknown(Exception):
    """Not an interpreter whose layout is known here."""


def read_build(memory: Memory, runtime: int) -> Build:
    """The head of the table at `runtime`, once its cookie is right."""
    header = memory.read(runtime, 24)
    cookie, version, free_threaded = struct.unpack("<8sQQ", header)
    if cookie != COOKIE:
        raise Unknown("no table of offsets")
    return Build(Version.from_hex(version), free_threaded == 1)


def read_layout(memory: Memory, runtime: int) -> Layout:
    """The offsets of the interpreter whose `_PyRuntime` is at `runtime`."""
    build = read_build(memory, runtime)
    places = _PLACES.get(build.version[:2])
    if places is None:
        raise Unknown(f"Python {build.version}")
    # The table of an older version is shorter; what follows it in _PyRuntime is read along and not used.
    numbers = struct.unpack(f"<{_TABLE_SIZE // 8}Q", memory.read(runtime, _TABLE_SIZE))
    offsets = [numbers[place] for place in places]
    separate_byte = build.free_threaded and build.version[:2] >= (3, 14)
    layout = Layout(*offsets, unicode_kind_bit=8 if separate_byte else 2)
    if max(offsets) > _LARGEST_STRUCT or not layout.adds_up:
        raise Unknown("a table of offsets that makes no sense")
    return layout
