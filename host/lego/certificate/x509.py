"""Reads a certificate with OpenSSL's own tool."""

import hashlib
import re
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Certificate:
    names: list[str]
    start: float
    end: float
    issuer: str
    key_sha256: str
    """Of its SubjectPublicKeyInfo, as a TLSA record `3 1 1` has it."""


def read(path: Path) -> Certificate:
    """The first certificate in a PEM file."""
    fields = "-startdate -enddate -issuer -pubkey -ext subjectAltName".split()
    output = openssl("x509", "-in", str(path), "-noout", *fields).decode()
    dates = dict(re.findall(r"^(notBefore|notAfter)=(.*)$", output, re.MULTILINE))
    issuer = re.search(r"^issuer=(.*)$", output, re.MULTILINE)
    key = output[output.index("-----BEGIN PUBLIC KEY") :].encode()
    return Certificate(
        names=re.findall(r"DNS:([^\s,]+)", output),
        start=ssl.cert_time_to_seconds(dates["notBefore"]),
        end=ssl.cert_time_to_seconds(dates["notAfter"]),
        issuer=issuer.group(1) if issuer else "",
        key_sha256=hashlib.sha256(openssl("pkey", "-pubin", "-outform", "DER", stdin=key)).hexdigest(),
    )


def openssl(*arguments: str, stdin: bytes | None = None) -> bytes:
    return subprocess.run(["openssl", *arguments], input=stdin, capture_output=True, check=True).stdout
