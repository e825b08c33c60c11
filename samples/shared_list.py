"""A list that all threads append to: they queue for the lock inside it.

The fault: `worker` appends to one shared list, and each append takes the lock of that list. The fix: a list for each
thread, put together at the end. Python 3.13 counts a reference to the list for each use as well.
"""

import sys

import _sample


def worker(stop, results):
    iterations = 0
    while not stop.is_set():
        for number in range(1_000):
            results.append(number)  # <- the fault
        iterations += 1_000
        if len(results) > 1_000_000:
            results.clear()
    return iterations


def main():
    options = _sample.options()
    results = _sample.run(options, worker, [])
    counted = ["refcount"] if sys.version_info < (3, 14) else []
    _sample.tell(
        "critical-section",
        also=_sample.crowd(options) + counted,
        type="list",
        iterations=sum(results),
    )


if __name__ == "__main__":
    main()
