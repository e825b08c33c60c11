"""The messages of docs/wire-protocol.md and how they are cut out of a stream of bytes."""

from __future__ import annotations

import hmac
import math
import secrets
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from .cbor import CborError, decode, encode

PREFACE = b"TLSTREAM"
VERSION = 1

#: Bound on the first message of a stream and on every message of the app.
MAX_CONTROL = 65_536
#: Bound on every other message.
MAX_MESSAGE = 16_777_216
MAX_MARK = 1_000
MAX_RATE = 20_000

TOKEN_VARIABLE = "THREADLENS_TOKEN"

_LENGTH = struct.Struct("<I")


class ProtocolError(ValueError):
    """The other side does not speak the protocol, or may not."""


def frame(message: dict[str, Any]) -> bytes:
    """`message` with its length in front of it."""
    body = encode(message)
    if len(body) > MAX_MESSAGE:
        raise OversizeError(len(body))
    return _LENGTH.pack(len(body)) + body


class OversizeError(ValueError):
    """A message of ours would be longer than a reader accepts."""


def new_token() -> str:
    """64 hexadecimal digits of random bytes."""
    return secrets.token_hex(32)


def same_token(ours: str, theirs: object) -> bool:
    """Compares in a time that does not tell how much of it was right."""
    return isinstance(theirs, str) and hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "replace"))


class MessageReader:
    """Cuts a stream into messages as its bytes arrive.

    The preface and every length are checked as soon as they are there, so no more than one message of the permitted size is ever held.
    """

    def __init__(self, limit: int = MAX_MESSAGE) -> None:
        self._buffer = bytearray()
        self._limit = limit
        self._next_limit = min(limit, MAX_CONTROL)  # the first message is small
        self._expects_preface = True

    @property
    def at_boundary(self) -> bool:
        """Whether the stream could end here without cutting a message in two."""
        return not self._buffer and not self._expects_preface

    def feed(self, data: bytes) -> Iterator[dict[str, Any]]:
        """Takes bytes in; gives the messages that are whole now. Raises `ProtocolError` at the first thing that is wrong."""
        self._buffer += data
        if self._expects_preface:
            if not PREFACE.startswith(self._buffer[: len(PREFACE)]):
                raise ProtocolError("not a Threadlens stream")
            if len(self._buffer) < len(PREFACE):
                return
            del self._buffer[: len(PREFACE)]
            self._expects_preface = False
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if not 1 <= length <= self._next_limit:
                raise ProtocolError(f"a message of {length} bytes, where 1 to {self._next_limit} are allowed")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[_LENGTH.size : end])
            del self._buffer[:end]
            self._next_limit = self._limit
            yield _message(body)


def _message(body: bytes) -> dict[str, Any]:
    try:
        message = decode(body)
    except CborError as error:
        raise ProtocolError(f"a message that is not CBOR as agreed: {error}") from None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise ProtocolError("a message that is not a map with a type")
    return message


class Control(NamedTuple):
    """A message of the app that is known and in order; `value` is the rate, the mark's text or the reason of a refusal."""

    type: str
    value: float | str | None = None


def control(message: dict[str, Any]) -> Control | None:
    """What the app asks for, or None for a type that this version does not know."""
    kind = message["type"]
    if kind in ("start", "pause", "resume", "stop"):
        return Control(kind)
    if kind == "refuse":
        return Control(kind, _text(message, "reason"))
    if kind == "mark":
        text = _text(message, "text")
        if len(text) > MAX_MARK:
            raise ProtocolError(f"a mark of {len(text)} characters, where {MAX_MARK} are allowed")
        return Control(kind, text)
    if kind == "rate":
        return Control(kind, _rate(message.get("hz")))
    return None


def check_join(message: dict[str, Any], token: str) -> None:
    """Raises `ProtocolError` unless `message` is a `join` of our version that shows the token."""
    if message["type"] != "join":
        raise ProtocolError("the first message is not join")
    version = message.get("protocol")
    if version != VERSION or isinstance(version, bool):
        raise ProtocolError(f"protocol {version!r:.40}, where this agent speaks {VERSION}")
    if not same_token(token, message.get("token")):
        raise ProtocolError("wrong token")


def valid_rate(hz: float) -> bool:
    """Whether a target can be sampled at `hz`."""
    return math.isfinite(hz) and 1 <= hz <= MAX_RATE


def _rate(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not valid_rate(value):
        raise ProtocolError(f"a rate that is not a number from 1 to {MAX_RATE}")
    return float(value)


def _text(message: dict[str, Any], key: str) -> str:
    value = message.get(key)
    if not isinstance(value, str):
        raise ProtocolError(f"{message['type']} without the text {key}")
    return value
