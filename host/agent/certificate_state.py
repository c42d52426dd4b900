"""Which certificates are in force, in the words of the program that gets them."""

import json
import ssl
import time
from dataclasses import dataclass

from problems import Failed

PAIR = "/etc/mailserver/tls/pair.pem"
REPORT = "/run/mailserver/certificates.json"
BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
# A certificate that can't be had yet is waited for this long: its names may be about to be published.
GRACE_SECONDS = 60


@dataclass(frozen=True)
class State:
    issued: bool
    """Whether the authority has issued the host's own."""
    settled: bool
    """Whether all that are declared are there, or have been in trouble for longer than is worth waiting."""
    trouble: str
    """Why the host's own is not there yet."""
    summary: dict
    """Fields of the host's status."""


def read() -> State:
    try:
        report = json.loads(text(REPORT))
    except FileNotFoundError:
        raise Failed("lego", f"{REPORT} is not there") from None
    now = time.time()
    return State(
        issued=report["issued"],
        settled=all(since is not None and now - since > GRACE_SECONDS for since in report["unsettled"]),
        trouble=report["trouble"],
        summary={key: report[key] for key in ("certificate", "webCertificates", "warnings", "acmeAccount")},
    )


def leaf() -> bytes:
    """The certificate itself, in DER, without its key and its chain."""
    _, begin, rest = text(PAIR).partition(BEGIN)
    return ssl.PEM_cert_to_DER_cert(begin + rest.partition(END)[0] + END)


def text(path: str) -> str:
    with open(path) as file:
        return file.read()
