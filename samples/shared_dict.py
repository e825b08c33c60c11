"""A dict that all threads write: they queue for the lock inside it.

The fault: `worker` counts into one shared dict, and each write takes the lock of that dict. The fix: count into a dict of
one's own, and add them up at the end. Python 3.13 counts a reference to the dict for each use as well.
"""

import sys

import _sample


def worker(stop, counts):
    iterations = 0
    while not stop.is_set():
        for key in range(1_000):
            counts[key % 100] += 1  # <- the fault
        iterations += 1_000
    return iterations


def main():
    options = _sample.options()
    results = _sample.run(options, worker, dict.fromkeys(range(100), 0))
    counted = ["refcount"] if sys.version_info < (3, 14) else []
    _sample.tell(
        "critical-section",
        also=_sample.crowd(options) + counted,
        type="dict",
        iterations=sum(results),
    )


if __name__ == "__main__":
    main()
