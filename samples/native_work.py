"""Native work that has let go of the interpreter: it scales, and there is nothing to fix.

Each thread hashes and compresses blocks of its own. The time is `native`, and its cores count as busy.
"""

import hashlib
import os
import time
import zlib

import _sample


def worker(stop):
    block = os.urandom(1 << 20)
    while not stop.is_set():
        hashlib.sha256(block).digest()
        zlib.compress(block)
    return time.thread_time()


def main():
    options = _sample.options(threads=_sample.CORES)
    started = time.monotonic()
    cpu = _sample.run(options, worker)
    _sample.tell("none", also=_sample.crowd(options), busyCores=sum(cpu) / (time.monotonic() - started))


if __name__ == "__main__":
    main()
