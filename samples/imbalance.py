"""One long task and many short ones: at the end one thread works alone.

The fault: the pool gets the largest picture last, so one thread is still at it when all the others have run out of work. The
fix: the largest first, or cut it into pieces.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import _sample


def render(seconds, stop):
    """Works for so long, and returns when it was done."""
    end = time.monotonic() + seconds
    total = 0
    while time.monotonic() < end and not stop.is_set():
        for pixel in range(5_000):
            total += pixel * pixel % 97  # <- the fault
    return time.monotonic()


def main():
    options = _sample.options(threads=max(2, _sample.CORES))
    short, long = options.seconds * 0.02, options.seconds * 0.75
    pictures = [short] * (10 * options.threads) + [long]
    stop = threading.Event()
    with ThreadPoolExecutor(options.threads, thread_name_prefix="render") as pool:
        done = [pool.submit(render, seconds, stop) for seconds in pictures]
        _sample.rest(options.seconds)
        stop.set()
    ends = [result.result() for result in done]
    _sample.tell("imbalance", also=_sample.crowd(options), aloneSeconds=max(0.0, ends[-1] - max(ends[:-1])))


if __name__ == "__main__":
    main()
