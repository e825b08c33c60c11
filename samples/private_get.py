"""A value of its own for each thread, got from a dict of its own: it scales, and there is nothing to fix.

The counterpart of refcount_get.py: the same call, the same types, and nothing shared.
"""

import time

import _sample


class Settings:
    def __init__(self):
        self.currency = "EUR"


def worker(stop):
    instances = {"settings": Settings()}
    iterations = 0
    while not stop.is_set():
        for _ in range(10_000):
            instances.get("settings")
        iterations += 10_000
    return iterations, time.thread_time()


def main():
    options = _sample.options(threads=_sample.CORES)
    results = _sample.run(options, worker)
    iterations = sum(iterations for iterations, _ in results)
    _sample.tell(
        "none",
        also=_sample.crowd(options),
        iterations=iterations,
        cpuNanosecondsEach=sum(cpu for _, cpu in results) / iterations * 1e9,
    )


if __name__ == "__main__":
    main()
