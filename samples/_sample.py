"""What the samples share: their options, threads that end when the time is up or on Ctrl+C, and the line of truth.

The last line a sample prints is `truth ` and a JSON object: `expected` is what is right to say of it, `measured` what it found
out about itself. The places of `expected` are the lines that bear a mark, a comment that begins with `# <- `.
"""

import argparse
import contextlib
import json
import os
import sys
import threading
import time

CORES = len(os.sched_getaffinity(0))


def options(threads=4):
    """`threads` and `seconds` of the command line."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=threads)
    parser.add_argument("--seconds", type=float, default=5)
    return parser.parse_args()


def run(options, work, *arguments):
    """Calls `work(stop, *arguments)` on each of the threads until the time is up, and returns what the calls returned."""
    begin, stop, results = threading.Event(), threading.Event(), []

    def call():
        begin.wait()
        results.append(work(stop, *arguments))

    threads = [threading.Thread(target=call, name=f"{work.__name__}-{number}") for number in range(options.threads)]
    for thread in threads:
        thread.start()
    begin.set()
    rest(options.seconds)
    stop.set()
    for thread in threads:
        thread.join()
    return results


def rest(seconds):
    """Sleeps until the time is up, or Ctrl+C."""
    with contextlib.suppress(KeyboardInterrupt):
        time.sleep(seconds)


def tell(classes, *, also=(), type=None, cause=None, busy_cores=0, **measured):
    """Prints the line of truth.

    One of `classes`, words with spaces between, must be found; those and the ones in `also` may be claimed, and no others. `type`
    is that of the object fought over, `cause` the module at fault. With fewer than `busy_cores` on average the fault does not
    show: threads that never run at the same time do not fight over a reference count.
    """
    where = [] if classes == "none" else marked_places(sys.modules["__main__"].__file__)
    expected = {
        "classes": classes.split(),
        "also": list(also),
        "type": type,
        "cause": cause,
        "where": where,
        "busyCores": busy_cores,
    }
    print("truth", json.dumps({"expected": expected, "measured": measured}), flush=True)


def crowd(options):
    """What is true as well of threads that compute, where there are more of them than cores."""
    return ["oversubscribed"] if options.threads > CORES else []


def marked_places(file):
    """Function and line of each mark in a program."""
    places, around = [], []
    with open(file, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            words = line.split()
            if words[:1] in (["def"], ["class"]):
                indent = len(line) - len(line.lstrip())
                around = [outer for outer in around if outer[0] < indent] + [(indent, words[1].split("(")[0].rstrip(":"))]
            if "# <- " in line:
                places.append({"function": ".".join(name for _, name in around), "line": number})
    return places
