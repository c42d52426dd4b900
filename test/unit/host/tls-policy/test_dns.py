import random
import struct
import unittest

from support import GOOD, MX, NOERROR, SERVFAIL, TLSA
import dns


def message(flags: int, *answers: bytes) -> bytes:
    question = dns.encode("peer.test") + struct.pack(">HH", MX, 1)
    return struct.pack(">HHHHHH", 1, flags, 1, len(answers), 0, 0) + question + b"".join(answers)


def record(kind: int, data: bytes) -> bytes:
    # The owner's name is a pointer to the question's.
    return b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 300, len(data)) + data


class AnAnswer(unittest.TestCase):
    def test_has_the_servers_names_compressed_or_not(self) -> None:
        answers = [record(MX, b"\0\x0a\3mx1\xc0\x0c"), record(MX, b"\0\x14" + dns.encode("MX2.other.test"))]
        answer = dns.parse(message(0x81A0, *answers), MX)
        self.assertEqual(answer, dns.Answer(NOERROR, True, (b"mx1.peer.test", b"mx2.other.test")))

    def test_has_only_records_of_the_type_that_was_asked_for(self) -> None:
        alias = record(5, dns.encode("other.test"))
        self.assertEqual(dns.parse(message(0x8180, alias, record(TLSA, GOOD)), TLSA), dns.Answer(NOERROR, False, (GOOD,)))

    def test_that_failed_is_not_certain(self) -> None:
        self.assertFalse(dns.parse(message(0x8180 | SERVFAIL), MX).certain)

    def test_that_is_damaged_is_an_error_and_no_loop(self) -> None:
        chance = random.Random(6)
        good = message(0x81A0, record(MX, b"\0\x0a\3mx1\xc0\x0c"))
        for _ in range(5000):
            damaged = bytearray(good[: chance.randint(0, len(good))])
            for _ in range(chance.randint(0, 4)):
                if damaged:
                    damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            try:
                dns.parse(bytes(damaged), MX)
            except (dns.Malformed, struct.error, IndexError):
                pass


if __name__ == "__main__":
    unittest.main()
