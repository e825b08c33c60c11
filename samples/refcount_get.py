"""One shared value that all threads get from a dict: no one waits, and yet more threads make it slower.

The fault: each `get` counts a reference to the one `Settings` object up and down, and the cores fight over that count. The
fix: get it once, before the loop, or give each thread a copy. On 3.13 `get` takes the lock inside the dict as well.
"""

import sys
import time

import _sample


class Settings:
    def __init__(self):
        self.currency = "EUR"


def worker(stop, instances):
    iterations = 0
    while not stop.is_set():
        for _ in range(10_000):
            instances.get("settings")  # <- the fault
        iterations += 10_000
    return iterations, time.thread_time()


def main():
    options = _sample.options(threads=_sample.CORES)
    results = _sample.run(options, worker, {"settings": Settings()})
    iterations = sum(iterations for iterations, _ in results)
    _sample.tell(
        "refcount" if sys.version_info >= (3, 14) else "refcount critical-section",
        also=_sample.crowd(options),
        type="Settings" if sys.version_info >= (3, 14) else None,
        busy_cores=1.5,
        iterations=iterations,
        cpuNanosecondsEach=sum(cpu for _, cpu in results) / iterations * 1e9,
    )


if __name__ == "__main__":
    main()
