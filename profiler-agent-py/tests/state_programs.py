"""Programs with one thread for each way to wait or work, run under the interpreters that the tests record: `python state_programs.py NAME`.

Each prints one line when all its threads are where they belong: as JSON, the state to expect of a thread by its native id.
This file runs in the target, on Python 3.13 and later.
"""

import asyncio
import concurrent.futures
import ctypes
import fcntl
import gc
import hashlib
import json
import os
import queue
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

HOLD = 1000  # seconds: to the end of the test
expected = {}


def start(name, state, function, *arguments):
    """A thread that is expected to be in `state` nearly all the time."""

    def run():
        expected[threading.get_native_id()] = (name, state)
        function(*arguments)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread


def ready():
    time.sleep(0.3)
    print(json.dumps(expected), flush=True)
    sys.stdin.readline()
    os._exit(0)


# ---- waits ----


def enter(lock):
    with lock:
        pass


def listen():
    server = socket.create_server(("127.0.0.1", 0))
    return server, socket.create_connection(server.getsockname())


def sleep_with_lock_forever(lock):
    while True:
        with lock:
            time.sleep(0.005)


def wait_on(condition):
    with condition:
        condition.wait()


def epoll():
    poller = select.epoll()
    poller.poll(HOLD)


def asyncio_loop():
    asyncio.run(asyncio.sleep(HOLD))


class OwnQueue(queue.SimpleQueue):
    """A subclass goes by another type name."""


def flock(path):
    with open(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)


def waits():
    lock, rlock, held_condition = threading.Lock(), threading.RLock(), threading.Condition(threading.Lock())
    lock.acquire()
    rlock.acquire()
    start("lock", "lock", enter, lock)
    start("lock with timeout", "lock", lock.acquire, True, HOLD)
    start("rlock", "lock", enter, rlock)
    start("rlock.acquire", "lock", rlock.acquire)

    shared = threading.Lock()
    for number in range(3):
        start(f"takes turns {number}", "turns", sleep_with_lock_forever, shared)

    start("condition wanted back", "lock", wait_on, held_condition)
    start("condition", "signal", wait_on, threading.Condition())
    start("condition with plain lock", "signal", wait_on, threading.Condition(threading.Lock()))
    start("event", "signal", threading.Event().wait)
    start("event with timeout", "signal", threading.Event().wait, HOLD)
    start("queue", "signal", queue.Queue().get)
    start("queue with timeout", "signal", queue.Queue().get, True, HOLD)
    start("simple queue", "signal", queue.SimpleQueue().get)
    start("subclass of simple queue", "signal", OwnQueue().get)
    sleeper = start("sleep", "idle", time.sleep, HOLD)
    start("join", "signal", sleeper.join)
    start("join with timeout", "signal", sleeper.join, HOLD)
    start("barrier", "signal", threading.Barrier(2).wait)
    start("future", "signal", concurrent.futures.Future().result)
    start("semaphore", "lock", threading.Semaphore(0).acquire)
    start("bounded semaphore", "lock", enter, empty_bounded_semaphore())

    start("select", "idle", select.select, [], [], [], HOLD)
    start("epoll", "idle", epoll)
    start("asyncio", "idle", asyncio_loop)
    start("sigwait", "idle", signal.sigwait, [signal.SIGUSR1])

    server, client = listen()
    peer, _ = server.accept()
    slow = client.dup()
    slow.settimeout(HOLD)
    start("recv", "io", peer.recv, 1)
    start("recv with timeout", "io", slow.recv, 1)
    start("accept", "io", server.accept)
    reading, _ = os.pipe()
    start("pipe", "io", os.read, reading, 1)
    file = open(os.pipe()[0], "rb")
    start("buffered reader", "io", file.read, 1)
    time.sleep(0.1)
    start("second reader of the same", "lock", file.read, 1)
    with tempfile.NamedTemporaryFile() as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        start("flock", "io", flock, locked.name)
        time.sleep(0.1)

        child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.readline()"], stdin=subprocess.PIPE)
        start("child", "signal", child.wait)
        start("child with timeout", "signal", child.wait, HOLD)
        native_waits()

        held_condition.acquire()
        held_condition.notify_all()
        ready()


def empty_bounded_semaphore():
    semaphore = threading.BoundedSemaphore(1)
    semaphore.acquire()
    return semaphore


def native_waits():
    libc = ctypes.CDLL(None)
    mutex, other, condition, semaphore = (ctypes.create_string_buffer(64) for _ in range(4))
    for made in (mutex, other):
        libc.pthread_mutex_init(made, None)
        libc.pthread_mutex_lock(made)
    libc.pthread_cond_init(condition, None)
    libc.sem_init(semaphore, 0, 0)
    keep.extend((mutex, other, condition, semaphore))
    start("pthread mutex", "lock", libc.pthread_mutex_lock, mutex)
    start("pthread condition", "signal", libc.pthread_cond_wait, condition, other)
    libc.sem_wait.argtypes = [ctypes.c_void_p]
    start("semaphore of native code", "unknown", libc.sem_wait, ctypes.addressof(semaphore))


keep = []

# ---- work ----


def compute_forever():
    while True:
        total = 0
        for i in range(1000):
            total += i * i


def native_forever(function, data):
    while True:
        function(data)


def crowd():
    """Twice as many threads as cores."""
    for number in range(2 * len(os.sched_getaffinity(0))):
        start(f"compute-{number}", "crowd", compute_forever)
    ready()


def spinners():
    for number in range(4):
        start(f"spin-{number}", "spin", compute_forever)
    ready()


def work():
    if not sys._is_gil_enabled():  # the others would wait for it to let go of the GIL
        start("compute", "running", compute_forever)
    start("hash", "native", native_forever, hashlib.sha256, b"threadlens" * 10_000_000)
    ready()


def update_forever(shared, other):
    while True:
        shared.update(other)


def write_forever(shared):
    while True:
        shared["key"] = 1


def critical_section():
    shared = {f"key-{i}": i for i in range(1_000_000)}
    start("holds", "holds", update_forever, shared, dict(shared))
    start("writes", "lock", write_forever, shared)
    ready()


def collect_forever():
    while True:
        for _ in range(10):
            gc.collect()
        time.sleep(0.001)  # or 3.15 stops the world again before the main thread gets to say that it is ready


def collections():
    keep.extend([[] for _ in range(1_500_000)])
    start("collects", "collects", collect_forever)
    for number in range(2):
        start(f"compute-{number}", "paused", compute_forever)
    start("sleep", "idle", time.sleep, HOLD)
    start("hash", "hash", native_forever, hashlib.sha256, b"threadlens" * 10_000_000)
    ready()


if __name__ == "__main__":
    globals()[sys.argv[1]]()
