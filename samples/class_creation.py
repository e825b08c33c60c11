"""Classes made in a loop, on all threads: they queue for the interpreter's lock on its types.

The fault: `row` makes a class for each row. The fix: make the class once, at the top of the module.
"""

import _sample


def row(number):
    return type("Row", (), {"number": number})  # <- the fault


def worker(stop):
    classes = 0
    while not stop.is_set():
        row(classes)
        classes += 1
    return classes


def main():
    options = _sample.options()
    classes = _sample.run(options, worker)
    _sample.tell("interpreter-lock stop-the-world", also=_sample.crowd(options), made=sum(classes))


if __name__ == "__main__":
    main()
