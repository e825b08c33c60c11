"""The app connects: who is let in, who is not, and what the app can ask for; the test is the app."""

from __future__ import annotations

import os
import random
import signal
import socket
import struct
import subprocess
import time
import unittest

from interpreters_for_tests import free_threaded
from stream import Stream
from targets import agent, start_agent, target
from test_record import BUSY
from threadlens_agent.protocol import PREFACE, MessageReader, frame, new_token


class App:
    """The app's side of one connection."""

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(15)
        self.connection = connection
        self.stream = Stream()
        self._reader = MessageReader()

    def say(self, **message: object) -> None:
        self.connection.sendall(frame(message))

    def listen(self, until: str) -> dict | None:
        """Takes messages in until one of that type; None when the connection ended first."""
        while True:
            try:
                data = self.connection.recv(1 << 16)
            except ConnectionResetError:
                data = b""
            if not data:
                return None
            found = None
            for message in self._reader.feed(data):
                self.stream.take(message)
                if message["type"] == until:
                    found = message
            if found:
                return found

    def listen_for(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.listen("batch")


class ConnectionTestCase(unittest.TestCase):
    def setUp(self) -> None:
        interpreter = free_threaded()
        if interpreter is None:
            self.skipTest("no free-threaded interpreter")
        self.interpreter = interpreter
        running = target(interpreter, BUSY)
        self.target = running.__enter__()
        self.addCleanup(running.__exit__, None, None, None)

    def serve(self, *options: str) -> subprocess.Popen[str]:
        agent = start_agent("serve", *options)
        self.addCleanup(self._end, agent)
        name, self.address = agent.stdout.readline().split()
        self.assertEqual(name, "address")
        name, self.token = agent.stdout.readline().split()
        self.assertEqual(name, "token")
        return agent

    @staticmethod
    def _end(agent: subprocess.Popen[str]) -> None:
        agent.kill()
        agent.communicate()

    def connect(self) -> socket.socket:
        host, port = self.address.rsplit(":", 1)
        connection = socket.create_connection((host, int(port)), 15)
        self.addCleanup(connection.close)
        return connection

    def join(self) -> App:
        app = App(self.connect())
        app.connection.sendall(PREFACE)
        app.say(type="join", protocol=1, token=self.token)
        self.assertIsNotNone(app.listen("hello"))
        return app

    def assert_cut_off(self, connection: socket.socket) -> None:
        connection.settimeout(15)
        try:
            self.assertEqual(connection.recv(100), b"")
        except ConnectionResetError:
            pass


class ServeTest(ConnectionTestCase):
    def test_a_whole_recording(self):
        agent = self.serve("--pid", str(self.target.pid))
        self.assertTrue(self.address.startswith("127.0.0.1:"))
        app = self.join()
        self.assertEqual(app.stream.hello["token"], self.token)
        app.say(type="start")
        app.listen_for(0.5)
        app.say(type="mark", text="here \u00e9")
        app.say(type="pause")
        app.listen_for(0.5)
        paused = len(app.stream.ticks)
        app.listen_for(0.3)
        self.assertEqual(len(app.stream.ticks), paused)
        app.say(type="resume")
        app.say(type="rate", hz=100)
        app.listen_for(0.3)
        before = len(app.stream.ticks)
        app.listen_for(1.0)
        self.assertLess(len(app.stream.ticks) - before, 150)
        app.say(type="something new", x=1)
        app.say(type="stop")
        end = app.listen("end")
        self.assertEqual(end["reason"], "stopped")
        self.assertEqual([text for _, text in app.stream.marks], ["here \u00e9"])
        self.assertEqual([event[2] for event in app.stream.events_of("sampling")], [0, 1])
        self.assertIsNone(app.listen("nothing"))
        self.assertEqual(agent.wait(15), 0)
        self.assertIsNone(self.target.poll())

    def test_only_the_token_opens(self):
        agent = self.serve("--pid", str(self.target.pid))
        hello = {"type": "join", "protocol": 1, "token": self.token}
        for what, data in (
            ("another protocol", b"GET / HTTP/1.1\r\n\r\n"),
            ("a wrong token", PREFACE + frame({**hello, "token": new_token()})),
            ("no token", PREFACE + frame({"type": "join", "protocol": 1})),
            ("another version", PREFACE + frame({**hello, "protocol": 2})),
            ("no join", PREFACE + frame({"type": "start"})),
            ("a length that lies", PREFACE + struct.pack("<I", 0x7FFFFFFF)),
            ("a length of nothing", PREFACE + struct.pack("<I", 0)),
            ("garbage", PREFACE + struct.pack("<I", 8) + os.urandom(8)),
            ("a start before the answer", PREFACE + frame(hello) + frame({"type": "start"})),
        ):
            with self.subTest(what):
                connection = self.connect()
                connection.sendall(data)
                self.assert_cut_off(connection)
        half = self.connect()
        half.sendall(PREFACE + frame(hello)[:-5])
        half.close()
        silent = self.connect()
        app = self.join()
        app.say(type="stop")
        self.assertIsNotNone(app.listen("end"))
        silent.close()
        self.assertEqual(agent.wait(15), 0)

    def test_fuzzed_bytes_never_bring_it_down(self):
        agent = self.serve("--pid", str(self.target.pid))
        generator = random.Random(4)
        whole = PREFACE + frame({"type": "join", "protocol": 1, "token": new_token()})
        for _ in range(150):
            data = bytearray(whole)
            for _ in range(generator.randrange(1, 8)):
                data[generator.randrange(len(data))] = generator.randrange(256)
            with self.connect() as connection:
                connection.sendall(data[: generator.randrange(1, len(data) + 1)])
        self.assertIsNone(agent.poll())
        app = self.join()
        app.say(type="start")
        app.listen_for(0.3)
        app.connection.sendall(struct.pack("<I", 5) + b"\xff\xff\xff\xff\xff")
        while app.listen("end") is not None:
            pass
        self.assertEqual(agent.wait(15), 1)
        self.assertIn("cannot be understood", agent.stderr.read())

    def test_the_app_goes_away(self):
        agent = self.serve("--pid", str(self.target.pid))
        app = self.join()
        app.say(type="start")
        app.listen_for(0.3)
        app.connection.close()
        self.assertEqual(agent.wait(15), 1)
        self.assertEqual(len([line for line in agent.stderr.read().splitlines() if "error:" in line]), 1)
        self.assertIsNone(self.target.poll())

    def test_a_program_is_started_when_the_app_is_there(self):
        program = "import time; time.sleep(0.5)"
        agent = self.serve("--", self.interpreter.path, "-c", program)
        app = self.join()
        app.say(type="start")
        end = app.listen("end")
        self.assertEqual((end["reason"], end["exitCode"]), ("exited", 0))
        self.assertEqual(agent.wait(15), 0)

    def test_a_program_is_not_left_alone(self):
        program = "import time; time.sleep(2); raise SystemExit(3)"
        for leave, lines in ((lambda app: app.say(type="stop"), 0), (lambda app: app.connection.close(), 1)):
            agent = self.serve("--", self.interpreter.path, "-c", program)
            app = self.join()
            app.say(type="start")
            app.listen_for(0.3)
            leave(app)
            self.assertEqual(agent.wait(15), 3, "it waited for the program")
            self.assertEqual(len([line for line in agent.stderr.read().splitlines() if "error:" in line]), lines)

    def test_waiting_can_be_interrupted(self):
        agent = self.serve("--pid", str(self.target.pid))
        agent.send_signal(signal.SIGINT)
        self.assertEqual(agent.wait(15), 0)


class ConnectTest(ConnectionTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(15)
        self.addCleanup(self.server.close)
        self.address = "127.0.0.1:%d" % self.server.getsockname()[1]
        self.token = new_token()

    def accept(self) -> App:
        app = App(self.server.accept()[0])
        self.addCleanup(app.connection.close)
        app.connection.sendall(PREFACE)
        self.assertEqual(app.listen("hello")["token"], self.token)
        return app

    def start(self, *words: str) -> subprocess.Popen[str]:
        agent = start_agent(*words, "--connect", self.address, THREADLENS_TOKEN=self.token)
        self.addCleanup(self._end, agent)
        return agent

    def test_the_agent_connects(self):
        agent = self.start("attach", str(self.target.pid))
        app = self.accept()
        app.say(type="start")
        app.listen_for(0.5)
        app.say(type="stop")
        self.assertEqual(app.listen("end")["reason"], "stopped")
        self.assertEqual(agent.wait(15), 0)
        self.assertGreater(len(app.stream.ticks) + app.stream.missed, 50)

    def test_the_app_refuses(self):
        agent = self.start("attach", str(self.target.pid))
        app = self.accept()
        app.say(type="refuse", reason="no room")
        self.assertEqual(agent.wait(15), 1)
        self.assertIn("no room", agent.stderr.read())

    def test_nobody_listens(self):
        self.server.close()
        done = agent("attach", str(self.target.pid), "--connect", self.address, THREADLENS_TOKEN=self.token)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot connect", done.stderr)

    def test_no_token(self):
        done = agent("attach", str(self.target.pid), "--connect", self.address, THREADLENS_TOKEN="")
        self.assertEqual(done.returncode, 1)
        self.assertIn("THREADLENS_TOKEN", done.stderr)


if __name__ == "__main__":
    unittest.main()
