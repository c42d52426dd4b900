"""Reports on their way: by mail, the one way there is (RFC 9990 section 3.5)."""

import email.message

import letters
import report
from settings import Settings


def deliver(settings: Settings, address: str, day: str, domain: str, packed: bytes) -> None:
    """@raises OSError when Postfix does not take it, which may be tried again"""
    # No bounces: nobody could do anything about them. Postfix signs what comes this way.
    letters.send(message(settings, address, day, domain, packed), ["-f", "", "--", address])


def message(settings: Settings, address: str, day: str, domain: str, packed: bytes) -> email.message.EmailMessage:
    name = report.report_id(settings, day, domain)
    sender = f"Mail server {settings.hostname} <{settings.sender}>"
    subject = f"Report Domain: {domain} Submitter: {settings.organization} Report-ID: <{name}>"
    mail = letters.begin(sender, address, subject, settings.hostname)
    mail.set_content(
        f"A report on the mail that {settings.hostname} received in the name of\n{domain} on {day} (UTC),"
        f" as the record _dmarc.{domain} asks for.\n"
    )
    mail.add_attachment(
        packed, maintype="application", subtype="gzip", filename=report.filename(settings, day, domain)
    )
    return mail
