"""Rows of threads get the names that are theirs."""

from __future__ import annotations

import os
import threading
import time
import unittest

from threadlens_agent.cbor import INT32, INT64, Column
from threadlens_agent.thread_table import ThreadTable

IDENT = 4096


class FixedNames:
    """In the place of ThreadNames: what `threading` says, without a target."""

    def __init__(self, names: dict[int, str]) -> None:
        self.names = names

    def read(self) -> dict[int, str]:
        return dict(self.names)


def new_thread(thread: int, tid: int) -> dict:
    values = {"thread": (INT32, thread), "tid": (INT32, tid), "ident": (INT64, IDENT), "start": (INT64, 0), "end": (INT64, -1)}
    return {name: Column.of(tag, [value]) for name, (tag, value) in values.items()}


class ThreadTableTest(unittest.TestCase):
    def test_the_name_of_a_successor_with_the_same_ident_is_not_taken(self):
        gone = threading.Thread(target=lambda: tids.append(threading.get_native_id()))
        tids: list[int] = []
        gone.start()
        gone.join()
        while os.path.exists(f"/proc/self/task/{tids[0]}"):  # the interpreter is done with it before the kernel is
            time.sleep(0.001)
        names = FixedNames({IDENT: "first"})
        table = ThreadTable(os.getpid(), names)
        self.assertIsNone(table.complete(new_thread(0, tids[0]))["name"][0], "it was gone before its name was read")
        names.names[IDENT] = "second"
        rows = table.complete(new_thread(1, threading.get_native_id()))
        self.assertEqual(dict(zip(rows["thread"].values(), rows["name"])), {1: "second"})


if __name__ == "__main__":
    unittest.main()
