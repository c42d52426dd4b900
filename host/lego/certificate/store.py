"""A certificate on the data volume, where a new machine finds it again."""

import dataclasses
import json
import os
import secrets
import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path

import rules
import x509


@dataclass
class Note:
    """What is known of a certificate without reading it, and how it goes. Times are seconds since 1970."""

    names: list[str] = field(default_factory=list)
    start: float = 0
    end: float = 0
    issuer: str = ""
    failures: int = 0
    """In a row."""
    retry_at: float = 0
    error: str = ""
    absent: dict[str, str] = field(default_factory=dict)
    """Names that did not lead to this host when last asked, and why."""
    since: float | None = None
    """When the present trouble began."""


class Kept:
    """One certificate with its key in one file, so that they can't be parted, and the note about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pair = folder / "pair.pem"
        # Of a certificate whose key is declared; other keys are made with the certificate.
        self.request = folder / "request.pem"
        self.key = folder / "key.pem"
        self._note = folder / "note.json"
        self.note = Note(**json.loads(self._note.read_text())) if self._note.exists() else Note()

    def is_valid(self) -> bool:
        return self.pair.exists() and time.time() < self.note.end

    def is_due(self) -> bool:
        return not self.is_valid() or rules.is_due(self.note.start, self.note.end, time.time())

    def may_try(self) -> bool:
        return time.time() >= self.note.retry_at

    def declare(self, request: bytes, key: bytes) -> None:
        write(self.request, request, 0o600)
        write(self.key, key, 0o600)

    def succeed(self, key: bytes, chain: bytes) -> None:
        """@raises ssl.SSLError if they don't fit; what was there stays"""
        fitting = self.folder / "fitting.pem"
        write(fitting, key.rstrip() + b"\n" + chain, 0o600)
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(fitting)
        os.replace(fitting, self.pair)
        read = x509.read(self.pair)
        absent = self.note.absent
        since = self.note.since if absent else None
        self.note = Note(read.names, read.start, read.end, read.issuer, absent=absent, since=since)
        self.save()

    def fail(self, kind: str, error: str) -> None:
        self.note.failures += 1
        self.note.retry_at = time.time() + rules.retry_delay(kind, self.note.failures)
        self.note.error = error
        self.note.since = self.note.since or time.time()
        self.save()

    def save(self) -> None:
        write(self._note, json.dumps(dataclasses.asdict(self.note)).encode(), 0o600)


def write(path: Path, content: bytes, mode: int) -> None:
    """Readers see the old content or the new, even after a crash."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)


def read(path: Path) -> bytes:
    """Nothing if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
