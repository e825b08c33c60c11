"""An import that turns the GIL on in the middle of a run: from then on one thread runs at a time.

The fault: `tl_without_support`, an extension module that does not declare that it runs without the GIL, is imported by a program
that was doing well. The fix: a version of the extension that does, or an interpreter process of its own for it.

It builds that extension as it starts, and so needs a C compiler and the headers of the interpreter.
"""

import importlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from pathlib import Path

import _sample

MODULE = "tl_without_support"
SOURCE = """
#include <Python.h>
static PyModuleDef_Slot slots[] = {{0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "tl_without_support", .m_slots = slots};
PyMODINIT_FUNC PyInit_tl_without_support(void) { return PyModuleDef_Init(&module); }
"""


def build(folder):
    """Compiles the extension, or ends the program with the reason why it cannot."""
    compiler, headers = shutil.which("cc"), Path(sysconfig.get_path("include"))
    if compiler is None:
        sys.exit("gil_back_on.py needs a C compiler, and there is no cc")
    if not (headers / "Python.h").exists():
        sys.exit(f"gil_back_on.py needs the headers of this interpreter, and there is no {headers / 'Python.h'}")
    source = Path(folder, f"{MODULE}.c")
    source.write_text(SOURCE, encoding="utf-8")
    library = source.with_suffix(sysconfig.get_config_var("EXT_SUFFIX"))
    subprocess.run([compiler, "-shared", "-fPIC", f"-I{headers}", source, "-o", library], check=True)


def add_up(count):
    total = 0
    for number in range(count):
        total += number * number % 97
    return total


def worker(stop):
    while not stop.is_set():
        add_up(20_000)


def turn_on(times):
    importlib.import_module(MODULE)  # the fault
    times.append(time.monotonic())


def main():
    options = _sample.options(threads=max(2, _sample.CORES))
    turned_on = []
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        sys.path.insert(0, folder)
        started = time.monotonic()
        timer = threading.Timer(options.seconds / 3, turn_on, [turned_on])
        timer.start()
        _sample.run(options, worker)
        timer.cancel()
    _sample.tell("gil", also=_sample.crowd(options), cause=MODULE, turnedOnAt=turned_on[0] - started if turned_on else None)


if __name__ == "__main__":
    main()
