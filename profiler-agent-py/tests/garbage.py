"""Real interpreters, stopped, whose memory was overwritten here and there: lists that go in circles, sizes that lie, pointers to anywhere."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator

from interpreters_for_tests import Interpreter
from targets import target

_PROGRAM = """
    import threading, time
    def generate(n):
        yield n
        yield max(map(deep, [n]))
    def deep(n):
        return deep(n - 1) if n else time.sleep(3600)
    def hold(lock, condition):
        with lock, condition:
            time.sleep(3600)
    def want(lock):
        with lock: pass
    for number in range(6):
        threading.Thread(target=lambda: list(generate(number * 40)), daemon=True).start()
    for kind in threading.Lock, threading.RLock, threading.Semaphore:
        lock, condition = kind(), threading.Condition()
        threading.Thread(target=hold, args=(lock, condition), daemon=True).start()
        for wanted in lock, condition:
            threading.Thread(target=want, args=(wanted,), daemon=True).start()
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    time.sleep(0.2)
    print("ready", flush=True)
    time.sleep(3600)
"""
_PAGE = 4096
_LARGEST_MAPPING = 16 << 20


def garbage_targets(interpreter: Interpreter, seeds: Iterable[int]) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A process for each seed, while it is looked at; the higher the seed, the more of it is garbage."""
    for seed in seeds:
        with target(interpreter, _PROGRAM) as process:
            os.kill(process.pid, signal.SIGSTOP)
            time.sleep(0.05)
            _overwrite(process.pid, random.Random(seed), words_per_page=2 ** (seed % 8 - 3))
            yield seed, process


def _overwrite(pid: int, chance: random.Random, words_per_page: float) -> None:
    mappings = []
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps:
        for line in maps:
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if found and "[stack]" not in line:
                mappings.append(tuple(int(part, 16) for part in found.groups()))
    with open(f"/proc/{pid}/mem", "r+b", buffering=0) as memory:
        for start, end in mappings:
            for page in range(start, min(end, start + _LARGEST_MAPPING), _PAGE):
                memory.seek(page)
                try:
                    words = memoryview(bytearray(memory.read(_PAGE))).cast("Q")
                except OSError:
                    break
                if not any(words):
                    continue
                count = int(words_per_page) + (chance.random() < words_per_page % 1)
                for _ in range(count):
                    at = chance.randrange(len(words))
                    memory.seek(page + at * 8)
                    memory.write(_word(chance, words[at], mappings).to_bytes(8, "little"))


def _word(chance: random.Random, old: int, mappings: list) -> int:
    """What a word is overwritten with; a word near the old one is the most likely to be believed."""
    start, end = chance.choice(mappings)
    return chance.choice(
        (
            0,
            1,
            2**64 - 1,
            2**63,
            2**47 - 8,
            chance.getrandbits(64),
            chance.randrange(start, end),
            chance.randrange(start, end) & ~7,
            end - 8,
            old ^ 1 << chance.randrange(24),
            (old + 8) % 2**64,
            (old - 8) % 2**64,
        )
    )
