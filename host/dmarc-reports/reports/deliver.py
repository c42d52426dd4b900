"""Reports on their way: by mail, the one way there is (RFC 9990 section 3.5)."""

import email.message

import reporting
from reporting import Reporter


def deliver(reporter: Reporter, address: str, day: str, domain: str, packed: bytes) -> None:
    """@raises OSError when Postfix does not take it, which may be tried again"""
    reporting.send(message(reporter, address, day, domain, packed), address)


def message(reporter: Reporter, address: str, day: str, domain: str, packed: bytes) -> email.message.EmailMessage:
    mail = reporting.begin(reporter, address, day, domain)
    mail.set_content(
        f"A report on the mail that {reporter.hostname} received in the name of\n{domain} on {day} (UTC),"
        f" as the record _dmarc.{domain} asks for.\n"
    )
    name = reporting.filename(reporter, day, domain, "xml.gz")
    mail.add_attachment(packed, maintype="application", subtype="gzip", filename=name)
    return mail
