"""Where a stream goes: a file, or a reader at the other end of a socket.

Both take whole messages. A file takes them at once; a socket keeps what its reader was too slow for, so that a slow reader never holds up
the sampling, and says how much that is.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import socket
import stat
import time
from collections import deque
from collections.abc import Iterable
from typing import Protocol

from .errors import AgentError
from .protocol import MAX_CONTROL, PREFACE, MessageReader, ProtocolError

#: When all is over: how long the reader may take nothing, and how long it may take for all that waits.
_DRAIN_PAUSE_SECONDS = 10.0
_DRAIN_SECONDS = 60.0
#: How long the other side has to say its last word, and to close.
_LINGER_SECONDS = 1.0
_CHUNK = 1 << 18


class SinkError(AgentError):
    """The stream cannot go on; what went through before is whole."""


class Sink(Protocol):
    """The writing end of one stream. The preface goes first by itself."""

    #: Bytes that wait for the reader.
    pending: int

    def send(self, message: bytes) -> None:
        """Takes one framed message. Raises `SinkError` when the stream is over."""

    def close(self) -> None:
        """Lets go, once what waits has been read or its time is up."""

    def abandon(self) -> None:
        """Lets go of a stream that never began, and leaves no trace of it."""


class FileSink:
    """A `.tlstream`. Locked, so that two recordings cannot write to one file, and cut back to its last whole message on a full disk."""

    pending = 0

    def __init__(self, path: str) -> None:
        self.path = path
        self._file = _open_for_recording(path)
        self._is_new = os.fstat(self._file).st_size == 0
        self._size = 0

    def send(self, message: bytes) -> None:
        if not self._size:  # what was in the file is given up for a recording that has begun, not for an attempt
            os.ftruncate(self._file, 0)
            self._write(PREFACE)
        self._write(message)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._file, view) :]
        except OSError as error:
            os.ftruncate(self._file, self._size)
            os.lseek(self._file, self._size, os.SEEK_SET)
            why = "the disk is full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else os.strerror(error.errno or 0)
            raise SinkError(f"cannot write to {self.path}: {why}; what was recorded up to here is kept") from error
        self._size += len(data)

    def close(self) -> None:
        os.close(self._file)

    def abandon(self) -> None:
        if self._is_new and not self._size:
            os.unlink(self.path)
        os.close(self._file)


def _open_for_recording(path: str) -> int:
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise AgentError(f"cannot write to {path}: {os.strerror(error.errno or 0)}") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise AgentError(f"{path} is not a regular file, and cannot be cut back to its last whole message when it has to")
        start = os.read(file, len(PREFACE))
        if start and start != PREFACE:
            raise AgentError(f"{path} is there already and is not a recording of the agent; choose another name")
        os.lseek(file, 0, os.SEEK_SET)
    except BlockingIOError:
        os.close(file)
        raise AgentError(f"another recording is being written to {path}; choose another name with -o") from None
    except BaseException:
        os.close(file)
        raise
    return file


class SocketSink:
    """A connection, both directions of it. Never blocks but in `close`, and there for a bounded time."""

    def __init__(self, connection: socket.socket, reader: MessageReader | None = None) -> None:
        """`reader` has read the other side's first message, where that side spoke first."""
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = connection
        self._reader = reader or MessageReader(MAX_CONTROL)
        self._waiting: deque[memoryview] = deque()
        self.pending = 0
        self._enqueue(PREFACE)

    def fileno(self) -> int:
        return self._socket.fileno()

    def send(self, message: bytes) -> None:
        self._enqueue(message)
        self.flush()

    def _enqueue(self, data: bytes) -> None:
        self._waiting.append(memoryview(data))
        self.pending += len(data)

    def flush(self) -> None:
        """Hands the kernel as much as it takes."""
        try:
            while self._waiting:
                first = self._waiting[0]
                sent = self._socket.send(first)
                self.pending -= sent
                if sent == len(first):
                    self._waiting.popleft()
                else:
                    self._waiting[0] = first[sent:]
        except BlockingIOError:
            return
        except OSError as error:
            raise SinkError(f"the connection to the app broke: {os.strerror(error.errno or 0)}") from error

    def receive(self) -> Iterable[dict]:
        """The messages that arrived since; call when the socket is readable."""
        try:
            data = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return []
        except OSError as error:
            raise SinkError(f"the connection to the app broke: {os.strerror(error.errno or 0)}") from error
        if not data:
            raise SinkError("the app closed the connection")
        try:
            return list(self._reader.feed(data))
        except ProtocolError as error:
            raise SinkError(f"what the app sent cannot be understood: {error}") from error

    def close(self) -> None:
        deadline = time.monotonic() + _DRAIN_SECONDS
        try:
            while self._waiting and (left := deadline - time.monotonic()) > 0:
                if not select.select([], [self._socket], [], min(left, _DRAIN_PAUSE_SECONDS))[1]:
                    break
                self.flush()
            self._socket.shutdown(socket.SHUT_WR)
            # A connection that is closed with something unread is reset, and what the other side has not read yet is lost with it.
            deadline = time.monotonic() + _LINGER_SECONDS
            while (left := deadline - time.monotonic()) > 0 and select.select([self._socket], [], [], left)[0]:
                if not self._socket.recv(_CHUNK):
                    break
        except (SinkError, OSError):
            pass  # nobody is there to read the rest
        self._socket.close()

    def abandon(self) -> None:
        self._socket.close()
