"""A recording as it happens: takes what the library has sampled, about ten times a second, and sends it on until there is a reason to end.

One thread does all of it. The sampling itself runs in the library, on a thread of its own, and is not held up by anything here.
"""

from __future__ import annotations

import math
import select
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .batches import Batches
from .errors import AgentError
from .interrupts import Interrupts
from .launch import Program
from .protocol import Control, ProtocolError, control, frame
from .sampling import Sampler
from .sinks import Sink, SinkError, SocketSink
from .target import Target

_BATCH_SECONDS = 0.1
_START_SECONDS = 30.0
#: What waits for a slow reader before samples are dropped, and before the reader is given up.
_SLOW_BYTES = 8 << 20
_STALLED_BYTES = 64 << 20


class Outcome(NamedTuple):
    """How a recording ended, in the words of the wire's `end`."""

    reason: str
    exit_code: int | None = None
    #: What went wrong, for a recording that ended before its time.
    message: str | None = None

    def as_message(self) -> dict[str, Any]:
        """The `end` message."""
        return {"type": "end", "reason": self.reason, "exitCode": self.exit_code, "message": self.message}


class Session:
    """One recording of one target into one sink."""

    def __init__(
        self, target: Target, sampler: Sampler, batches: Batches, sink: Sink, interrupts: Interrupts, program: Program | None
    ) -> None:
        self._target = target
        self._sampler = sampler
        self._batches = batches
        self._sink = sink
        self._interrupts = interrupts
        self._program = program
        self._ended: Outcome | None = None
        self._answered = False

    def run(self, hello: dict[str, Any], rate_hz: float, seconds: float | None, began: Callable[[], None]) -> Outcome:
        """From `hello` to `end`. What was sampled is in the sink whichever way it ends. Raises `AgentError` when it did not begin."""
        try:
            self._sink.send(frame(hello))
            # Before the app has answered: a JVM takes its time over a first message, and the program is running.
            self._sampler.start(rate_hz)
            if isinstance(self._sink, SocketSink):
                self._await_start()
            if self._ended is None:
                began()
                self._record(None if seconds is None else time.monotonic() + seconds)
        except SinkError as error:
            self._ended = Outcome("failed", None, str(error))
        assert self._ended is not None  # the loop has no other way out
        return self._finish(self._ended)

    def _await_start(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while self._ended is None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise AgentError(f"the app did not answer within {_START_SECONDS:.0f} s")
            for request in self._wait(left):
                if request.type == "start":
                    return
                if request.type == "refuse":
                    raise AgentError(f"the app refuses: {request.value}")
                self._obey(request)

    def _record(self, deadline: float | None) -> None:
        due = time.monotonic() + _BATCH_SECONDS
        while self._ended is None:
            until = due if deadline is None else min(due, deadline)
            for request in self._wait(until - time.monotonic()):
                self._obey(request)
            now = time.monotonic()
            if deadline is not None and now >= deadline and self._ended is None:
                self._ended = Outcome("duration")
            if now >= due and self._ended is None:
                self._look_at_target()
                self._send_batch()
                due = max(due + _BATCH_SECONDS, now)

    def _wait(self, seconds: float) -> Iterator[Control]:
        """Waits for the time, or what comes first: a signal, the target's end, word from the app, or room for what it has not read yet."""
        poll = select.poll()
        poll.register(self._interrupts, select.POLLIN)
        poll.register(self._target, select.POLLIN)
        if isinstance(self._sink, SocketSink):
            poll.register(self._sink, select.POLLIN | (select.POLLOUT if self._sink.pending else 0))
        ready = {descriptor for descriptor, _ in poll.poll(max(0, math.ceil(seconds * 1000)))}
        if self._interrupts.fileno() in ready:
            self._interrupted()
        if isinstance(self._sink, SocketSink) and self._sink.fileno() in ready:
            self._sink.flush()
            for message in self._sink.receive():
                self._answered = True
                request = _understood(message)
                if request is not None:
                    yield request
        if self._target.fileno() in ready:
            self._look_at_target()

    def _interrupted(self) -> None:
        if self._program is not None:
            self._program.relay(self._interrupts)  # if it ends, so do we
        elif self._interrupts.take():
            self._ended = self._ended or Outcome("stopped")

    def _look_at_target(self) -> None:
        end = self._target.ended()
        if end is None and not self._sampler.alive:
            end = self._target.ended_or_replaced()
        if end is not None:
            self._ended = Outcome(end.reason, end.exit_code)
        for child in self._target.new_children():
            self._batches.event("fork", child)

    def _obey(self, request: Control) -> None:
        if request.type == "stop":
            self._ended = self._ended or Outcome("stopped")
        elif request.type == "rate":
            self._sampler.set_rate(float(request.value))  # type: ignore[arg-type]
        elif request.type == "pause":
            self._sampler.pause()
            self._batches.event("sampling", 0)
        elif request.type == "resume":
            self._sampler.resume()
            self._batches.event("sampling", 1)
        elif request.type == "mark":
            self._batches.mark(str(request.value))

    def _send_batch(self) -> None:
        message = self._batches.next(self._sampler.take(), keep_samples=self._sink.pending < _SLOW_BYTES)
        self._sink.send(message)
        if self._sink.pending > _STALLED_BYTES:
            raise SinkError("the app has stopped reading; the recording ends here")

    def _finish(self, outcome: Outcome) -> Outcome:
        """Sends what there still is, and the `end`."""
        self._sampler.stop()
        if outcome.reason == "exec":
            self._batches.event("exec")
        try:
            if outcome.reason != "failed":
                self._batches.hold_nothing_back()
                self._send_batch()
            # A full disk has no room for a batch, but the half message that was taken back left some for this.
            self._sink.send(frame(outcome.as_message()))
            self._hear_answer()
        except SinkError as error:
            outcome = Outcome("failed", None, outcome.message or str(error))
        self._sink.close()
        return outcome


    def _hear_answer(self) -> None:
        """A program may be over before the app has answered; if its answer met a closed connection, the app would lose what it has not read."""
        deadline = time.monotonic() + _START_SECONDS
        while isinstance(self._sink, SocketSink) and not self._answered and (left := deadline - time.monotonic()) > 0:
            for _ in self._wait(left):
                pass


def _understood(message: dict[str, Any]) -> Control | None:
    try:
        return control(message)
    except ProtocolError as error:
        raise SinkError(f"what the app sent cannot be understood: {error}") from error
