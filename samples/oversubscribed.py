"""Far more threads than cores: all are ready, and most wait for a core.

The fault: eight threads for each core, all of which compute. They take nothing from each other but the cores, and get no
more done than one for each core would. The fix: as many threads as `os.process_cpu_count()` says.
"""

from pathlib import Path

import _sample


def add_up(count):
    total = 0
    for number in range(count):
        total += number * number % 97
    return total


def worker(stop):
    while not stop.is_set():
        add_up(20_000)
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9


def main():
    options = _sample.options(threads=8 * _sample.CORES)
    delays = _sample.run(options, worker)
    _sample.tell("oversubscribed", runDelaySeconds=sum(delays))


if __name__ == "__main__":
    main()
