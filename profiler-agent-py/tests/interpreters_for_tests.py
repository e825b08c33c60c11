"""The interpreters that the tests record, each a real one.

`THREADLENS_TEST_PYTHONS`, separated by colons, names them; without it they are looked for on PATH and among pyenv's.
"""

from __future__ import annotations

import functools
import glob
import os
import shutil
import subprocess
import sys
from typing import NamedTuple

_NAMES = tuple(f"python3.{minor}{suffix}" for minor in (13, 14, 15) for suffix in ("t", ""))
#: What the agent is for: a run of the tests says which of these it did without.
WANTED = tuple(f"3.{minor} {kind}" for minor in (13, 14, 15) for kind in ("free-threaded", "GIL"))


class Interpreter(NamedTuple):
    """One Python to run targets with."""

    path: str
    version: str
    minor: int
    free_threaded: bool

    @property
    def kind(self) -> str:
        """As in WANTED."""
        return f"3.{self.minor} {'free-threaded' if self.free_threaded else 'GIL'}"

    def __str__(self) -> str:
        return f"{self.version}{'t' if self.free_threaded else ''}"


@functools.cache
def interpreters() -> tuple[Interpreter, ...]:
    """One of each kind that was found."""
    named = os.environ.get("THREADLENS_TEST_PYTHONS")
    found: dict[str, Interpreter] = {}
    for path in named.split(":") if named else _candidates():
        interpreter = _ask(path) if path else None
        if interpreter is not None:
            found.setdefault(interpreter.kind, interpreter)
    return tuple(sorted(found.values(), key=lambda one: (one.minor, not one.free_threaded)))


def free_threaded() -> Interpreter | None:
    """The one for tests that need only one: the free-threaded 3.14 where there is one."""
    return min((one for one in interpreters() if one.free_threaded), key=lambda one: (one.minor != 14, one.minor), default=None)


@functools.cache
def older() -> str | None:
    """A Python from before 3.13, which the agent has to refuse."""
    pyenv = os.path.join(os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv")), "versions")
    named = [sys.executable, *glob.glob(f"{pyenv}/3.1[0-2].*/bin/python3"), "/usr/bin/python3"]
    for path in named:
        try:
            program = "import sys; print(sys.version_info < (3, 13))"
            answer = subprocess.run([path, "-c", program], capture_output=True, text=True, timeout=20)
        except OSError:
            continue
        if answer.stdout == "True\n":
            return path
    return None


def _candidates() -> list[str]:
    on_path = [path for path in map(shutil.which, _NAMES) if path]
    pyenv = os.path.join(os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv")), "versions")
    return on_path + sorted(path for name in _NAMES for path in glob.glob(f"{pyenv}/*/bin/{name}"))


def _ask(path: str) -> Interpreter | None:
    """What it says of itself; None for one that does not run (a shim without its version) or that the agent does not read."""
    program = "import sys, sysconfig; print(sys.executable, sys.version.split()[0], sys.version_info[1], "
    program += "sysconfig.get_config_var('Py_GIL_DISABLED') or 0)"
    try:
        answer = subprocess.run([path, "-c", program], capture_output=True, text=True, timeout=20, check=True).stdout.split()
        executable, version, minor, gil_disabled = answer
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Interpreter(executable, version, int(minor), gil_disabled == "1") if int(minor) >= 13 else None
