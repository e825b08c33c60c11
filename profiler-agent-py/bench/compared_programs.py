"""Programs with a fixed amount of work, of which it is known what keeps them from being faster on more cores.

`python compared_programs.py NAME --threads N --work W` does W units of work, divided among N threads, and prints as JSON what it knows of itself, in
seconds. How much work it is depends on nothing else, so that all interpreters do the same.
"""

import argparse
import gc
import json
import threading
import time

SERIAL_SHARE = 0.25
LOCKED_UNITS, FREE_UNITS = 3, 1


def unit():
    """Arithmetic on numbers of its own: some milliseconds, in either build about the same."""
    total = 0
    for number in range(40_000):
        total = (total + number * number) % 97
    return total


def compute(threads, work):
    """Each thread does its part."""
    spread(threads, units, [(part(work, threads, number),) for number in range(threads)])
    return {}


def serial(threads, work):
    """The main thread does a share of the work alone before there are others."""
    alone = round(SERIAL_SHARE * work)
    began = time.perf_counter()
    units(alone)
    seconds = time.perf_counter() - began
    compute(threads, work - alone)
    return {"serialSeconds": seconds}


class Ledger:
    def __init__(self):
        self.lock = threading.Lock()
        self.waited = []

    def book(self, work):
        """Most of the work is done with the lock: two threads have it all the time, and each waits for the other."""
        waited = 0.0
        for _ in range(work // (LOCKED_UNITS + FREE_UNITS)):
            asked = time.perf_counter()
            with self.lock:  # <- the lock
                waited += time.perf_counter() - asked
                units(LOCKED_UNITS)
            units(FREE_UNITS)
        self.waited.append(waited)


def lock(threads, work):
    ledger = Ledger()
    spread(threads, ledger.book, [(part(work, threads, number),) for number in range(threads)])
    return {"waitSeconds": sum(ledger.waited)}


class Settings:
    """What threads get from a dict again and again. Each time the reference count of the one object there goes up and down."""


def get_often(settings, work):
    for _ in range(work):
        for _ in range(20_000):
            settings.get("settings")  # <- the count


def shared_count(threads, work):
    """All threads get the same object, and its count goes from core to core."""
    settings = {"settings": Settings()}
    spread(threads, get_often, [(settings, part(work, threads, number)) for number in range(threads)])
    return {}


def private_count(threads, work):
    """The same, but each thread has an object of its own."""
    spread(threads, get_often, [({"settings": Settings()}, part(work, threads, number)) for number in range(threads)])
    return {}


def walk(work):
    """Goes through a list of its own, which the free-threaded build does more slowly: no other thread may change it meanwhile."""
    numbers = list(range(1_000))
    for _ in range(work):
        for _ in range(200):
            for _ in numbers:
                pass


def slower(threads, work):
    spread(threads, walk, [(part(work, threads, number),) for number in range(threads)])
    return {}


def imbalance(threads, work):
    """The second thread has twice as much to do as the first, the third three times as much."""
    weights = sum(range(1, threads + 1))
    ends = []

    def do(share):
        units(share)
        ends.append(time.perf_counter())

    spread(threads, do, [(work * (number + 1) // weights,) for number in range(threads)])
    return {"doneEarlySeconds": sum(max(ends) - end for end in ends)}


def pauses(threads, work):
    """The first thread collects garbage after each unit, which stops the others for as long as there are any."""
    heap = [[number] for number in range(200_000)]
    stopped, began, done = [], [], []

    def watch(phase, _):
        if phase == "start":
            began.append(time.perf_counter())
        elif len(done) < threads - 1:
            stopped.append((time.perf_counter() - began[-1]) * (threads - 1 - len(done)))

    def do(number):
        for _ in range(part(work, threads, number)):
            unit()
            if number == 0:
                gc.collect()
        done.append(number)

    gc.disable()
    gc.callbacks.append(watch)
    spread(threads, do, [(number,) for number in range(threads)])
    gc.callbacks.remove(watch)
    return {"pausedSeconds": sum(stopped), "objects": len(heap)}


def units(count):
    for _ in range(count):
        unit()


def part(work, threads, number):
    """How many of so many units each of the threads gets."""
    return work * (number + 1) // threads - work * number // threads


def spread(threads, work, arguments):
    """Calls `work` on so many threads of its own, on each with its arguments."""
    started = [threading.Thread(target=work, args=arguments[number], name=f"worker-{number}") for number in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


PROGRAMS = {program.__name__: program for program in (compute, serial, lock, shared_count, private_count, slower, imbalance, pauses)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", choices=PROGRAMS)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--work", type=int, default=800)
    options = parser.parse_args()
    began, cpu = time.perf_counter(), time.process_time()
    told = PROGRAMS[options.program](options.threads, options.work)
    print(json.dumps({**told, "seconds": time.perf_counter() - began, "cpuSeconds": time.process_time() - cpu}), flush=True)


if __name__ == "__main__":
    main()
