"""A first look: one program with every kind of thread a profiler shows.

Workers price orders and keep the results in one store behind one lock. The fault: `Store.put` does its slow work (the
checksum) while it holds the lock, so the workers queue for it, and more of them make nothing faster. The fix: take the
checksum before `with self.lock`.

Beside them: a thread that hashes with the interpreter let go (native), one that reads a pipe (io), consumers that
wait for work (signal), and a housekeeper that sleeps (idle).
"""

import argparse
import hashlib
import os
import queue
import threading
import time


def checksum(text):
    value = 0
    for character in text * 1_500:
        value = (value * 31 + ord(character)) % 1_000_003
    return value


def price(order):
    total = 0
    for item in range(1, 12_000):
        total += (order * item) % 97
    return total


class Store:
    """Prices by order, behind one lock."""

    def __init__(self):
        self.lock = threading.Lock()
        self.rows = {}
        self.orders = 0

    def put(self, order, total):
        with self.lock:
            self.rows[order % 1_000] = (total, checksum(f"{order}:{total}"))
            self.orders += 1


def worker(store, number, stop):
    order = number
    while not stop.is_set():
        store.put(order, price(order))
        order += 100


def hasher(stop):
    block = bytes(8 << 20)
    while not stop.is_set():
        hashlib.sha256(block).digest()
        time.sleep(0.02)


def pipe_reader(end):
    while os.read(end, 4096):
        pass


def consumer(jobs):
    while (job := jobs.get()) is not None:
        price(job)


def housekeeper(jobs, end, stop):
    while not stop.is_set():
        jobs.put(1)
        os.write(end, b"tick\n")
        time.sleep(0.1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=6, help="workers that share the store")
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()

    stop, store, jobs = threading.Event(), Store(), queue.Queue()
    read_end, write_end = os.pipe()
    threads = [threading.Thread(target=worker, args=(store, n, stop), name=f"worker-{n}") for n in range(options.threads)]
    threads += [
        threading.Thread(target=hasher, args=(stop,), name="hasher"),
        threading.Thread(target=pipe_reader, args=(read_end,), name="pipe-reader"),
        threading.Thread(target=consumer, args=(jobs,), name="consumer-0"),
        threading.Thread(target=consumer, args=(jobs,), name="consumer-1"),
        threading.Thread(target=housekeeper, args=(jobs, write_end, stop), name="housekeeper"),
    ]
    for thread in threads:
        thread.start()
    time.sleep(options.seconds)
    stop.set()
    jobs.put(None)
    jobs.put(None)
    threads[-1].join()
    os.close(write_end)
    for thread in threads:
        thread.join()
    print(f"{store.orders} orders priced")


if __name__ == "__main__":
    main()
