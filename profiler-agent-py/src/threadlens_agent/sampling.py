"""What a recording needs of the library, and nothing of how it is done."""

from __future__ import annotations

from typing import NamedTuple, Protocol, Union

from .cbor import Column

#: A column as it is encoded: numbers as memory, text as a list.
AnyColumn = Union[Column, list]
Tables = dict[str, dict[str, AnyColumn]]


class Taken(NamedTuple):
    """What was sampled since the last time: the tables of a batch, and the totals since the start."""

    tables: Tables
    counters: dict[str, int]


class Sampler(Protocol):
    """Samples one process on a thread of its own."""

    #: By name: "ok", or why it is off.
    features: dict[str, str]
    #: False once a tick has seen that the process ended or runs another program.
    alive: bool

    def tick(self) -> bool:
        """One look now, in the calling thread. False when the process has ended."""

    def start(self, rate_hz: float) -> None:
        """Begins to sample."""

    def set_rate(self, rate_hz: float) -> None:
        """From the next tick on."""

    def pause(self) -> None:
        """Stops looking."""

    def resume(self) -> None:
        """Begins to look again."""

    def take(self) -> Taken:
        """Hands over what there is. Does not wait."""

    def stop(self) -> None:
        """Ends the sampling; what was sampled can still be taken."""

    def close(self) -> None:
        """Lets go of the process."""
