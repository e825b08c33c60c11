"""Reads the memory of another process, for what is too rare to be worth C: names, GIL, the list of processes.

What is read was true a moment ago at best. A caller checks every value before it follows it, and a read that fails is an answer, not an
accident.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Sequence


class Unreadable(Exception):
    """Nothing can be read there: the address is wrong, the process is gone, or it is not ours to read."""


class _Piece(ctypes.Structure):
    """struct iovec"""

    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


_read_remote = ctypes.CDLL(None, use_errno=True).process_vm_readv
_read_remote.argtypes = [
    ctypes.c_int,
    ctypes.POINTER(_Piece),
    ctypes.c_ulong,
    ctypes.POINTER(_Piece),
    ctypes.c_ulong,
    ctypes.c_ulong,
]
_read_remote.restype = ctypes.c_ssize_t

_TOP = 1 << 56  # no user address of x86-64 or aarch64 is higher
_MAX_READ = 1 << 24
_MAX_PIECES = 1024  # UIO_MAXIOV
_PAGE = 4096  # the smallest there is: what begins in a page that can be read can be read up to its end


class Memory:
    """The memory of process `pid`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def read(self, address: int, size: int) -> bytes:
        """`size` bytes at `address`, all of them."""
        if not (0 < address < _TOP and 0 < size <= _MAX_READ):
            raise Unreadable(f"{size} bytes at {address:#x}")
        buffer = ctypes.create_string_buffer(size)
        local = _Piece(ctypes.addressof(buffer), size)
        remote = _Piece(address, size)
        got = _read_remote(self.pid, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0)
        if got != size:
            error = ctypes.get_errno()
            raise Unreadable(f"{size} bytes at {address:#x}: {os.strerror(error)}") from OSError(error, os.strerror(error))
        return buffer.raw

    def word(self, address: int) -> int:
        """The pointer-sized number at `address`."""
        return int.from_bytes(self.read(address, 8), "little")

    def text(self, address: int, most: int) -> bytes | None:
        """The bytes at `address` up to a zero, `None` where there is none among `most`. What lies behind the zero need not be readable."""
        found = b""
        while len(found) < most:
            here = address + len(found)
            part, end, _ = self.read(here, min(most - len(found), _PAGE - here % _PAGE)).partition(b"\0")
            found += part
            if end:
                return found
        return None

    def each(self, addresses: Sequence[int], size: int) -> list[bytes | None]:
        """`size` bytes at each of `addresses`, `None` where that cannot be read; many to a system call."""
        result: list[bytes | None] = []
        while len(result) < len(addresses):
            result += self._each(addresses[len(result) : len(result) + _MAX_PIECES], size)
        return result

    def _each(self, addresses: Sequence[int], size: int) -> list[bytes | None]:
        """At least one answer; the kernel stops at the first address that cannot be read, and the caller goes on behind it."""
        if not 0 < addresses[0] < _TOP:
            return [None]
        buffer = ctypes.create_string_buffer(size * len(addresses))
        local = _Piece(ctypes.addressof(buffer), len(buffer))
        remote = (_Piece * len(addresses))(*((address, size) for address in addresses))
        got = _read_remote(self.pid, ctypes.byref(local), 1, remote, len(addresses), 0)
        if got <= 0 and not os.path.exists(f"/proc/{self.pid}"):
            raise Unreadable("the process is gone")
        whole = max(got, 0) // size
        raw = buffer.raw
        pieces: list[bytes | None] = [raw[i * size : (i + 1) * size] for i in range(whole)]
        return pieces if whole == len(addresses) else [*pieces, None]


def words(data: bytes) -> tuple[int, ...]:
    """`data` as pointer-sized numbers."""
    return struct.unpack(f"<{len(data) // 8}Q", data)
