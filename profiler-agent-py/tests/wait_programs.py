"""Programs that know what their threads wait for and who holds it, run under the interpreters that the tests record: `python wait_programs.py NAME`.

Each prints one line of JSON when its threads are where they belong. This file runs in the target, on Python 3.13 and later.
"""

import contextlib
import json
import queue
import random
import sys
import threading
import time

HOLD = 1000  # seconds: to the end of the test


def start(function, *arguments):
    thread = threading.Thread(target=function, args=arguments, daemon=True)
    thread.start()
    return thread


def ready(facts):
    time.sleep(0.3)
    print(json.dumps(facts), flush=True)
    sys.stdin.readline()


# ---- what is waited for, by whom, since when ----


def enter(lock):
    with lock:
        pass


def wait_for(condition):
    with condition:
        condition.wait()


def hold(lock):
    with lock:
        time.sleep(HOLD)


class Guarded:
    """Takes a lock of its own when it is entered."""

    def __init__(self):
        self.name = "guarded"
        self.lock = threading.Lock()

    def __enter__(self):
        self.lock.acquire()

    def __exit__(self, *_):
        self.lock.release()


def each_kind():
    """One waiter for each kind of lock, and a holder where there can be one. By ident: kind, address; the holder's ident."""
    lock, rlock, condition = threading.Lock(), threading.RLock(), threading.Condition()
    semaphore, jobs, guarded = threading.Semaphore(1), queue.SimpleQueue(), Guarded()
    event = threading.Event()
    holders = {name: start(hold, it) for name, it in {"lock": lock, "rlock": rlock, "semaphore": semaphore, "guarded": guarded}.items()}
    time.sleep(0.2)
    began = time.monotonic_ns()
    waiters = [
        ("lock", id(lock), "lock", start(enter, lock)),
        ("rlock", id(rlock), "rlock", start(enter, rlock)),
        ("semaphore", id(semaphore._cond), "semaphore", start(enter, semaphore)),
        ("lock", id(guarded.lock), "guarded", start(enter, guarded)),
        ("condition", id(condition), None, start(wait_for, condition)),
        ("condition", id(event._cond), None, start(event.wait)),
        ("queue", id(jobs), None, start(jobs.get)),
        ("join", None, None, start(holders["lock"].join)),
    ]
    facts = [
        {"kind": kind, "address": address, "ident": thread.ident, "holder": holders[holder].ident if holder else None}
        for kind, address, holder, thread in waiters
    ]
    ready({"waits": facts, "began": began})


# ---- held locks ----


@contextlib.contextmanager
def around(lock):
    with lock:
        yield


class Nested:
    def __init__(self):
        self.outer, self.inner = threading.Lock(), threading.RLock()

    def both(self):
        for _ in range(2):
            with self.outer:
                try:
                    self.deeper()
                finally:
                    pass

    def deeper(self):
        with open("/dev/null"), self.inner:
            sleep_inside()


def sleep_inside():
    time.sleep(HOLD)


def generate(lock):
    with lock:
        while True:
            yield time.sleep(HOLD)


def let_go(condition):
    with condition:
        condition.wait()


def held():
    """By ident: the addresses of the locks that a thread holds, outermost first."""
    nested, in_generator, condition = Nested(), threading.Lock(), threading.Condition(threading.Lock())
    released = threading.Lock()

    def after_the_block():
        with released:
            pass
        time.sleep(HOLD)

    threads = [
        (start(nested.both), [id(nested.outer), id(nested.inner)]),
        (start(lambda: next(generate(in_generator))), [id(in_generator)]),
        (start(let_go, condition), []),
        (start(after_the_block), []),
    ]
    # So that the lock of the condition is held by somebody, while the thread that waits inside the block does not.
    time.sleep(0.2)
    threads.append((start(hold, condition), [id(condition._lock)]))
    ready([[thread.ident, addresses] for thread, addresses in threads])


def turns():
    """Threads take one lock in turn, and write down who had it from when to when."""
    lock, stop, log = threading.Lock(), threading.Event(), []

    def take(chance):
        while not stop.is_set():
            with lock:
                began = time.monotonic_ns()
                time.sleep(chance.uniform(0.002, 0.012))
                log.append((threading.get_ident(), began, time.monotonic_ns()))

    workers = [start(take, random.Random(number)) for number in range(4)]
    print("ready", flush=True)
    sys.stdin.readline()
    stop.set()
    for worker in workers:
        worker.join()
    print(json.dumps(log), flush=True)


# ---- contention inside the interpreter ----


def count_in(shared):
    while True:
        for key in range(64):
            shared[key] += 1


def append_to(shared):
    while True:
        for key in range(64):
            shared.append(key)
        if len(shared) > 1_000_000:
            shared.clear()


def shared_objects():
    """Threads that write to one dict, to one list; the list takes its lock in every version that has such locks."""
    shared = []
    for _ in range(3):
        start(append_to, shared)
    ready({"address": id(shared)})


class Thing:
    pass


def get_shared(shared):
    while True:
        for _ in range(1000):
            shared.get("thing")


def get_private():
    private = {"thing": Thing()}
    while True:
        for _ in range(1000):
            private.get("thing")


def refcounts(shared):
    """Two threads get one value, or each one of its own."""
    if shared == "shared":
        things = {"thing": Thing()}
        for _ in range(2):
            start(get_shared, things)
        ready({"address": id(things["thing"])})
    else:
        for _ in range(2):
            start(get_private)
        ready({})


def set_class(cls):
    number = 0
    while True:
        cls.number = number = number + 1


def read_class(cls):
    while True:
        for _ in range(100):
            cls.number


def classes():
    """Threads that set and read an attribute of one class."""
    Thing.number = 0
    for function in (set_class, set_class, read_class):
        start(function, Thing)
    ready({})


def compute_forever():
    while True:
        total = 0
        for i in range(1000):
            total += i * i


def spinners():
    for _ in range(3):
        start(compute_forever)
    ready({})


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
