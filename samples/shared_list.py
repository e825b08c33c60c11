"""A list that all threads append to: they queue for the lock inside it.

The fault: `worker` appends to one shared list, and each append takes the lock of that list. The fix: a list for each
thread, put together at the end.
"""

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
    _sample.tell(
        "critical-section",
        also=_sample.crowd(options),
        type="list",
        iterations=sum(results),
    )


if __name__ == "__main__":
    main()
