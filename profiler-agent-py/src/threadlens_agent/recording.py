"""`record` and `serve`: brings a target, a sampler and a sink together, and ends as a command does."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from . import __version__, native, processes
from .batches import Batches
from .connections import Door, connect
from .errors import AgentError, print_error
from .gil import gil_enabled
from .interrupts import Interrupts
from .launch import Program, shell_code
from .layout import Unknown, read_layout
from .memory import Memory, Unreadable
from .names import ThreadNames
from .protocol import TOKEN_VARIABLE, VERSION, new_token
from .readable import await_python, find_python
from .runtime import Runtime
from .session import Outcome, Session
from .sinks import FileSink, Sink
from .target import Target
from .thread_table import ThreadTable


class What(NamedTuple):
    """What is to be recorded, and how: the options that all ways of recording share."""

    pid: int | None
    command: list[str]
    rate_hz: float
    seconds: float | None
    leave_running: bool


#: Is told, in a line for a person, when the recording has begun.
Began = Callable[[str], None]


def record_to_file(what: What, path: str, began: Began) -> int:
    """Leaves a `.tlstream`. Returns the exit code."""
    native.load()  # may have to compile; a program is not to be started before that
    with Interrupts() as interrupts:
        return _record(what, FileSink(path), "", interrupts, began)


def record_to_app(what: What, address: tuple[str, int], began: Began) -> int:
    """Sends the recording to an app that listens at `address`, and does what the app asks."""
    native.load()
    token = os.environ.get(TOKEN_VARIABLE)
    if not token:
        raise AgentError(f"the app's token is not in the environment variable {TOKEN_VARIABLE}")
    with Interrupts() as interrupts:
        return _record(what, connect(address), token, interrupts, began)


def serve(what: What, host: str, port: int, began: Began) -> int:
    """Waits for an app to connect, then records for it. A program to start is started when the app is there, so that nothing of it is missed."""
    native.load()
    if what.pid is not None:
        find_python(what.pid)  # a mistake is told now, not when the app comes
    token = new_token()
    with Interrupts() as interrupts:
        door = Door(host, port)
        try:
            print(f"address {door.address}\ntoken {token}", flush=True)
            sink = door.admit(token, interrupts)
        finally:
            door.close()
        return 0 if sink is None else _record(what, sink, token, interrupts, began)


def _record(what: What, sink: Sink, token: str, interrupts: Interrupts, began: Began) -> int:
    """The exit code. The sink is closed when this returns or raises."""
    program: Program | None = None
    try:
        if what.pid is None:
            program = Program(what.command)
            runtime = await_python(program)
        else:
            runtime = find_python(what.pid)
        outcome = _sample(what, program, runtime, sink, token, interrupts, began)
    except BaseException:
        sink.abandon()
        if program is not None:
            program.terminate()  # it was started to be recorded
        raise
    return _settle(what, outcome, program, sink, interrupts)


def _sample(
    what: What, program: Program | None, runtime: Runtime, sink: Sink, token: str, interrupts: Interrupts, began: Began
) -> Outcome:
    pid = program.pid if program else what.pid
    assert pid is not None
    memory = Memory(pid)
    names, why_no_names = _thread_names(memory, runtime)
    target = Target(pid, program)
    sampler = native.open_sampler(pid)
    try:
        features = {**sampler.features, "names": why_no_names or "ok"}
        batches = Batches(ThreadTable(pid, names))
        session = Session(target, sampler, batches, sink, interrupts, program)
        hello = hello_of(pid, runtime, token, what.rate_hz, features)
        return session.run(hello, what.rate_hz, what.seconds, lambda: began(f"recording process {pid}, Python {runtime.build}"))
    finally:
        sampler.close()
        target.close()


def _settle(what: What, outcome: Outcome, program: Program | None, sink: Sink, interrupts: Interrupts) -> int:
    """What is left to do when the recording is over: the program may not be."""
    if outcome.reason == "failed":
        failure = AgentError(outcome.message)
        if program is not None and isinstance(sink, FileSink):
            # It runs in the terminal that we run in, and goes on: the line comes now, our end with the program's.
            print_error(failure)
            program.wait_through(interrupts)
            return 1
        raise failure
    if program is None:
        return 0
    if outcome.reason in ("exited", "killed", "exec"):
        return shell_code(program.wait_through(interrupts))
    if outcome.reason == "duration" and not what.leave_running:
        program.terminate()
    return 0


def _thread_names(memory: Memory, runtime: Runtime) -> tuple[ThreadNames | None, str | None]:
    try:
        return ThreadNames(memory, read_layout(memory, runtime.address), runtime.address), None
    except (Unknown, Unreadable) as error:
        return None, f"the names of threads cannot be read: {error}"


def hello_of(pid: int, runtime: Runtime, token: str, rate_hz: float, features: dict[str, str]) -> dict[str, Any]:
    """The first message of a recording of process `pid`, which begins now."""
    memory = Memory(pid)
    return {
        "type": "hello",
        "protocol": VERSION,
        "token": token,
        "agent": __version__,
        "process": {
            "pid": pid,
            "command": processes.command(pid),
            "executable": processes.executable(pid) or "",
            "python": str(runtime.build.version),
            "freeThreadedBuild": runtime.build.free_threaded,
            "gilEnabled": _gil_enabled(memory, runtime),
            "cores": len(os.sched_getaffinity(pid)),
            "host": platform.node(),
        },
        "recording": {"startedUnixNs": time.time_ns(), "startedMonoNs": time.monotonic_ns(), "rateHz": rate_hz},
        "features": features,
    }


def _gil_enabled(memory: Memory, runtime: Runtime) -> bool:
    try:
        return gil_enabled(memory, read_layout(memory, runtime.address), runtime)
    except (Unknown, Unreadable):
        return not runtime.build.free_threaded
