"""Pure compute, nothing shared: it scales, and there is nothing to fix.

Each thread adds up numbers of its own. As many cores are busy as there are threads, up to the cores there are. With the GIL
on (`PYTHON_GIL=1`, or a build that has it) one core is busy, and the threads queue for the GIL.
"""

import sys
import time

import _sample


def add_up(count):
    total = 0
    for number in range(count):
        total += number * number % 97
    return total


def worker(stop):
    rounds = 0
    while not stop.is_set():
        add_up(20_000)
        rounds += 1
    return rounds, time.thread_time()


def gil_is_on():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def main():
    options = _sample.options(threads=_sample.CORES)
    started = time.monotonic()
    results = _sample.run(options, worker)
    seconds = time.monotonic() - started
    _sample.tell(
        "gil" if gil_is_on() else "none",
        also=_sample.crowd(options),
        busyCores=sum(cpu for _, cpu in results) / seconds,
        iterationsPerSecond=sum(rounds for rounds, _ in results) / seconds,
    )


if __name__ == "__main__":
    main()
