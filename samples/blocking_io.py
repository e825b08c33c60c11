"""Threads that wait for files and sockets: `io`, no contention, and nothing to fix.

Half of the threads receive from a socket each, into which something is sent now and then; the other half write small
files and wait until they are on disk.
"""

import os
import socket
import tempfile
import threading
import time

import _sample


def receive(end):
    while end.recv(4096):
        pass


def write(stop, file):
    while not stop.is_set():
        file.seek(0)
        file.write(bytes(64 << 10))
        os.fsync(file.fileno())


def main():
    options = _sample.options()
    stop = threading.Event()
    pairs = [socket.socketpair() for _ in range(options.threads // 2)]
    files = [tempfile.TemporaryFile(buffering=0) for _ in range(options.threads - len(pairs))]
    threads = [threading.Thread(target=receive, args=(end,), name=f"receive-{n}") for n, (end, _) in enumerate(pairs)]
    threads += [threading.Thread(target=write, args=(stop, file), name=f"write-{n}") for n, file in enumerate(files)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + options.seconds
    try:
        while time.monotonic() < until:
            for _, end in pairs:
                end.send(b"tick\n")
            time.sleep(0.1)
    except KeyboardInterrupt:
        pass
    stop.set()
    for _, end in pairs:
        end.close()
    for thread in threads:
        thread.join()
    for end in (*files, *(end for end, _ in pairs)):
        end.close()
    _sample.tell("none")


if __name__ == "__main__":
    main()
