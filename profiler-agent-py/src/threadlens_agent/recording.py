"""`record` and `serve`: brings a target, a sampler and a sink together, and ends as a command does."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import NamedTuple

from . import native
from .batches import Batches
from .connections import Door, connect
from .errors import AgentError, print_error
from .gil import module_that_needs_gil
from .hello import Instant, hello
from .interrupts import Interrupts
from .launch import Program, shell_code
from .layout import Unknown
from .lock_names import LockNames
from .lock_table import LockTable
from .memory import Unreadable
from .names import ThreadNames
from .protocol import TOKEN_VARIABLE, new_token
from .readable import await_python, find_python
from .runtime import Runtime
from .session import Outcome, Session
from .sinks import FileSink, Sink
from .system_load import SystemLoad
from .target import Target
from .thread_table import ThreadTable


class What(NamedTuple):
    """What is to be recorded, and how: the options that all ways of recording share."""

    pid: int | None
    command: list[str]
    rate_hz: float
    seconds: float | None
    leave_running: bool
    refcounts: bool = True


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
    """Waits for an app to connect, then records for it. A program to start is started when the app is there, so that nothing is missed."""
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
        outcome = _sample(program, runtime, what, sink, token, interrupts, began)
    except BaseException:
        sink.abandon()
        if program is not None:
            program.terminate()  # it was started to be recorded
        raise
    return _settle(what, outcome, program, interrupts)


def _sample(
    program: Program | None, runtime: Runtime, what: What, sink: Sink, token: str, interrupts: Interrupts, began: Began
) -> Outcome:
    pid = runtime.memory.pid
    names, why_no_names = _thread_names(runtime)
    with contextlib.closing(Target(pid, program)) as target, contextlib.closing(native.open_sampler(pid)) as sampler:
        load = SystemLoad(pid)
        locks = LockTable(LockNames(runtime) if names else None)
        batches = Batches(ThreadTable(pid, names), locks, load, lambda: module_that_needs_gil(runtime))
        session = Session(target, sampler, batches, sink, interrupts, program)
        if not what.refcounts:
            sampler.leave_refcounts()
        started = Instant.now()
        sampler.tick()  # what the machine allows is known once it was tried
        features = {**sampler.features, "names": why_no_names or "ok", "load": load.refusal or "ok"}
        first = hello(runtime, token, what.rate_hz, features, started)
        return session.run(first, what.rate_hz, what.seconds, lambda: began(f"recording process {pid}, Python {runtime.build}"))


def _settle(what: What, outcome: Outcome, program: Program | None, interrupts: Interrupts) -> int:
    """What is left to do when the recording is over: the program may not be."""
    if outcome.reason == "failed":
        failure = AgentError(outcome.message)
        if program is None:
            raise failure
        print_error(failure)  # now: the program goes on, and we stay with it
        return shell_code(program.wait_through(interrupts)) or 1
    if program is None:
        return 0
    if outcome.reason == "duration":
        if not what.leave_running:
            program.terminate()
        return 0
    return shell_code(program.wait_through(interrupts))


def _thread_names(runtime: Runtime) -> tuple[ThreadNames | None, str | None]:
    """The reader of names, or why there is none."""
    try:
        runtime.layout
    except (Unknown, Unreadable) as error:
        return None, f"cannot be read: {error}"
    return ThreadNames(runtime), None
