"""A method of one shared instance that all threads call: a fault on 3.13, and none from 3.14 on.

Python 3.13 counts a reference to the instance for each call, and the cores fight over that count; from 3.14 on a call
borrows it. The fix on 3.13: an instance for each thread.
"""

import sys
import time

import _sample


class Tariff:
    def __init__(self):
        self.rate = 3

    def price(self, amount):
        return amount * self.rate  # <- the fault


def worker(stop, tariff):
    iterations = 0
    while not stop.is_set():
        for amount in range(10_000):
            tariff.price(amount)  # <- the fault
        iterations += 10_000
    return iterations, time.thread_time()


def main():
    options = _sample.options(threads=_sample.CORES)
    results = _sample.run(options, worker, Tariff())
    iterations = sum(iterations for iterations, _ in results)
    _sample.tell(
        "refcount" if sys.version_info < (3, 14) else "none",
        also=_sample.crowd(options),
        type="Tariff",
        busy_cores=1.5,
        iterations=iterations,
        cpuNanosecondsEach=sum(cpu for _, cpu in results) / iterations * 1e9,
    )


if __name__ == "__main__":
    main()
