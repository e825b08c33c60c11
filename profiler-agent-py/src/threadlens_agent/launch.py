"""Starts the program that is to be recorded."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys

from .errors import AgentError
from .interrupts import Interrupts
from .protocol import TOKEN_VARIABLE

_TERMINATE_SECONDS = 5.0
_LOOK_SECONDS = 0.1


class Program:
    """A child process with our terminal, our streams and our environment, but for the token, which is none of its business."""

    def __init__(self, command: list[str]) -> None:
        environment = {name: value for name, value in os.environ.items() if name != TOKEN_VARIABLE}
        try:
            self._process = subprocess.Popen(command, env=environment)
        except FileNotFoundError:
            raise AgentError(f"there is no program {command[0]}") from None
        except OSError as error:
            raise AgentError(f"cannot start {command[0]}: {os.strerror(error.errno or 0)}") from error
        self.pid = self._process.pid

    def exit_code(self) -> int | None:
        """None while it runs; −n when signal n ended it."""
        return self._process.poll()

    def wait(self) -> int:
        """Waits for its end."""
        return self._process.wait()

    def wait_through(self, interrupts: Interrupts) -> int:
        """Waits for its end, and passes on what was meant for it."""
        while (code := self.exit_code()) is None:
            if select.select([interrupts], [], [], _LOOK_SECONDS)[0]:
                self.relay(interrupts)
        return code

    def relay(self, interrupts: Interrupts) -> None:
        """Passes on the signals that came. Not what the terminal gave both of us: that is the program's to answer, and it has it."""
        for number in interrupts.take():
            if self.exit_code() is None and (number == signal.SIGTERM or not _has_terminal()):
                self._process.send_signal(number)

    def terminate(self) -> None:
        """Asks it to end, and makes it end when it does not listen."""
        self._process.terminate()
        try:
            self._process.wait(_TERMINATE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _has_terminal() -> bool:
    """Whether we are in the foreground of a terminal, where Ctrl+C reaches us and our child alike."""
    try:
        return os.tcgetpgrp(sys.__stderr__.fileno()) == os.getpgrp()
    except (OSError, ValueError, AttributeError):
        return False


def shell_code(exit_code: int) -> int:
    """An exit code as a shell gives it on: 128 + n for signal n."""
    return exit_code if exit_code >= 0 else 128 - exit_code
