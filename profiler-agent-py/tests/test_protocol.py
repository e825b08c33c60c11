"""The stream's rules: preface, lengths, version, token, and what each message of the app may say."""

from __future__ import annotations

import random
import struct
import unittest

from threadlens_agent.cbor import encode
from threadlens_agent.protocol import (
    MAX_CONTROL,
    PREFACE,
    Control,
    MessageReader,
    ProtocolError,
    check_join,
    control,
    frame,
    new_token,
)


def read(data: bytes, limit: int = MAX_CONTROL) -> list[dict]:
    return list(MessageReader(limit).feed(data))


class MessageReaderTest(unittest.TestCase):
    def test_cuts_messages_wherever_the_bytes_were_cut(self):
        messages = [{"type": "mark", "text": "x" * n} for n in (0, 1, 300)]
        stream = PREFACE + b"".join(map(frame, messages))
        for step in (1, 7, len(stream)):
            reader = MessageReader(MAX_CONTROL)
            got = [message for at in range(0, len(stream), step) for message in reader.feed(stream[at : at + step])]
            self.assertEqual(got, messages)
            self.assertTrue(reader.at_boundary)

    def test_half_a_message_is_no_message(self):
        reader = MessageReader()
        self.assertEqual(list(reader.feed(PREFACE + frame({"type": "stop"})[:-1])), [])
        self.assertFalse(reader.at_boundary)

    def test_refuses_at_the_first_wrong_byte(self):
        for what, data in (
            ("another protocol", b"GET /"),
            ("a wrong preface", b"TLSTREAX"),
            ("length zero", PREFACE + struct.pack("<I", 0)),
            ("a length that lies", PREFACE + struct.pack("<I", 0xFFFFFFFF)),
            ("a first message that is too long", PREFACE + struct.pack("<I", MAX_CONTROL + 1)),
            ("no map", PREFACE + struct.pack("<I", 1) + b"\0"),
            ("no type", PREFACE + struct.pack("<I", 1) + b"\xa0"),
            ("garbage", PREFACE + struct.pack("<I", 3) + b"\xff\xff\xff"),
        ):
            with self.subTest(what), self.assertRaises(ProtocolError):
                read(data)

    def test_only_the_first_message_is_short_in_the_agents_direction(self):
        long = {"type": "batch", "x": "y" * (MAX_CONTROL + 10)}
        self.assertEqual(read(PREFACE + frame({"type": "hello"}) + frame(long), 1 << 24)[1], long)
        with self.assertRaises(ProtocolError):
            read(PREFACE + frame(long), 1 << 24)

    def test_survives_any_bytes(self):
        generator = random.Random(2)
        whole = PREFACE + frame({"type": "rate", "hz": 10}) + frame({"type": "mark", "text": "hello"})
        for _ in range(20_000):
            data = bytearray(whole)
            for _ in range(generator.randrange(1, 4)):
                data[generator.randrange(len(data))] = generator.randrange(256)
            try:
                for message in read(bytes(data)):
                    control(message)
            except ProtocolError:
                pass


class ControlTest(unittest.TestCase):
    def test_reads_what_the_app_asks(self):
        self.assertEqual(control({"type": "start"}), Control("start"))
        self.assertEqual(control({"type": "rate", "hz": 250}), Control("rate", 250.0))
        self.assertEqual(control({"type": "mark", "text": "now", "colour": "red"}), Control("mark", "now"))
        self.assertIsNone(control({"type": "dance"}))

    def test_refuses_what_is_out_of_bounds(self):
        for message in (
            {"type": "rate"},
            {"type": "rate", "hz": 0},
            {"type": "rate", "hz": 20_001},
            {"type": "rate", "hz": float("nan")},
            {"type": "rate", "hz": True},
            {"type": "rate", "hz": "fast"},
            {"type": "mark", "text": "x" * 1001},
            {"type": "mark", "text": 5},
            {"type": "refuse"},
        ):
            with self.subTest(message), self.assertRaises(ProtocolError):
                control(message)

    def test_join_needs_version_and_token(self):
        token = new_token()
        self.assertEqual(len(token), 64)
        check_join({"type": "join", "protocol": 1, "token": token}, token)
        for message in (
            {"type": "start", "protocol": 1, "token": token},
            {"type": "join", "protocol": 2, "token": token},
            {"type": "join", "protocol": True, "token": token},
            {"type": "join", "protocol": 1, "token": token[:-1]},
            {"type": "join", "protocol": 1, "token": None},
            {"type": "join", "protocol": 1},
        ):
            with self.subTest(message), self.assertRaises(ProtocolError):
                check_join(message, token)

    def test_a_message_is_framed_with_its_length(self):
        body = encode({"type": "stop"})
        self.assertEqual(frame({"type": "stop"}), struct.pack("<I", len(body)) + body)


if __name__ == "__main__":
    unittest.main()
