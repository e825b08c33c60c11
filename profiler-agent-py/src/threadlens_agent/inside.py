"""Recording from inside: a program that asks to be recorded.

The agent is a process of its own here too, so that it can be no burden to the program and no risk. Under Yama a process may read only
its descendants and those that let it in by name. The program does that once it knows the agent's pid, and only then gives the agent the
word to look.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading

from .errors import AgentError

_PR_SET_PTRACER = 0x59616D61
_PACKAGE_PARENT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# -I keeps the agent out of reach of what the program's environment does to Python, so it is told where the package is.
_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from threadlens_agent.inside import run_agent; sys.exit(run_agent(sys.argv[2]))"
_STOP_SECONDS = 15.0

_lock = threading.Lock()
_running: tuple[int, subprocess.Popen[str]] | None = None


def start(output: str | None = None, *, connect: str | None = None, rate_hz: float = 1000.0) -> None:
    """Records this program from now on, into the `.tlstream` file `output` or to an app that listens at `connect` (HOST:PORT, with its
    token in THREADLENS_TOKEN), until `stop()` or the program's end. Returns when it has begun; raises `AgentError` when it cannot."""
    global _running
    if (output is None) == (connect is None):
        raise ValueError("say where the recording goes: either output or connect")
    with _lock:
        if _running is not None and _running[0] == os.getpid():
            raise AgentError("this program is being recorded already")
        request = {"pid": os.getpid(), "output": output and os.path.abspath(output), "connect": connect, "rateHz": rate_hz}
        agent = _spawn(json.dumps(request))
        _running = os.getpid(), agent
    atexit.register(stop)


def stop() -> None:
    """Ends the recording that `start()` began, and returns when it is whole. Does nothing when there is none."""
    global _running
    with _lock:
        if _running is None or _running[0] != os.getpid():  # a forked child has the variable and not the recording
            return
        agent, _running = _running[1], None
    agent.send_signal(signal.SIGINT)
    try:
        agent.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        agent.kill()
        agent.wait()


def _spawn(request: str) -> subprocess.Popen[str]:
    if not sys.executable:
        raise AgentError("this program does not say which Python it is (sys.executable is empty), so the agent cannot be started with it")
    agent = subprocess.Popen(
        [sys.executable, "-I", "-c", _CHILD, _PACKAGE_PARENT, request],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # the terminal's Ctrl+C is for the program
    )
    assert agent.stdin is not None and agent.stdout is not None
    # Fails where there is no Yama, and then nothing has to be allowed.
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(agent.pid), 0, 0, 0)
    agent.stdin.close()  # the word
    answer = agent.stdout.readline().rstrip("\n")
    agent.stdout.close()
    if answer != "began":
        agent.wait()
        raise AgentError(answer.removeprefix("error: ") or "the agent ended before it began")
    return agent


def run_agent(request: str) -> int:
    """The agent's side of `start()`."""
    from .connections import parse_address
    from .recording import What, record_to_app, record_to_file

    sys.stdin.read()
    asked = json.loads(request)
    what = What(asked["pid"], [], asked["rateHz"], None, True)
    try:
        if asked["connect"]:
            return record_to_app(what, parse_address(asked["connect"]), _began)
        return record_to_file(what, asked["output"], _began)
    except Exception as error:
        print(f"error: {error}", flush=True)
        return 1


def _began(_line: str) -> None:
    print("began", flush=True)
