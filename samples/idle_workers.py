"""Threads without work, in each of the ways to wait for some: no contention, and nothing to fix."""

import os
import queue
import select
import threading
import time

import _sample


def wait_for_order(orders):
    orders.get()


def wait_for_event(event):
    event.wait()


def wait_for_input(end):
    select.select([end], [], [])


def sleep(event):
    while not event.is_set():
        time.sleep(0.05)


def main():
    options = _sample.options()
    orders, event, (read_end, write_end) = queue.Queue(), threading.Event(), os.pipe()
    ways = [(wait_for_order, orders), (wait_for_event, event), (wait_for_input, read_end), (sleep, event)]
    threads = []
    for number in range(options.threads):
        way, source = ways[number % len(ways)]
        threads.append(threading.Thread(target=way, args=(source,), name=f"{way.__name__}-{number}"))
    for thread in threads:
        thread.start()
    _sample.rest(options.seconds)
    event.set()
    os.write(write_end, b"go\n")
    for _ in threads:
        orders.put(None)
    for thread in threads:
        thread.join()
    _sample.tell("none")


if __name__ == "__main__":
    main()
