"""Mail that the host itself writes: what all of it has in common, and how it leaves."""

import email.message
import email.utils
import json
import subprocess
from collections.abc import Sequence
from email.headerregistry import Address
from pathlib import Path

CONFIGURATION = Path("/etc/mailserver/letters.json")


def to_postmaster(subject: str, text: str, now: float | None = None) -> email.message.EmailMessage:
    """@param subject what follows the host's name"""
    declared = load()
    hostname = declared["hostname"]
    sender = f"Mail server {hostname} <{declared['sender']}>"
    mail = begin(sender, declared["postmaster"], f"{hostname}: {subject}", hostname, now)
    mail.set_content(text, cte="8bit")
    return mail


def begin(
    sender: str, recipient: str, subject: str, domain: str, now: float | None = None
) -> email.message.EmailMessage:
    """A mail that has no content yet.

    @param domain of whoever writes, for the Message-ID
    """
    mail = email.message.EmailMessage()
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = subject
    mail["Date"] = email.utils.formatdate(now)
    mail["Message-ID"] = email.utils.make_msgid(domain=domain)
    # No vacation answer to it (RFC 3834 section 5).
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def send(mail: email.message.EmailMessage, envelope: Sequence[str] = ("-t",)) -> None:
    """Hands it to Postfix.

    @param envelope options of sendmail(1): by default the recipients are those of the header
    @raises OSError if Postfix does not take it, with its words
    """
    sent = subprocess.run(["sendmail", "-i", *envelope], input=mail.as_bytes(), capture_output=True)
    if sent.returncode != 0:
        words = sent.stderr.decode(errors="replace").strip()
        raise OSError(f"sendmail ended with {sent.returncode}: {words}")


def named(address: str) -> str:
    """`Alice Example <alice@example.com>`, in quotes where RFC 5322 wants them; the address alone without a name."""
    name = load()["displayNames"].get(address.lower())
    return str(Address(name, addr_spec=address)) if name else address


def load() -> dict:
    """Read for each mail: a program that runs for long writes by what is declared now."""
    return json.loads(CONFIGURATION.read_bytes())
