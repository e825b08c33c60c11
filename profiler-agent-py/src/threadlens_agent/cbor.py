"""CBOR (RFC 8949), as much of it as the wire needs.

The encoder writes definite lengths only. A column of numbers is a `Column`: the bytes of a C array under a typed-array tag of
RFC 8746, so that encoding it is one copy of memory however many rows it has.

The decoder is for bytes of an unknown sender: every length is checked against what is there before anything is allocated, nesting is
bounded, and what the wire does not use (indefinite lengths, `undefined`, keys that are not text, a key twice) is an error.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

INT8, INT16, INT32, INT64 = 72, 77, 78, 79

#: Bytes of one element, by typed-array tag.
ELEMENT_SIZE = {INT8: 1, INT16: 2, INT32: 4, INT64: 8}
#: The `array`/`memoryview.cast` code of one element, by typed-array tag.
ELEMENT_CODE = {INT8: "b", INT16: "h", INT32: "i", INT64: "q"}

_MAX_DEPTH = 16


class CborError(ValueError):
    """The bytes are not one well-formed data item of the kind the wire uses."""


class Column(NamedTuple):
    """A column of numbers: little-endian elements of the width its tag says, one after the other."""

    tag: int
    data: bytes

    def values(self) -> list[int]:
        """The numbers. Reads the machine's own byte order, which on everything the agent runs on is little-endian."""
        return memoryview(self.data).cast(ELEMENT_CODE[self.tag]).tolist()

    @classmethod
    def of(cls, tag: int, values: Sequence[int]) -> Column:
        """A column of a few numbers that Python has; the library hands over ready ones."""
        return cls(tag, struct.pack(f"<{len(values)}{ELEMENT_CODE[tag]}", *values))


def encode(value: Any) -> bytes:
    """`value` as one data item. Lone surrogates, which UTF-8 has no bytes for, become question marks."""
    pieces: list[bytes] = []
    _encode(value, pieces)
    return b"".join(pieces)


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes((major << 5 | argument,))
    if argument < 1 << 8:
        return bytes((major << 5 | 24, argument))
    if argument < 1 << 16:
        return struct.pack(">BH", major << 5 | 25, argument)
    if argument < 1 << 32:
        return struct.pack(">BI", major << 5 | 26, argument)
    return struct.pack(">BQ", major << 5 | 27, argument)


def _encode(value: Any, pieces: list[bytes]) -> None:
    if isinstance(value, str):
        text = value.encode("utf-8", "replace")
        pieces.append(_head(3, len(text)))
        pieces.append(text)
    elif value is None:
        pieces.append(b"\xf6")
    elif value is True:
        pieces.append(b"\xf5")
    elif value is False:
        pieces.append(b"\xf4")
    elif isinstance(value, int):
        pieces.append(_head(0, value) if value >= 0 else _head(1, -1 - value))
    elif isinstance(value, float):
        pieces.append(struct.pack(">Bd", 0xFB, value))
    elif isinstance(value, Column):
        pieces.append(_head(6, value.tag))
        pieces.append(_head(2, len(value.data)))
        pieces.append(value.data)
    elif isinstance(value, bytes):
        pieces.append(_head(2, len(value)))
        pieces.append(value)
    elif isinstance(value, (list, tuple)):
        pieces.append(_head(4, len(value)))
        for item in value:
            _encode(item, pieces)
    elif isinstance(value, dict):
        pieces.append(_head(5, len(value)))
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key of a message is text, not {type(key).__name__}")
            _encode(key, pieces)
            _encode(item, pieces)
    else:
        raise TypeError(f"no CBOR for {type(value).__name__}")


def decode(data: bytes) -> Any:
    """The one data item that `data` is, all of it."""
    decoder = _Decoder(data)
    value = decoder.item(0)
    if decoder.position != len(data):
        raise CborError(f"{len(data) - decoder.position} bytes after the data item")
    return value


class _Decoder:
    """A cursor over one item's bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = 0

    def _take(self, count: int) -> bytes:
        end = self.position + count
        if end > len(self._data):
            raise CborError("the data item is cut short")
        piece = self._data[self.position : end]
        self.position = end
        return piece

    def _argument(self, info: int) -> int:
        if info < 24:
            return info
        if info > 27:
            raise CborError("indefinite or reserved length")
        return int.from_bytes(self._take(1 << (info - 24)), "big")

    def _count(self, info: int, bytes_each: int) -> int:
        """The number of items that follow, never more than there are bytes left for."""
        count = self._argument(info)
        if count * bytes_each > len(self._data) - self.position:
            raise CborError("more items announced than there are bytes")
        return count

    def item(self, depth: int) -> Any:
        """The next data item."""
        if depth > _MAX_DEPTH:
            raise CborError("nested too deeply")
        head = self._take(1)[0]
        major, info = head >> 5, head & 31
        if major == 0:
            return self._argument(info)
        if major == 1:
            return -1 - self._argument(info)
        if major == 2:
            return self._take(self._count(info, 1))
        if major == 3:
            return self._text(info)
        if major == 4:
            return [self.item(depth + 1) for _ in range(self._count(info, 1))]
        if major == 5:
            return self._map(info, depth)
        if major == 6:
            return self._tagged(info, depth)
        return self._simple(info)

    def _text(self, info: int) -> str:
        try:
            return self._take(self._count(info, 1)).decode("utf-8")
        except UnicodeDecodeError:
            raise CborError("text that is not UTF-8") from None

    def _map(self, info: int, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for _ in range(self._count(info, 2)):
            key = self.item(depth + 1)
            if not isinstance(key, str):
                raise CborError("a key that is not text")
            if key in result:
                raise CborError("a key twice")
            result[key] = self.item(depth + 1)
        return result

    def _tagged(self, info: int, depth: int) -> Any:
        tag = self._argument(info)
        value = self.item(depth + 1)
        size = ELEMENT_SIZE.get(tag)
        if size is None:
            return value  # a tag only adds meaning; one we do not know is read past
        if not isinstance(value, bytes) or len(value) % size:
            raise CborError("a typed array that is not a whole number of elements")
        return Column(tag, value)

    def _simple(self, info: int) -> Any:
        if info == 20:
            return False
        if info == 21:
            return True
        if info == 22:
            return None
        if info in (25, 26, 27):
            code, size = {25: (">e", 2), 26: (">f", 4), 27: (">d", 8)}[info]
            return struct.unpack(code, self._take(size))[0]
        raise CborError("a simple value the wire does not use")
