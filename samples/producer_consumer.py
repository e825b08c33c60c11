"""Producers and consumers that keep up with each other: waiting for work is no contention, and there is nothing to fix.

Orders come in every few milliseconds, as from a network, and are worked on as they come. Half of the threads produce.
"""

import queue
import threading
import time

import _sample


def produce(stop, orders):
    while not stop.is_set():
        orders.put(3_000)
        time.sleep(0.005)


def consume(orders):
    done = 0
    while (order := orders.get()) is not None:
        done += sum(number % 97 for number in range(order)) > 0
    return done


def main():
    options = _sample.options()
    orders = queue.Queue()
    stop = threading.Event()
    half = options.threads // 2
    producers = [threading.Thread(target=produce, args=(stop, orders), name=f"produce-{n}") for n in range(half)]
    consumers = [threading.Thread(target=consume, args=(orders,), name=f"consume-{n}") for n in range(options.threads - half)]
    for thread in producers + consumers:
        thread.start()
    _sample.rest(options.seconds)
    stop.set()
    for thread in producers:
        thread.join()
    for _ in consumers:
        orders.put(None)
    for thread in consumers:
        thread.join()
    _sample.tell("none")


if __name__ == "__main__":
    main()
