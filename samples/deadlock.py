"""Two locks, taken in opposite order: a deadlock.

The fault: `transfer` takes the account's lock and then the journal's, `audit` the journal's and then the account's. Each has what
the other waits for, and neither goes on. The fix: one order for all.

The main thread ends the program when the time is up, as nothing else can. Threads beyond two compute, undisturbed.
"""

import os
import threading
import time

import _sample

account, journal = threading.Lock(), threading.Lock()
both_have_one = threading.Barrier(2)


def transfer():
    with account:  # <- holds the account
        both_have_one.wait()
        book()


def book():
    with journal:  # <- waits for the journal
        pass


def audit():
    with journal:  # <- holds the journal
        both_have_one.wait()
        count()


def count():
    with account:  # <- waits for the account
        pass


def compute():
    while True:
        sum(number % 97 for number in range(20_000))


def main():
    options = _sample.options(threads=2)
    started = time.monotonic()
    for work in [transfer, audit] + [compute] * (options.threads - 2):
        threading.Thread(target=work, name=work.__name__, daemon=True).start()
    _sample.rest(options.seconds)
    _sample.tell("deadlock", waitSeconds=2 * (time.monotonic() - started))
    os._exit(0)


if __name__ == "__main__":
    main()
