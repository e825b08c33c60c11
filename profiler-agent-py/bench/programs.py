"""The programs that the benchmarks sample. `python programs.py NAME` prints `ready` and runs until it is killed, `compute` until it is done."""

import sys
import threading
import time


def deep(depth, leaf):
    """Calls `leaf` with `depth` frames above it."""
    return leaf() if depth == 0 else deep(depth - 1, leaf)


def burn():
    while True:
        sum(i * i % 7 for i in range(1_000))


def doze():
    while True:
        time.sleep(0.01)
        sum(i * i % 7 for i in range(1_000))


def idle():
    """64 threads, 20 frames deep, that wait for an event that never comes."""
    never = threading.Event()
    for _ in range(64):
        threading.Thread(target=deep, args=(19, never.wait), daemon=True).start()


def busy():
    """4 threads that compute, 3 that wait."""
    never = threading.Event()
    for number in range(7):
        threading.Thread(target=deep, args=(10, burn if number < 4 else never.wait), daemon=True).start()


def mixed():
    """16 threads of which 2 run: they share a lock and a value. The others wait, half for an event and half for a lock."""
    never, shared, held = threading.Event(), threading.Lock(), threading.Lock()
    values = {"shared": object()}

    def work():
        while True:
            with shared:
                values["shared"] = object()
            for _ in range(10_000):
                values.get("shared")

    held.acquire()
    for target in [work] * 2 + [never.wait] * 7 + [held.acquire] * 7:
        threading.Thread(target=deep, args=(10, target), daemon=True).start()


def light():
    """8 threads that are busy for a hundredth of their time: a machine that is not starved."""
    for _ in range(8):
        threading.Thread(target=deep, args=(10, doze), daemon=True).start()


def compute():
    """A fixed amount of work on one thread; prints its seconds."""
    started = time.perf_counter()
    total = 0
    for round_ in range(250):
        total += deep(10, lambda: sum(i * i % 7 for i in range(40_000)))
    print(time.perf_counter() - started, flush=True)


if __name__ == "__main__":
    program = {"idle": idle, "busy": busy, "light": light, "mixed": mixed, "compute": compute}[sys.argv[1]]
    program()
    if program is not compute:
        time.sleep(0.3)
        print("ready", flush=True)
        threading.Event().wait()
