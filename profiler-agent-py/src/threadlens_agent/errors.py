"""The mistakes a person can make and the machine can have, each one line that says what and what to do."""


from __future__ import annotations

import contextlib
import sys


class AgentError(Exception):
    """The job failed for a reason that its one-line text explains; the command ends with exit code 1."""


class UsageError(Exception):
    """The command line is wrong; exit code 2."""


def say(line: str) -> None:
    """Tells the person at the terminal, if there is still one; stdout is for results, and for the recorded program."""
    with contextlib.suppress(OSError):
        print(f"threadlens-agent: {line}", file=sys.stderr, flush=True)


def print_error(error: Exception) -> None:
    """The one line."""
    say(f"error: {error}")
