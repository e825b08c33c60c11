"""Programs with one thread for each way to get at what it waits for: `python lock_programs.py NAME`.

Each prints one line when all its threads wait: as JSON, for each of them its native id, the kind and the address of what it waits for, and
the name to expect. This file runs in the target, on Python 3.13 and later.
"""

import concurrent.futures
import ctypes
import json
import logging
import os
import queue
import re
import sys
import threading
import time
import types

HOLD = 1000  # seconds: to the end of the test
expected = []


def start(kind, wanted, name, function, *arguments):
    """A thread that waits, in `function`, for `wanted`, which nothing here must refer to."""
    address = id(wanted)

    def run():
        expected.append((threading.get_native_id(), kind, address, name))
        function(*arguments)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def ready():
    time.sleep(0.3)
    print(json.dumps(expected), flush=True)
    sys.stdin.readline()
    os._exit(0)


def held():
    lock = threading.Lock()
    lock.acquire()
    return lock


def enter(lock):
    with lock:
        pass


# ---- in the module ----

registry_lock = held()
reentrant_lock = threading.RLock()
LOCKS = [held() for _ in range(5)]
PAIR = (held(), held())
CROWD = {number: held() for number in range(3000)}
turns = [threading.Lock() for _ in range(3)]
BY_NAME = {"a": held(), 7: held(), True: held(), (1, 2): held(), "b" * 60: held()}
signals = threading.Condition()
permits = threading.Semaphore(0)
finished = threading.Event()
jobs = queue.Queue()
items = queue.SimpleQueue()
shared = {}
settings = types.SimpleNamespace(lock=held())
config = types.ModuleType("config")
config.lock = held()
unused = types.ModuleType("unused")
unused.lock = held()


class Base:
    class_lock = held()
    by_class = {"a": held()}


class Store(Base):
    def __init__(self):
        self.cache_lock = held()
        self.locks = {"a": held()}
        self.list = [held(), held()]
        self.jobs = queue.Queue()
        self.done = threading.Event()
        self.changed = threading.Condition(held())
        self.rows = {}

    def enter_own(self):
        with self.cache_lock:
            pass

    def enter_alias(self):
        lock = self.cache_lock
        enter(lock)

    def enter_from_closure(self):
        def inner():
            with self.cache_lock:
                pass

        inner()

    def enter_class_lock(self):
        with self.class_lock:
            pass

    def enter_by_class(self):
        with self.by_class["a"]:
            pass

    def enter_in_dict(self):
        with self.locks["a"]:
            pass

    def enter_in_list(self):
        with self.list[1]:
            pass

    def enter_changed(self):
        with self.changed:
            pass

    def acquire_changed(self):
        self.changed.acquire()

    def get(self):
        self.jobs.get()

    def wait(self):
        self.done.wait()

    def stand(self):
        enter(registry_lock)

    @classmethod
    def enter_as_class(cls):
        with cls.class_lock:
            pass


class Worker:
    def __init__(self, store):
        self.store = store

    def enter_store(self):
        with self.store.cache_lock:
            pass

    def enter_in_store(self):
        with self.store.locks["a"]:
            pass


class Slotted:
    __slots__ = ("first", "lock", "locks")

    def __init__(self):
        self.lock = held()
        self.locks = [held()]

    def enter(self):
        with self.lock:
            pass

    def enter_in_list(self):
        with self.locks[0]:
            pass


class Jobs(queue.Queue):
    pass


the_store = Store()
own_jobs = Jobs()


def enter_registry_lock():
    with registry_lock:
        pass


def enter_reentrant():
    with reentrant_lock:
        pass


def wait_signals():
    with signals:
        signals.wait()


def enter_permits():
    with permits:
        pass


def wait_finished():
    finished.wait()


def get_job():
    jobs.get(timeout=HOLD)


def get_own_job():
    own_jobs.get()


def get_item():
    items.get()


def enter_third():
    with LOCKS[3]:
        pass


def enter_of_pair():
    with PAIR[1]:
        pass


def enter_by_name(key):
    with BY_NAME[key]:
        pass


def enter_settings():
    with settings.lock:
        pass


def enter_config():
    with config.lock:
        pass


def enter_unused(lock):
    with lock:
        pass


def enter_global_store():
    with the_store.cache_lock:
        pass


def enter_in_global_store():
    with the_store.list[0]:
        pass


def stand_and_share():
    shared["seen"] = True
    enter(registry_lock)


def enter_deep(depth):
    if depth:
        enter_deep(depth - 1)
    else:
        enter(registry_lock)


def names():
    store = Store()
    worker = Worker(store)
    slotted = Slotted()
    reentrant_lock.acquire()
    start("lock", registry_lock, "registry_lock", enter_registry_lock)
    start("lock", registry_lock, "registry_lock", enter, registry_lock)
    start("lock", registry_lock, "registry_lock", enter_deep, 30)
    start("rlock", reentrant_lock, "reentrant_lock", enter_reentrant)
    start("lock", LOCKS[3], "LOCKS[3]", enter_third)
    start("lock", LOCKS[4], "LOCKS[4]", enter, LOCKS[4])
    start("lock", PAIR[1], "PAIR[1]", enter_of_pair)
    start("lock", BY_NAME["a"], "BY_NAME['a']", enter_by_name, "a")
    start("lock", BY_NAME[7], "BY_NAME[7]", enter_by_name, 7)
    start("lock", BY_NAME[True], "BY_NAME[True]", enter_by_name, True)
    start("lock", BY_NAME[1, 2], "BY_NAME[…]", enter_by_name, (1, 2))
    start("lock", BY_NAME["b" * 60], f"BY_NAME['{'b' * 40}…']", enter_by_name, "b" * 60)
    start("lock", CROWD[5], "lock in enter()", enter, CROWD[5])  # more than is looked through
    start("lock", settings.lock, "settings.lock", enter_settings)
    start("lock", config.lock, "config.lock", enter_config)
    start("lock", unused.lock, "lock in enter_unused()", enter_unused, unused.lock)
    start("condition", signals, "signals", wait_signals)
    start("semaphore", permits._cond, "permits", enter_permits)
    start("condition", finished._cond, "finished", wait_finished)
    start("condition", jobs.not_empty, "jobs", get_job)
    start("condition", own_jobs.not_empty, "own_jobs", get_own_job)
    start("queue", items, "items", get_item)
    start("critical-section", shared, "shared", stand_and_share)
    start("critical-section", globals(), "globals of __main__", stand_and_share)
    start("lock", the_store.cache_lock, "Store.cache_lock", enter_global_store)
    start("lock", the_store.list[0], "Store.list[0]", enter_in_global_store)

    start("lock", store.cache_lock, "Store.cache_lock", store.enter_own)
    start("lock", store.cache_lock, "Store.cache_lock", store.enter_alias)
    start("lock", store.cache_lock, "Store.cache_lock", store.enter_from_closure)
    start("lock", store.class_lock, "Base.class_lock", store.enter_class_lock)
    start("lock", store.class_lock, "Base.class_lock", Store.enter_as_class)
    start("lock", store.by_class["a"], "Base.by_class['a']", store.enter_by_class)
    start("lock", store.locks["a"], "Store.locks['a']", store.enter_in_dict)
    start("lock", store.list[1], "Store.list[1]", store.enter_in_list)
    start("lock", store.changed._lock, "Store.changed", store.enter_changed)
    start("lock", store.changed._lock, "Store.changed", store.acquire_changed)
    start("condition", store.jobs.not_empty, "Store.jobs", store.get)
    start("condition", store.done._cond, "Store.done", store.wait)
    start("critical-section", store.rows, "Store.rows", store.stand)
    start("critical-section", store.__dict__, "Store.__dict__", store.stand)
    start("critical-section", store, "self in Store.stand()", store.stand)
    start("lock", store.cache_lock, "Store.cache_lock", worker.enter_store)
    start("lock", store.locks["a"], "Store.locks['a']", worker.enter_in_store)
    start("lock", slotted.lock, "Slotted.lock", slotted.enter)
    start("lock", slotted.locks[0], "Slotted.locks[0]", slotted.enter_in_list)
    in_variables()
    in_standard_library()
    ready()


# ---- in variables ----


def with_local(lock):
    def run():
        made_here = lock
        enter(made_here)

    return run


def with_list(locks):
    for lock in locks:
        enter(lock)


def with_dict(lock):
    by_key = {"k": lock}
    enter(lock)


def with_tuple(pair):
    enter_item(pair)


def enter_item(item):
    item[0].acquire()


def with_everything(*arguments, **options):
    enter(*arguments)


def with_class(lock):
    class Inner:
        def run(self):
            enter(lock)

    Inner().run()


def in_variables():
    local, in_closure, parameter, anything, in_class = (held() for _ in range(5))
    first, in_dict, in_tuple = threading.Lock(), held(), (held(), 0)
    locks = [first, held()]
    start("lock", local, "made_here in run()", with_local(local))
    start("lock", locks[1], "locks[1] in with_list()", with_list, locks)
    start("lock", in_dict, "by_key['k'] in with_dict()", with_dict, in_dict)
    start("lock", in_tuple[0], "pair[0] in with_tuple()", with_tuple, in_tuple)
    start("lock", parameter, "lock in enter()", enter, parameter)
    start("lock", anything, "lock in enter()", with_everything, anything)
    start("lock", in_class, "lock in Inner.run()", with_class, in_class)

    def closure():
        with in_closure:
            pass

    start("lock", in_closure, "in_closure in closure()", closure)


# ---- in the standard library ----


class Waits:
    __hash__ = registry_lock.acquire


def log():
    logging.getLogger().error("nobody reads it")


def wait_for(future):
    future.result()


def in_standard_library():
    handler = logging.StreamHandler()
    logging.getLogger().addHandler(handler)
    handler.acquire()
    start("rlock", handler.lock, "StreamHandler.lock", log)
    time.sleep(0.1)  # it takes the next lock on its way
    logging._lock.acquire()
    start("rlock", logging._lock, "logging._lock", logging.getLogger, "another")
    start("critical-section", re._cache, "re._cache", re.compile, Waits())
    future = concurrent.futures.Future()
    start("condition", future._condition, "future in wait_for()", wait_for, future)


# ---- in native code ----


reader = open(os.pipe()[0], "rb")
text_reader = open(os.pipe()[0])


def read_binary():
    reader.read(1)


def read_text():
    text_reader.read(1)


def native(library):
    libc, taker = ctypes.CDLL(None), ctypes.CDLL(library)
    mutex = ctypes.create_string_buffer(64)
    libc.pthread_mutex_init(mutex, None)
    libc.pthread_mutex_lock(mutex)
    file = open(os.pipe()[0], "rb")
    for read in (read_binary, read_text, file.read):
        threading.Thread(target=read, daemon=True).start()
    time.sleep(0.2)
    start("native-lock", mutex, "lock in libtaker.so", taker.take, mutex)
    start("native-lock", reader, "reader", read_binary)
    start("native-lock", text_reader, "text_reader", read_text)
    start("native-lock", file, "lock in python: BufferedReader", file.read)
    ready()


# ---- that do not stand still ----


def take_turns(lock):
    while True:
        with lock:
            time.sleep(0.0005)


def wake():
    for lock in turns:
        for _ in range(2):
            threading.Thread(target=take_turns, args=(lock,), daemon=True).start()
    for lock in turns[:2]:
        start("lock", lock, f"turns[{turns.index(lock)}]", take_turns, lock)
    ready()


def end():
    """Waits until it is told to end its thread, and then again."""
    lock = threading.Lock()
    lock.acquire()
    thread = start("lock", lock, "lock in enter()", enter, lock)
    time.sleep(0.3)
    print(json.dumps(expected), flush=True)
    sys.stdin.readline()
    lock.release()
    thread.join()
    print("ended", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
