"""Items of a shared list that all threads read: no one waits, and yet more threads make it slower.

The fault: `handlers[0]` counts a reference to the one `Handler` up and down, and the cores fight over that count. The fix: take
what is in the list out of it before the loop, or give each thread a copy.
"""

import time

import _sample


class Handler:
    pass


def worker(stop, handlers):
    iterations = 0
    while not stop.is_set():
        for _ in range(10_000):
            handlers[0]  # <- the fault
        iterations += 10_000
    return iterations, time.thread_time()


def main():
    options = _sample.options(threads=_sample.CORES)
    results = _sample.run(options, worker, [Handler() for _ in range(10)])
    iterations = sum(iterations for iterations, _ in results)
    _sample.tell(
        "refcount",
        also=_sample.crowd(options),
        type="Handler",
        busy_cores=1.5,
        iterations=iterations,
        cpuNanosecondsEach=sum(cpu for _, cpu in results) / iterations * 1e9,
    )


if __name__ == "__main__":
    main()
