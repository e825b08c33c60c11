"""Runs the agent's tests: `python tests/run.py [PATTERN]`.

Says which interpreters it used and which it did without; the last line is the count.
"""

from __future__ import annotations

import os
import sys
import unittest

_HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [_HERE, os.path.join(os.path.dirname(_HERE), "src")]

from interpreters_for_tests import WANTED, interpreters  # noqa: E402  (the path comes first)


def main(pattern: str) -> int:
    found = {one.kind: one for one in interpreters()}
    print("tested on: " + (", ".join(f"{kind} ({one.version})" for kind, one in found.items()) or "no interpreter at all"))
    missing = [kind for kind in WANTED if kind not in found]
    if missing:
        print("not tested, because not found: " + ", ".join(missing))
    sys.stdout.flush()
    result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.discover(_HERE, pattern))
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "test_*.py"))
