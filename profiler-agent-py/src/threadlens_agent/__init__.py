"""Records the threads of a CPython program from outside: a process of its own reads the memory of the program, which need not know.

A program that wants to be recorded from within calls `start()`.
"""

from __future__ import annotations

__version__ = "0.1.0"
