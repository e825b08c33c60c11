"""A pipeline with one slow stage: all the others wait for it.

The fault: `parse` takes far longer for an item than the stages before and after it, and one thread alone does it. The fix: more
threads for that stage, or a faster one. The others wait for work, at queues: that is no contention.
"""

import queue
import threading
import time

import _sample


def work(count):
    total = 0
    for number in range(count):
        total += number * number % 97
    return total


def read(stop, lines):
    while not stop.is_set():
        lines.put(work(2_000))


def parse(lines, rows):
    while (line := lines.get()) is not None:
        for number in range(500_000):
            line += number * number % 97  # <- the fault
        rows.put(line)


def store(rows):
    while (row := rows.get()) is not None:
        work(2_000 + row % 2)


def main():
    options = _sample.options()
    stop, lines, rows = threading.Event(), queue.Queue(8), queue.Queue(8)
    reader = threading.Thread(target=read, args=(stop, lines), name="read")
    parser = threading.Thread(target=parse, args=(lines, rows), name="parse")
    stores = [threading.Thread(target=store, args=(rows,), name=f"store-{n}") for n in range(options.threads - 2)]
    started = time.monotonic()
    for thread in (reader, parser, *stores):
        thread.start()
    _sample.rest(options.seconds)
    stop.set()
    reader.join()
    lines.put(None)
    parser.join()
    for _ in stores:
        rows.put(None)
    for thread in stores:
        thread.join()
    _sample.tell("serial", slowStageSeconds=time.monotonic() - started)


if __name__ == "__main__":
    main()
