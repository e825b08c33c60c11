"""Finds a section of a loaded ELF file by name: where `_PyRuntime` lies in a process that need not have symbols."""

from __future__ import annotations

import os
import struct
from typing import NamedTuple

_PAGE = os.sysconf("SC_PAGE_SIZE")
_MAX_HEADERS = 1 << 12
_MAX_NAMES = 1 << 20


class Section(NamedTuple):
    """Where a section is, relative to where the file's first byte was mapped."""

    offset: int
    size: int


_found: dict[tuple[int, int, int, bytes], Section | None] = {}  # a machine runs many processes of few interpreters


def find_section(path: str, name: bytes) -> Section | None:
    """The section `name` of the 64-bit little-endian ELF file at `path`, or None. Raises OSError where the file cannot be read."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        status = os.fstat(file)
        key = (status.st_dev, status.st_ino, status.st_mtime_ns, name)
        if key not in _found:
            _found[key] = _find(file, name)
        return _found[key]
    finally:
        os.close(file)


def _find(file: int, name: bytes) -> Section | None:
    try:
        header = os.pread(file, 64, 0)
        if header[:6] != b"\x7fELF\x02\x01":
            return None
        program_headers, section_headers = struct.unpack_from("<QQ", header, 32)
        program_size, program_count, section_size, section_count, names_index = struct.unpack_from("<HHHHH", header, 54)
        if program_size != 56 or section_size != 64 or max(section_count, program_count) > _MAX_HEADERS:
            return None
        base = _lowest_address(os.pread(file, program_size * program_count, program_headers))
        sections = os.pread(file, section_size * section_count, section_headers)
        names_offset, names_size = struct.unpack_from("<QQ", sections, names_index * section_size + 24)
        names = os.pread(file, min(names_size, _MAX_NAMES), names_offset)
        for at in range(0, len(sections), section_size):
            (name_at,) = struct.unpack_from("<I", sections, at)
            if names.startswith(name + b"\0", name_at):
                address, _, size = struct.unpack_from("<QQQ", sections, at + 16)
                return Section(address - base, size)
    except (struct.error, ValueError, OverflowError):
        pass  # headers that do not add up: not an ELF file after all, or one that is being written
    return None


def _lowest_address(program_headers: bytes) -> int:
    """The page of the first loaded segment."""
    load = 1
    lowest = min(
        struct.unpack_from("<Q", program_headers, at + 16)[0]
        for at in range(0, len(program_headers), 56)
        if struct.unpack_from("<I", program_headers, at)[0] == load
    )
    return lowest - lowest % _PAGE
