"""The modules of the TLS policy, and a DNS that is a table."""

import os
import sys

HOST = os.path.join(os.path.dirname(__file__), "../../../../host")
sys.path[:0] = [os.path.join(HOST, "tls-policy/policy"), os.path.join(HOST, "on-demand"), os.path.join(HOST, "dns")]
sys.dont_write_bytecode = True

from dns import A, MX, NOERROR, NXDOMAIN, SERVFAIL, TLSA, Answer  # noqa: E402

GOOD = bytes([3, 1, 1]) + bytes(32)
PKIX = bytes([1, 1, 1]) + bytes(32)


def signed(*records: bytes) -> Answer:
    return Answer(NOERROR, True, records)


def unsigned(*records: bytes) -> Answer:
    return Answer(NOERROR, False, records)


FAILED = Answer(SERVFAIL, False)
MISSING = Answer(NXDOMAIN, True)


class World:
    """A domain with two mail servers, both signed and with TLSA records, except for what is changed."""

    def __init__(self, **changes: Answer) -> None:
        self.asked: list[tuple[str, int]] = []
        self.answers = {
            "mx": signed(b"mx1.peer.test", b"mx2.peer.test"),
            "a1": signed(b"1"),
            "a2": signed(b"2"),
            "tlsa1": signed(GOOD),
            "tlsa2": signed(GOOD),
        } | changes

    def ask(self, name: str, kind: int) -> Answer:
        self.asked.append((name, kind))
        question = {
            ("peer.test", MX): "mx",
            ("peer.test", A): "a1",
            ("_25._tcp.peer.test", TLSA): "tlsa1",
            ("mx1.peer.test", A): "a1",
            ("mx2.peer.test", A): "a2",
            ("_25._tcp.mx1.peer.test", TLSA): "tlsa1",
            ("_25._tcp.mx2.peer.test", TLSA): "tlsa2",
        }[name, kind]
        return self.answers[question]
