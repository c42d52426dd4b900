"""Postfix's socketmap protocol (socketmap_table(5)): requests and replies, each a netstring."""

from typing import BinaryIO

# Postfix's own limit of a reply.
LONGEST = 100_000


class Broken(Exception):
    """Not a netstring."""


def read(stream: BinaryIO) -> str | None:
    """None at the end."""
    digits = b""
    while (byte := stream.read(1)) != b":":
        if not byte and not digits:
            return None
        if not byte.isdigit() or len(digits) > 5:
            raise Broken
        digits += byte
    length = int(digits or b"-1")
    if not 0 <= length <= LONGEST:
        raise Broken
    text = stream.read(length)
    if len(text) != length or stream.read(1) != b",":
        raise Broken
    return text.decode(errors="replace")


def write(stream: BinaryIO, text: str) -> None:
    data = text.encode()
    stream.write(b"%d:%s," % (len(data), data))
    stream.flush()
