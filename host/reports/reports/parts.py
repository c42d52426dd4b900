"""Finds the reports in a message and unpacks them, never further than they may reach."""

import email
import email.message
import email.policy
import io
import itertools
import zipfile
import zlib
from collections.abc import Callable

# Of one report unpacked. The largest ones in practice have some megabytes.
UNPACKED_MAX = 20_000_000
REPORTS_MAX = 3
PARTS_MAX = 20


class Unreadable(Exception):
    """It is no report, or one that nobody should try to read."""


def documents(message: bytes) -> list[bytes]:
    """Those of a message, as XML or JSON."""
    found = []
    # The older policy parses header fields when they are asked for, and few are.
    for part in email.message_from_bytes(message, counting(), policy=email.policy.compat32).walk():
        if part.is_multipart():
            continue
        body = part.get_payload(decode=True) or b""
        if text := unpacked(body):
            found.append(text)
        if len(found) > REPORTS_MAX:
            raise Unreadable(f"the message has more than {REPORTS_MAX} reports")
    return found


def counting() -> Callable[..., email.message.Message]:
    """Makes a message's parts as the parser finds them: each that is in another makes every further line slower."""
    # The parser tries it once before there is a message.
    made = itertools.count()

    def part(policy: email.policy.Policy) -> email.message.Message:
        if next(made) > PARTS_MAX:
            raise Unreadable(f"the message has more than {PARTS_MAX} parts")
        return email.message.Message(policy)

    return part


def unpacked(body: bytes) -> bytes | None:
    """By what it is, not by what it is called. None of what is neither packed nor a report."""
    if body.startswith(b"\x1f\x8b"):
        return gunzip(body)
    if body.startswith(b"PK\x03\x04"):
        return unzip(body)
    text = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    return text if text.startswith((b"<?xml", b"<feedback", b"{")) else None


def gunzip(body: bytes) -> bytes:
    reader = zlib.decompressobj(wbits=31)
    try:
        text = reader.decompress(body, UNPACKED_MAX)
    except zlib.error as error:
        raise Unreadable(f"gzip: {error}") from None
    if not reader.eof:
        raise Unreadable(f"gzip: broken, or larger than {UNPACKED_MAX} bytes")
    return text


def unzip(body: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            [name] = archive.namelist()
            with archive.open(name) as file:
                text = file.read(UNPACKED_MAX + 1)
    except ValueError:
        raise Unreadable("zip: not exactly one file is in it") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(f"zip: {error}") from None
    if len(text) > UNPACKED_MAX:
        raise Unreadable(f"zip: larger than {UNPACKED_MAX} bytes")
    return text
