"""Records the threads of a CPython program from outside: a process of its own reads the memory of the program, which need not know.

A program that wants to be recorded from within calls `start()`.
"""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = ["__version__", "start", "stop"]


def __getattr__(name: str) -> object:
    """`start` and `stop` when they are asked for: the command line does not need what they import."""
    if name in ("start", "stop"):
        from . import inside

        return getattr(inside, name)
    raise AttributeError(name)
