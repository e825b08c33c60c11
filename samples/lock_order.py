"""Two locks, taken in opposite order by threads that have not met yet: a deadlock that waits for its day.

The fault: half of the threads take the account's lock and then the journal's, the other half the other way round. All goes well
as long as they happen to take turns, as they do here. The fix: one order for all.
"""

import itertools
import threading

import _sample

account, journal = threading.Lock(), threading.Lock()
numbers = itertools.count()


def work(count):
    total = 0
    for number in range(count):
        total += number * number % 97
    return total


def transfer():
    with account:  # <- first this one
        with journal:  # <- then that one
            work(40_000)


def audit():
    with journal:  # <- first that one
        with account:  # <- then this one
            work(40_000)


def worker(stop, turn, threads):
    number = next(numbers)
    while not stop.is_set():
        work(20_000)
        if turn[0] == number:
            (transfer, audit)[number % 2]()
            turn[0] = (number + 1) % threads


def main():
    options = _sample.options(threads=2)
    _sample.run(options, worker, [0], options.threads)
    _sample.tell("lock", also=_sample.crowd(options))


if __name__ == "__main__":
    main()
