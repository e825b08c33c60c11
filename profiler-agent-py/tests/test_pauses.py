"""Collections and stops of the world are told, with who asked for them."""

from __future__ import annotations

import time
import unittest

from engine import Reader, sampling
from interpreters_for_tests import interpreters
from targets import target

_COLLECTIONS = """
    import gc, threading, time
    kept = [[i] for i in range(300_000)]
    def work():
        while True: sum(i for i in range(1000))
    def collect():
        while True:
            gc.collect()
            time.sleep(0.02)
    for function in work, work, collect:
        threading.Thread(target=function, daemon=True).start()
    print("ready", flush=True)
    time.sleep(3600)
"""
_STOPPED, _COLLECTING = 0, 1


class Pauses(unittest.TestCase):
    def test_a_collection_and_who_asked_for_it(self) -> None:
        for interpreter in interpreters():
            with self.subTest(interpreter=str(interpreter)), target(interpreter, _COLLECTIONS) as process:
                reader = Reader()
                with sampling(process.pid, 1000) as sampler:
                    time.sleep(1.5)
                    reader.take(sampler.take().tables)
                for kind in (_STOPPED, _COLLECTING) if interpreter.free_threaded else (_COLLECTING,):
                    pauses = [pause for pause in reader.pauses if pause["kind"] == kind]
                    self.assertGreater(len(pauses), 2)
                    self.assertTrue(all(pause["start"] < pause["end"] for pause in pauses))
                    leaves = [reader.stack(pause["stack"])[0].function for pause in pauses if pause["stack"] >= 0]
                    self.assertGreater(leaves.count("collect"), len(pauses) / 2, leaves)


if __name__ == "__main__":
    unittest.main()
