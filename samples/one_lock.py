"""One lock around the work: more threads make nothing faster.

The fault: `worker` prices its orders while it holds the lock, so the threads take turns. The fix: price first, and hold the
lock only to add up.
"""

import threading
import time

import _sample


def price(order):
    total = 0
    for item in range(40_000):
        total += order * item % 97
    return total


def worker(stop, lock, totals):
    order, waited = 0, 0.0
    while not stop.is_set():
        asked = time.monotonic()
        with lock:  # <- waits
            waited += time.monotonic() - asked
            totals.append(price(order))  # <- holds
        order += 1
    return order, waited


def main():
    options = _sample.options()
    results = _sample.run(options, worker, threading.Lock(), [])
    _sample.tell(
        "lock",
        type="threading.Lock",
        waitSeconds=sum(waited for _, waited in results),
        iterations=sum(orders for orders, _ in results),
    )


if __name__ == "__main__":
    main()
