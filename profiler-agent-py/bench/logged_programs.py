"""Programs that write down what they do: `python logged_programs.py NAME SECONDS FILE`.

FILE is JSON: a row for each time a thread asked for a lock, with its native id, the number of the lock, and when it `asked` for
the lock, `got` it and `released` it, in ns of the monotonic clock.
"""

import json
import random
import sys
import threading
import time


def locks(seconds, file):
    """Four threads that take one of three locks in a `with` block, and hold it for some milliseconds, half asleep and half at work."""
    shared = [threading.Lock() for _ in range(3)]
    until = time.monotonic() + seconds
    logs = []

    def hold():
        time.sleep(random.uniform(0.001, 0.006))
        sum(number % 97 for number in range(20_000))

    def worker():
        log, tid = [], threading.get_native_id()
        logs.append(log)
        while time.monotonic() < until:
            number = random.randrange(len(shared))
            asked = time.monotonic_ns()
            with shared[number]:
                got = time.monotonic_ns()
                hold()
                released = time.monotonic_ns()
            log.append({"thread": tid, "lock": number, "asked": asked, "got": got, "released": released})

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    write(file, [row for log in logs for row in log])


def long_waits(seconds, file):
    """Four threads that wait for two locks, an RLock among them, until the program is killed. The log is written once they do."""
    shared = [threading.Lock(), threading.RLock()]
    log = []

    def waiter(number):
        log.append({"thread": threading.get_native_id(), "lock": number, "asked": time.monotonic_ns()})
        with shared[number]:
            pass

    for lock in shared:
        lock.acquire()
    for number in range(4):
        time.sleep(random.uniform(0.1, 0.2))
        threading.Thread(target=waiter, args=(number % 2,), daemon=True).start()
    time.sleep(0.2)
    write(file, log)
    time.sleep(seconds)


def write(file, log):
    with open(file, "w", encoding="utf-8") as out:
        json.dump(log, out)


if __name__ == "__main__":
    name, seconds, file = sys.argv[1:]
    {"locks": locks, "long_waits": long_waits}[name](float(seconds), file)
