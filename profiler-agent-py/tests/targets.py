"""Starts programs for the tests to look at."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator

from interpreters_for_tests import Interpreter

SOURCE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "src")


@contextlib.contextmanager
def target(interpreter: Interpreter, program: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Runs `program`, which prints a line when it is ready, until the block ends."""
    process = subprocess.Popen(
        [interpreter.path, "-c", textwrap.dedent(program), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{interpreter} ended before it was ready, with {process.wait()}")
        yield process
    finally:
        process.kill()
        process.communicate()


def agent_environment(**more: str) -> dict[str, str]:
    """The environment that `python -m threadlens_agent` needs to run from the source tree."""
    return {**os.environ, "PYTHONPATH": SOURCE, **more}


def agent(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs a command of the agent to its end."""
    return subprocess.run(
        [sys.executable, "-m", "threadlens_agent", *words], env=agent_environment(**more), capture_output=True, text=True, timeout=60
    )


def start_agent(*words: str, **more: str) -> subprocess.Popen[str]:
    """Starts a command of the agent."""
    return subprocess.Popen(
        [sys.executable, "-m", "threadlens_agent", *words],
        env=agent_environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
