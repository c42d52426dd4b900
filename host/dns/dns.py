"""Questions to the host's own validating resolver, with its word on whether an answer is authentic (DNSSEC)."""

import os
import socket
import struct
from dataclasses import dataclass

RESOLVER = ("127.0.0.1", 53)
# Unbound gives up by itself, with SERVFAIL, long before.
PATIENCE_SECONDS = 20
A, MX, TXT, TLSA = 1, 15, 16, 52
INTERNET = 1
NOERROR, SERVFAIL, NXDOMAIN = 0, 2, 3
RECURSION_DESIRED, AUTHENTIC_DATA, TRUNCATED = 0x0100, 0x0020, 0x0200


@dataclass(frozen=True)
class Answer:
    code: int
    authentic: bool
    records: tuple[bytes, ...] = ()
    """The data of those of the type that was asked for; of MX, the exchange's name alone; of TXT, its strings as one."""

    @property
    def certain(self) -> bool:
        """Whether it is an answer at all, be it that there is nothing."""
        return self.code in (NOERROR, NXDOMAIN)


class Malformed(Exception):
    """No DNS message."""


def ask(name: str, kind: int) -> Answer:
    """@raises OSError when the resolver does not answer"""
    question = encode(name) + struct.pack(">HH", kind, INTERNET)
    # With AD set, whoever asks understands the same bit in the answer (RFC 6840 section 5.7).
    head = struct.pack(">HHHHHH", int.from_bytes(os.urandom(2)), RECURSION_DESIRED | AUTHENTIC_DATA, 1, 0, 0, 0)
    try:
        return parse(exchange(head + question), kind)
    except (Malformed, struct.error, IndexError):
        return Answer(SERVFAIL, False)


def exchange(message: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.settimeout(PATIENCE_SECONDS)
        udp.connect(RESOLVER)
        udp.send(message)
        answer = udp.recv(65535)
        while answer[:2] != message[:2]:
            answer = udp.recv(65535)
    if not int.from_bytes(answer[2:4]) & TRUNCATED:
        return answer
    with socket.create_connection(RESOLVER, PATIENCE_SECONDS) as tcp, tcp.makefile("rb") as reader:
        tcp.sendall(struct.pack(">H", len(message)) + message)
        return reader.read(int.from_bytes(reader.read(2)))


def parse(message: bytes, kind: int) -> Answer:
    _, flags, questions, answers, _, _ = struct.unpack(">HHHHHH", message[:12])
    at = 12
    for _ in range(questions):
        at = decode(message, at)[1] + 4
    records = []
    for _ in range(answers):
        at = decode(message, at)[1]
        found, _, _, length = struct.unpack(">HHIH", message[at : at + 10])
        at += 10
        if found == kind:
            data = message[at : at + length]
            records.append(decode(message, at + 2)[0].encode() if kind == MX else joined(data) if kind == TXT else data)
        at += length
    return Answer(flags & 0xF, bool(flags & AUTHENTIC_DATA), tuple(records))


def joined(data: bytes) -> bytes:
    """The character strings of a TXT record (RFC 1035 section 3.3.14)."""
    text, at = b"", 0
    while at < len(data):
        text += data[at + 1 : at + 1 + data[at]]
        at += 1 + data[at]
    return text


def encode(name: str) -> bytes:
    labels = [label.encode("ascii") for label in name.rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def decode(message: bytes, at: int) -> tuple[str, int]:
    """A name, compressed or not (RFC 1035 section 4.1.4), and where what follows it begins."""
    labels, end, jumps = [], 0, 0
    while length := message[at]:
        if length >= 0xC0:
            end = end or at + 2
            at = int.from_bytes(message[at : at + 2]) & 0x3FFF
            jumps += 1
            if jumps > 100:
                raise Malformed
        else:
            labels.append(message[at + 1 : at + 1 + length].decode("ascii", "replace"))
            at += 1 + length
    return ".".join(labels).lower(), end or at + 1
