"""Programs for the tests of slices. Each writes down, as JSON in the file of its first argument, what it did and when.

Times are of the monotonic clock, ns. A stretch is `[tid, core, start, end, cpu]`: the thread was pinned to that core all the time and had so much
CPU time in it; `switches` is how often each thread, by its native id, got a core, as the kernel counts it. They sleep before they begin, so
that they are met, and before they end: of a thread that ends on its core, the kernel does not tell the switch.
"""

_BEGIN = """
import json, os, sys, threading, time
from threading import get_native_id

now, cpu = time.monotonic_ns, time.thread_time_ns
cores = sorted(os.sched_getaffinity(0))
lock, told = threading.Lock(), {"stretches": [], "switches": {}, "cpu": {}}

def turns():
    with open(f"/proc/self/task/{get_native_id()}/schedstat") as file:
        return int(file.read().split()[2])

def stretch(core, work):
    start, before = now(), cpu()
    work()
    row = [get_native_id(), core, start, now(), cpu() - before]
    with lock:
        told["stretches"].append(row)

def spin(seconds):
    end = cpu() + seconds * 1e9
    while cpu() < end:
        pass

def run(*functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    with open(sys.argv[1], "w") as file:
        json.dump(told, file)
"""

#: A thread goes from core to core.
PINNED = (
    _BEGIN
    + """
def work():
    time.sleep(0.3)
    for turn in range(30):
        core = cores[turn % len(cores)]
        os.sched_setaffinity(get_native_id(), {core})
        stretch(core, lambda: spin(0.03))
        time.sleep(0.001)
    time.sleep(0.1)

run(work)
"""
)

#: Two threads hand each other one core.
HANDED = (
    _BEGIN
    + """
core = cores[0]
tokens = [os.pipe(), os.pipe()]

def player(mine, other):
    def play():
        os.sched_setaffinity(get_native_id(), {core})
        time.sleep(0.3)
        for _ in range(50):
            os.read(tokens[mine][0], 1)
            stretch(core, lambda: spin(0.004))
            os.write(tokens[other][1], b"x")
        time.sleep(0.1)
    return play

os.write(tokens[0][1], b"x")
run(player(0, 1), player(1, 0))
"""
)

#: More threads than cores, some of which sleep now and then.
CROWD = (
    _BEGIN
    + """
def work(sleeps):
    def works():
        time.sleep(0.3)
        for _ in range(40):
            stretch(-1, lambda: spin(0.01))
            time.sleep(sleeps)
        told["switches"][get_native_id()] = turns()
        told["cpu"][get_native_id()] = cpu()
        time.sleep(0.3)
    return works

run(*(work(sleeps) for sleeps in (0, 0, 0, 0.001, 0.003)))
"""
)

#: Threads come and go without end, and most of them end on a core.
ENDING = (
    _BEGIN
    + """
def short():
    spin(0.002)

def starts():
    end = now() + 2_000_000_000
    while now() < end:
        thread = threading.Thread(target=short)
        thread.start()
        thread.join()

run(starts, starts, starts)
"""
)

#: Pairs of threads that give up their cores as fast as they can, and then one that keeps its core.
BURST = (
    _BEGIN
    + """
pipes = [os.pipe() for _ in range(4)]

def player(core, mine, other):
    def play():
        os.sched_setaffinity(get_native_id(), {core})
        time.sleep(0.3)
        before, end = turns(), now() + 1_000_000_000
        if mine < other:
            os.write(pipes[mine][1], b"x")
        while now() < end and os.read(pipes[mine][0], 1):
            os.write(pipes[other][1], b"x")
        os.close(pipes[other][1])
        told["switches"][get_native_id()] = turns() - before
    return play

def later():
    time.sleep(1.7)
    os.sched_setaffinity(get_native_id(), {cores[0]})
    stretch(cores[0], lambda: spin(0.5))

run(player(cores[0], 0, 1), player(cores[0], 1, 0), player(cores[-1], 2, 3), player(cores[-1], 3, 2), later)
"""
)
