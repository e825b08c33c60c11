"""Signals as something that can be waited for beside other things."""

from __future__ import annotations

import os
import signal

_WANTED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Within a `with` block, signals that ask to end do nothing but make the pipe readable, and are asked for with `take`."""

    def __enter__(self) -> Interrupts:
        self._read, self._write = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._wakeup = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        # One that is ignored (nohup, a background job of a shell) stays so.
        self._handlers = {
            number: signal.signal(number, _nothing) for number in _WANTED if signal.getsignal(number) is not signal.SIG_IGN
        }
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        os.close(self._read)
        os.close(self._write)

    def fileno(self) -> int:
        """Readable when a signal came."""
        return self._read

    def take(self) -> list[int]:
        """The signals that came since the last call."""
        try:
            return [number for number in os.read(self._read, 512) if number in _WANTED]
        except BlockingIOError:
            return []


def _nothing(_number: int, _frame: object) -> None:
    """Being called is not the point: the write to the pipe is."""
