"""Says of a process whether it can be recorded, and if not, why not and what to do."""

from __future__ import annotations

import os
import time

from . import processes
from .errors import AgentError
from .launch import Program
from .layout import OLDEST, Unknown
from .memory import Unreadable
from .permission import why_refused
from .runtime import Runtime, find_runtime, scan_for_runtime
from .target import no_such_process

#: How long a program that we started may take to become a Python (a script that execs one, a slow disk).
_START_SECONDS = 5.0
#: The same, for one that is a Python already, but too old a one.
_REPLACE_SECONDS = 1.0
_POLL_SECONDS = 0.001
_OLDEST = ".".join(map(str, OLDEST))


def find_python(pid: int) -> Runtime:
    """The interpreter of a process that runs already. Raises `AgentError` with the reason if it cannot be recorded."""
    try:
        runtime = find_runtime(pid) or scan_for_runtime(pid)
    except PermissionError:
        raise AgentError(f"process {pid} may not be read: {why_refused(pid)}") from None
    except (OSError, Unreadable):
        raise AgentError(no_such_process(pid)) from None
    if runtime is None:
        raise AgentError(no_such_process(pid) if _is_over(pid) else _why_none(pid))
    return runtime


def _is_over(pid: int) -> bool:
    """Whether it ended, though its parent has not asked for its exit code yet."""
    try:
        return processes.status(pid).state in "ZX"
    except OSError:
        return True


def await_python(program: Program) -> Runtime:
    """The interpreter of a program that was just started, as soon as there is one that has begun to run.

    The program may be something else first, a script that execs a Python; and a Python's own memory is there before its first thread is.
    """
    started = time.monotonic()
    refused = False
    while program.exit_code() is None and time.monotonic() - started < _patience(program.pid):
        try:
            runtime = find_runtime(program.pid)
            if runtime is not None and _has_begun(runtime):
                return runtime
            refused = False
        except PermissionError:
            refused = True  # for good, or for the moment that exec takes
        except (OSError, Unreadable, Unknown):
            pass
        time.sleep(_POLL_SECONDS)
    code = program.exit_code()
    if code is not None:
        raise AgentError(f"the program ended, with exit code {code}, before a Python {_OLDEST} or newer was seen in it")
    raise AgentError(f"the program may not be read: {why_refused(program.pid)}" if refused else _why_none(program.pid))


def _patience(pid: int) -> float:
    try:
        return _REPLACE_SECONDS if processes.python_files(pid) else _START_SECONDS
    except OSError:
        return _START_SECONDS


def _has_begun(runtime: Runtime) -> bool:
    # Of a layout that is not known here, the library knows what to say.
    return not runtime.build.version.supported or runtime.has_thread()


def _why_none(pid: int) -> str:
    names = [os.path.basename(mapping.path) for mapping in processes.python_files(pid)]
    if any(name.startswith(("python", "libpython")) for name in names):
        return f"process {pid} is a Python older than {_OLDEST} ({names[0]}), which is the first that can be read"
    return f"process {pid} ({os.path.basename(processes.executable(pid) or '?')}) is not a Python; `list` shows those of this machine"
