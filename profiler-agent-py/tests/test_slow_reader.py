"""A reader that does not read: it loses samples, and nothing that later messages stand on."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
import unittest
from unittest import mock

from interpreters_for_tests import free_threaded
from stream import FEATURES, Stream
from targets import target
from test_names import names_of
from test_record import BUSY
from threadlens_agent import native, session
from threadlens_agent.batches import Batches
from threadlens_agent.hello import Instant, hello
from threadlens_agent.interrupts import Interrupts
from threadlens_agent.protocol import PREFACE, MessageReader, frame
from threadlens_agent.readable import find_python
from threadlens_agent.session import Outcome, Session
from threadlens_agent.sinks import SocketSink
from threadlens_agent.system_load import SystemLoad
from threadlens_agent.target import Target
from threadlens_agent.lock_table import LockTable
from threadlens_agent.thread_table import ThreadTable


class SlowReaderTest(unittest.TestCase):
    def record(self, app: socket.socket, ours: socket.socket, seconds: float) -> Outcome:
        """The agent, in this thread, with the test at the other end of `ours`."""
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("no free-threaded interpreter")
        # Else the kernel keeps megabytes for the reader.
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        app.sendall(PREFACE + frame({"type": "start"}))
        with contextlib.ExitStack() as stack:
            process = stack.enter_context(target(interpreter, BUSY))
            sampler = stack.enter_context(contextlib.closing(native.open_sampler(process.pid)))
            watched = stack.enter_context(contextlib.closing(Target(process.pid)))
            interrupts = stack.enter_context(Interrupts())
            batches = Batches(ThreadTable(process.pid, names_of(process.pid)), LockTable(None), SystemLoad(process.pid), lambda: None)
            recording = Session(watched, sampler, batches, SocketSink(ours), interrupts, None)
            first = hello(find_python(process.pid), "", 5000.0, dict.fromkeys(FEATURES, "ok"), Instant.now())
            return recording.run(first, 5000.0, seconds, lambda: None)

    def test_samples_are_dropped_and_counted_and_the_rest_is_whole(self):
        stream = Stream()

        def read_late(app: socket.socket) -> None:
            time.sleep(2)
            reader = MessageReader()
            while data := app.recv(1 << 16):
                for message in reader.feed(data):
                    stream.take(message)

        app, ours = _connected()
        reading = threading.Thread(target=read_late, args=(app,))
        with mock.patch.object(session, "_SLOW_BYTES", 5_000):
            reading.start()
            outcome = self.record(app, ours, 4.0)
        reading.join(30)
        app.close()
        self.assertEqual(outcome.reason, "duration")
        lost = stream.events_of("lost")
        self.assertGreater(len(lost), 1)
        self.assertEqual(len(lost), stream.counters["droppedBatches"])
        counted = sum(sample.count for sample in stream.samples)
        self.assertEqual(counted + sum(event[2] for event in lost), stream.counters["samples"])
        after = [sample for sample in stream.samples if stream.ticks[sample.tick] > lost[-1][0]]
        self.assertGreater(len(after), 100, "samples come again when the reader has caught up")

    def test_a_reader_that_never_reads_is_given_up(self):
        app, ours = _connected()
        with mock.patch.object(session, "_STALLED_BYTES", 50_000), mock.patch("threadlens_agent.sinks._DRAIN_PAUSE_SECONDS", 0.1):
            outcome = self.record(app, ours, 20.0)
        app.close()
        self.assertEqual(outcome.reason, "failed")
        self.assertIn("stopped reading", outcome.message)


def _connected() -> tuple[socket.socket, socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        app = socket.socket()
        app.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        app.connect(server.getsockname())
        return app, server.accept()[0]


if __name__ == "__main__":
    unittest.main()
