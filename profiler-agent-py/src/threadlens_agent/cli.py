"""The command line: `python -m threadlens_agent record|attach|list|dump|serve`.

Exit codes: 0 done (or the recorded program's own), 1 the job failed and one line on stderr says why and what to do, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence

from . import __version__
from .errors import AgentError, UsageError, print_error, say
from .protocol import MAX_RATE, valid_rate

_DEFAULT_RATE = 1000.0
_LOOPBACK = "127.0.0.1"
_USAGE = "%(prog)s [options] (--pid PID | -- PYTHON ARGS…)"
_CONNECT = "send the recording to an app that listens there; its token is in THREADLENS_TOKEN"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    words, command = _split_command(words)
    parser = _parser()
    options = parser.parse_args(words)
    options.command = command
    try:
        if command and options.job not in ("record", "serve"):
            raise UsageError(f"{options.job} does not take a program")
        return options.run(options)
    except UsageError as error:
        parser.error(str(error))
    except AgentError as error:
        if options.debug:
            raise
        print_error(error)
    except BrokenPipeError:
        _abandon_stdout()
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # a fault of ours: still one line, and how to see the rest
        if options.debug:
            raise
        say(f"error: {type(error).__name__}: {error} (a fault in the agent; --debug shows where)")
    return 1


def _split_command(words: list[str]) -> tuple[list[str], list[str]]:
    """Ours, and behind `--` the program's."""
    if "--" not in words:
        return words, []
    at = words.index("--")
    return words[:at], words[at + 1 :]


def _abandon_stdout() -> None:
    """The reader of our output has gone (`list | head -1`); nothing is to be said about it when the interpreter flushes at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="threadlens-agent", description="Records the threads of a running CPython program from outside.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    jobs = parser.add_subparsers(dest="job", required=True, metavar="record|attach|list|dump|serve")
    debug = argparse.ArgumentParser(add_help=False)
    debug.add_argument("--debug", action="store_true", help="show the trace behind an error")

    record = jobs.add_parser("record", parents=[debug], help="record a program", usage=_USAGE)
    _add_recording_options(record)
    record.add_argument("--pid", type=_pid, help="the process to attach to")
    record.add_argument("-o", "--output", metavar="FILE", help="where to leave the recording (default: threadlens-DATE-TIME.tlstream)")
    record.add_argument("--connect", metavar="HOST:PORT", help=_CONNECT)
    record.set_defaults(run=_record)

    attach = jobs.add_parser("attach", parents=[debug], help="record a running process; short for record --pid PID")
    attach.add_argument("pid", type=_pid, metavar="PID", help="the process to attach to")
    _add_recording_options(attach)
    attach.add_argument("-o", "--output", metavar="FILE", help="where to leave the recording")
    attach.add_argument("--connect", metavar="HOST:PORT", help=_CONNECT)
    attach.set_defaults(run=_record)

    listing = jobs.add_parser("list", parents=[debug], help="the Python processes of this machine")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=_list)

    dump = jobs.add_parser("dump", parents=[debug], help="the stack of every thread, once")
    dump.add_argument("pid", type=_pid, metavar="PID")
    dump.add_argument("--json", action="store_true", help="as JSON")
    dump.set_defaults(run=_dump)

    serve = jobs.add_parser("serve", parents=[debug], help="wait for the app to connect, then record", usage=_USAGE)
    _add_recording_options(serve)
    serve.add_argument("--pid", type=_pid, help="the process to attach to")
    serve.add_argument("--host", default=_LOOPBACK, metavar="ADDRESS", help="the address to listen on (default: this machine only)")
    serve.add_argument("--port", type=_port, default=0, help="the port to listen on (default: one that is free)")
    serve.set_defaults(run=_serve)
    return parser


def _add_recording_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rate", type=_rate, default=_DEFAULT_RATE, metavar="HZ", help=f"looks a second, up to {MAX_RATE} (default: %(default)g)"
    )
    parser.add_argument(
        "--duration", type=_seconds, metavar="S", help="end after so many seconds; a program started here is ended too"
    )
    parser.add_argument("--no-refcounts", action="store_true", help="do not look at reference counts: costs less, and sees no fight over them")
    parser.add_argument("--leave-running", action="store_true", help="with --duration: let the program go on")


def _pid(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 1 << 31:
        raise argparse.ArgumentTypeError(f"{text} is not a process id")
    return int(text)


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text} is not a port")
    return int(text)


def _rate(text: str) -> float:
    hz = _number(text)
    if not valid_rate(hz):
        raise argparse.ArgumentTypeError(f"{text} is not a rate from 1 to {MAX_RATE}")
    return hz


def _seconds(text: str) -> float:
    seconds = _number(text)
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return seconds


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a number") from None


def _what(options: argparse.Namespace):
    from .recording import What

    if (options.pid is None) == (not options.command):
        raise UsageError("say what to record: either --pid PID or -- PYTHON ARGS…")
    return What(options.pid, options.command, options.rate, options.duration, options.leave_running, not options.no_refcounts)


def _record(options: argparse.Namespace) -> int:
    what = _what(options)
    from .connections import parse_address
    from .recording import record_to_app, record_to_file

    if options.connect:
        if options.output:
            raise UsageError("-o and --connect exclude each other: the app keeps what it is sent")
        return record_to_app(what, parse_address(options.connect), say)
    path = options.output or time.strftime("threadlens-%Y%m%d-%H%M%S.tlstream")
    if path.endswith(".threadlens"):
        raise UsageError("the agent writes .tlstream files; the app opens them and saves .threadlens")
    return record_to_file(what, path, lambda line: say(f"{line}, to {path}"))


def _serve(options: argparse.Namespace) -> int:
    what = _what(options)
    from .recording import serve

    return serve(what, options.host, options.port, say)


def _list(options: argparse.Namespace) -> int:
    from .interpreters import as_table, list_interpreters

    found = list_interpreters()
    if options.json:
        print(json.dumps({"format": "threadlens-processes/1", "processes": [one.as_json() for one in found]}))
    else:
        print(as_table(found))
    return 0


def _dump(options: argparse.Namespace) -> int:
    from .dump import as_text, dump

    found = dump(options.pid)
    print(json.dumps(found) if options.json else as_text(found))
    return 0
