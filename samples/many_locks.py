"""Short critical sections under many locks: some time is lost to them, and not much.

Each thread does a little work under one of 24 locks, picked at random, and ten times as much outside. It loses time where
two threads meet at a lock, most of all where the one that holds it has lost its core. The fix, if there need be one: fewer
threads than cores, or nothing under the lock that can be done outside.
"""

import random
import threading
import time

import _sample


def units(count):
    """About a microsecond each."""
    total = 0
    for number in range(count * 20):
        total += number % 7
    return total


def worker(stop, locks):
    picks, sections, waited = random.Random(), 0, 0.0
    while not stop.is_set():
        for _ in range(100):
            lock = picks.choice(locks)
            asked = time.monotonic()
            with lock:  # <- waits
                waited += time.monotonic() - asked
                units(5)  # <- holds
            units(50)
        sections += 100
    return sections, waited


def main():
    options = _sample.options()
    results = _sample.run(options, worker, [threading.Lock() for _ in range(24)])
    _sample.tell(
        "lock none",
        also=_sample.crowd(options),
        type="threading.Lock",
        waitSeconds=sum(waited for _, waited in results),
        iterations=sum(sections for sections, _ in results),
    )


if __name__ == "__main__":
    main()
