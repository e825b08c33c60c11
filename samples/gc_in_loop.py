"""A garbage collection in a loop: each one stops all the other threads.

The fault: `tidy` calls `gc.collect()` again and again, "to keep memory low". The fix: leave it to the interpreter, or call it
when nothing else runs; `gc.freeze()` what lives as long as the program.
"""

import gc
import threading
import time

import _sample


def add_up(count):
    total = 0
    for number in range(count):
        total += number * number % 97
    return total


def worker(stop):
    while not stop.is_set():
        add_up(20_000)


def tidy(ended):
    while not ended.wait(0.05):
        gc.collect()  # <- the fault


def main():
    options = _sample.options(threads=_sample.CORES)
    heap = [[number] for number in range(300_000)]
    pauses, started, ended = [], [], threading.Event()

    def watch(phase, _):
        if phase == "start":
            started.append(time.monotonic())
        else:
            pauses.append(time.monotonic() - started[-1])

    gc.callbacks.append(watch)
    tidier = threading.Thread(target=tidy, args=(ended,), name="tidy")
    tidier.start()
    _sample.run(options, worker)
    ended.set()
    tidier.join()
    gc.callbacks.remove(watch)
    _sample.tell("stop-the-world", also=_sample.crowd(options), pauseSeconds=sum(pauses), pauses=len(pauses), objects=len(heap))


if __name__ == "__main__":
    main()
