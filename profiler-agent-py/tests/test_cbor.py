"""The encoder against the examples of RFC 8949, the decoder against bytes nobody should send."""

from __future__ import annotations

import random
import unittest

from threadlens_agent.cbor import INT8, INT16, INT32, INT64, CborError, Column, decode, encode


class CborTest(unittest.TestCase):
    # RFC 8949, appendix A
    EXAMPLES = (
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (1000, "1903e8"),
        (1000000000000, "1b000000e8d4a51000"),
        (18446744073709551615, "1bffffffffffffffff"),
        (-1, "20"),
        (-1000, "3903e7"),
        (1.1, "fb3ff199999999999a"),
        (False, "f4"),
        (True, "f5"),
        (None, "f6"),
        (b"\1\2\3\4", "4401020304"),
        ("", "60"),
        ("IETF", "6449455446"),
        ("\u6c34", "63e6b0b4"),
        ([1, [2, 3], [4, 5]], "8301820203820405"),
        ({"a": 1, "b": [2, 3]}, "a26161016162820203"),
    )

    def test_examples_of_the_rfc(self):
        for value, encoded in self.EXAMPLES:
            with self.subTest(value):
                self.assertEqual(encode(value).hex(), encoded)
                self.assertEqual(decode(bytes.fromhex(encoded)), value)

    def test_a_column_is_tagged_memory(self):
        self.assertEqual(encode(Column.of(INT16, [1, -1])).hex(), "d84d440100ffff")
        for tag, values in ((INT8, [-128, 127]), (INT16, [-1]), (INT32, []), (INT64, [1 << 62, -5])):
            with self.subTest(tag):
                self.assertEqual(decode(encode(Column.of(tag, values))).values(), values)

    def test_text_that_utf8_cannot_say_is_made_sayable(self):
        self.assertEqual(decode(encode("a\ud800b")), "a?b")

    def test_refuses_what_the_wire_does_not_use(self):
        for what, encoded in (
            ("nothing", ""),
            ("indefinite length", "9fff"),
            ("undefined", "f7"),
            ("a length beyond the end", "5affffffff00"),
            ("more items than bytes", "9b7fffffffffffffff"),
            ("a huge map", "bb7fffffffffffffff"),
            ("a key that is a number", "a10102"),
            ("a key twice", "a2616101616102"),
            ("bad UTF-8", "61ff"),
            ("half an element", "d84d43010203"),
            ("bytes behind the item", "0000"),
            ("deep nesting", "81" * 40 + "00"),
            ("a reserved length", "1c"),
        ):
            with self.subTest(what), self.assertRaises(CborError):
                decode(bytes.fromhex(encoded))

    def test_survives_any_bytes(self):
        generator = random.Random(1)
        whole = encode({"type": "batch", "tables": {"samples": {"thread": Column.of(INT32, range(20))}}, "x": [None, 1.5, "é"]})
        for _ in range(20_000):
            data = bytearray(whole)
            for _ in range(generator.randrange(1, 6)):
                data[generator.randrange(len(data))] = generator.randrange(256)
            data = data[: generator.randrange(len(data) + 1)] if generator.random() < 0.3 else data
            try:
                decode(bytes(data))
            except CborError:
                pass


if __name__ == "__main__":
    unittest.main()
