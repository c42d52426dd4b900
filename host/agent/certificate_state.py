"""Which certificate is in force."""

import os
import ssl
from dataclasses import dataclass

from run import run

CERTIFICATE = "/etc/mailserver/tls/certificate.pem"
BOOTSTRAP = "/etc/mailserver/tls/bootstrap.pem"
TROUBLE = "/run/mailserver/certificate.trouble"


@dataclass(frozen=True)
class State:
    issued: bool
    """Whether the authority has issued it."""
    summary: dict[str, str]
    trouble: str
    """Why there is no other one yet, in the words of the program that gets it."""


def read() -> State:
    output = run("lego", ["openssl", "x509", "-in", CERTIFICATE, "-noout", "-enddate", "-issuer", "-dateopt", "iso_8601"])
    fields = dict(line.split("=", 1) for line in output.splitlines())
    issued = text(CERTIFICATE) != text(BOOTSTRAP)
    summary = {
        "source": "acme" if issued else "bootstrap",
        "notAfter": fields["notAfter"].replace(" ", "T"),
        "issuer": fields["issuer"],
    }
    trouble = text(TROUBLE) if os.path.exists(TROUBLE) else "waiting for the authority to issue the certificate"
    return State(issued, summary, trouble)


def leaf() -> bytes:
    """The certificate itself, in DER, without its chain."""
    first, end, _ = text(CERTIFICATE).partition("-----END CERTIFICATE-----")
    return ssl.PEM_cert_to_DER_cert(first + end)


def text(path: str) -> str:
    with open(path) as file:
        return file.read()
