"""What is read of another process, here of this one."""

from __future__ import annotations

import ctypes
import mmap
import os
import unittest

from threadlens_agent.memory import Memory


class MemoryTest(unittest.TestCase):
    def test_a_text_may_go_on_in_the_next_page(self):
        pages = mmap.mmap(-1, 2 * mmap.PAGESIZE)
        start = ctypes.addressof(ctypes.c_char.from_buffer(pages))
        name = b"types.SimpleNamespace"
        memory = Memory(os.getpid())
        for before_edge in (0, 1, 5, len(name), len(name) + 1, 100):
            at = mmap.PAGESIZE - before_edge
            pages[at : at + len(name) + 1] = name + b"\0"
            self.assertEqual(memory.text(start + at, len(name) + 1), name, before_edge)
            self.assertIsNone(memory.text(start + at, len(name)), before_edge)


if __name__ == "__main__":
    unittest.main()
