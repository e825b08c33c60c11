"""Sockets in both directions: out to the app, or listening for it."""

from __future__ import annotations

import select
import socket
import time

from .errors import AgentError, UsageError, say
from .interrupts import Interrupts
from .protocol import MAX_CONTROL, MessageReader, ProtocolError, check_join
from .sinks import SocketSink

_CONNECT_SECONDS = 10.0
_JOIN_SECONDS = 10.0
_JOIN_CHUNK = 4096
_MAX_GUESTS = 16


def parse_address(text: str) -> tuple[str, int]:
    """HOST:PORT; an IPv6 address in brackets."""
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65_535:
        raise UsageError(f"{text} is not an address: HOST:PORT is one")
    return host.strip("[]") or "127.0.0.1", int(port)


def connect(address: tuple[str, int]) -> SocketSink:
    """A connection to an app that listens."""
    try:
        return SocketSink(socket.create_connection(address, _CONNECT_SECONDS))
    except OSError as error:
        host, port = address
        raise AgentError(f"cannot connect to {host}:{port}: {error.strerror or error}; is the app listening there?") from error


class Door:
    """Listens for the app, and lets in the first that shows the token."""

    def __init__(self, host: str, port: int) -> None:
        try:
            family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            self._socket = socket.create_server((host, port), family=family)
        except OSError as error:
            raise AgentError(f"cannot listen on {host}:{port}: {error.strerror or error}") from error

    @property
    def address(self) -> str:
        """Where the app is to connect to."""
        host, port = self._socket.getsockname()[:2]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def admit(self, token: str, interrupts: Interrupts) -> SocketSink | None:
        """Waits for an app with the token; None when a signal came first. Whoever shows anything else is cut off, and we go on waiting."""
        guests: dict[int, _Guest] = {}
        admitted: _Guest | None = None
        while admitted is None:
            poll = select.poll()
            for descriptor in (self._socket.fileno(), interrupts.fileno(), *guests):
                poll.register(descriptor, select.POLLIN)
            ready = {descriptor for descriptor, _ in poll.poll(1000)}
            if interrupts.fileno() in ready:
                break
            if self._socket.fileno() in ready:
                guest = _Guest(self._socket.accept()[0])
                guests[guest.connection.fileno()] = guest
            for descriptor, guest in list(guests.items()):
                try:
                    if descriptor in ready and guest.shows(token):
                        admitted = guests.pop(descriptor)
                        break
                    if guest.is_late or len(guests) > _MAX_GUESTS:
                        raise ProtocolError("it did not say who it is in time")
                except (ProtocolError, OSError) as error:
                    say(f"turned a connection away: {error}")
                    guests.pop(descriptor).connection.close()
        for guest in guests.values():
            guest.connection.close()
        return SocketSink(admitted.connection, admitted.reader) if admitted else None

    def close(self) -> None:
        """Stops listening."""
        self._socket.close()


class _Guest:
    """A connection that has not shown the token yet."""

    def __init__(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        self.connection = connection
        self.reader = MessageReader(MAX_CONTROL)
        self._deadline = time.monotonic() + _JOIN_SECONDS

    @property
    def is_late(self) -> bool:
        """Whether it had time enough."""
        return time.monotonic() > self._deadline

    def shows(self, token: str) -> bool:
        """Reads what it says. False while that is not a whole message; raises `ProtocolError` when it is the wrong one."""
        data = self.connection.recv(_JOIN_CHUNK)
        if not data:
            raise ProtocolError("it went away without a word")
        messages = list(self.reader.feed(data))
        if not messages:
            return False
        check_join(messages[0], token)
        if len(messages) > 1 or not self.reader.at_boundary:
            raise ProtocolError("it went on before it was answered")
        return True
