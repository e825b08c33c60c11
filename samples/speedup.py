"""A fixed amount of work, a quarter of it done by one thread: what more cores can do for it is limited.

To compare with itself, with the GIL and without: `threadlens compare --run --threads 1,2,4 -- samples/speedup.py --threads {threads}`. However many
threads there are, it is never four times as fast. The fix: let the threads read as well. Here `--seconds` says how much there is to do, for one
thread about so long.
"""

import threading
import time

import _sample

UNITS_A_SECOND = 400
SERIAL_SHARE = 0.25


def unit():
    total = 0
    for number in range(40_000):
        total = (total + number * number) % 97
    return total


def read(units):
    """What has to be there before the others can begin."""
    return [unit() for _ in range(units)]


def reckon(units):
    for _ in range(units):
        unit()


def main():
    options = _sample.options(threads=_sample.CORES)
    work = round(options.seconds * UNITS_A_SECOND)
    started = time.monotonic()
    alone = len(read(round(work * SERIAL_SHARE)))
    serial = time.monotonic() - started
    shares = [(work - alone) * (number + 1) // options.threads - (work - alone) * number // options.threads for number in range(options.threads)]
    threads = [threading.Thread(target=reckon, args=(share,), name=f"reckon-{number}") for number, share in enumerate(shares)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - started
    # A machine that is busy with others gives one thread more of its cores than another.
    _sample.tell("none imbalance", also=_sample.crowd(options), serialSeconds=serial, units=work, unitsPerSecond=work / seconds)


if __name__ == "__main__":
    main()
