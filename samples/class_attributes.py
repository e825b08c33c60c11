"""A class attribute that changes all the time: each change takes a lock of the interpreter, and undoes what it had remembered.

The fault: `Message` counts its instances in a class attribute. A class is made for being read: with each change the interpreter
forgets what it knew of that class and of those derived from it, and has to look it up again, behind the lock on its types.
The fix: keep what changes out of the class.
"""

import _sample


class Message:
    made = 0

    def __init__(self):
        Message.made += 1  # <- the fault

    def size(self):
        return 1


KINDS = [type(f"Message{number}", (Message,), {}) for number in range(100)]


def worker(stop):
    messages = 0
    while not stop.is_set():
        for kind in KINDS:
            messages += kind().size()
    return messages


def main():
    options = _sample.options()
    messages = _sample.run(options, worker)
    _sample.tell(
        "interpreter-lock stop-the-world",
        also=_sample.crowd(options),
        made=sum(messages),
    )


if __name__ == "__main__":
    main()
