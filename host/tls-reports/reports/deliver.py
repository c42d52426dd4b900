"""Reports on their way: by mail (RFC 8460 section 5.3) or HTTPS (section 5.4), as the domain's record asks."""

import email.message
import re
import signal
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import reporting
from settings import Settings

# For all of a delivery by HTTPS.
PATIENCE_SECONDS = 30
# Of the destinations of a record; a report is not to become a storm.
DESTINATIONS = 5
HTTPS = re.compile("https://[!-.0-~][!-~]*")


def destinations(record: str) -> list[str]:
    """The URIs of `rua` (RFC 8460 section 3), `mailto:` with a plain address; none of what is no such record."""
    fields = [field.strip() for field in record.split(";")]
    if fields[0] != "v=TLSRPTv1":
        return []
    for field in fields[1:]:
        name, _, value = field.partition("=")
        if name.strip() == "rua":
            wanted = [uri for each in value.split(",") if (uri := destination(each.strip()))]
            return list(dict.fromkeys(wanted))[:DESTINATIONS]
    return []


def destination(uri: str) -> str | None:
    if address := reporting.mailbox(uri):
        return f"mailto:{address}"
    return uri if HTTPS.fullmatch(uri) else None


def deliver(settings: Settings, destination: str, day: str, domain: str, packed: bytes) -> None:
    """@raises Exception of any kind when it is not taken, which may be tried again"""
    if destination.startswith("mailto:"):
        address = destination.removeprefix("mailto:")
        reporting.send(message(settings, address, day, domain, packed), address)
    else:
        post(destination, packed)


def message(settings: Settings, address: str, day: str, domain: str, packed: bytes) -> email.message.EmailMessage:
    mail = reporting.begin(settings, address, day, domain)
    mail["TLS-Report-Domain"] = domain
    mail["TLS-Report-Submitter"] = settings.organization
    # A report on failures must not wait for them to be mended (RFC 8460 section 3, RFC 8689 section 5).
    mail["TLS-Required"] = "No"
    mail.set_content(
        f"A report on the TLS sessions of {settings.hostname} with the mail servers of\n{domain} on {day} (UTC),"
        f" as the record _smtp._tls.{domain} asks for.\n"
    )
    mail.add_attachment(
        packed,
        maintype="application",
        subtype="tlsrpt+gzip",
        filename=reporting.filename(settings, day, domain, "json.gz"),
    )
    # As an attachment makes it, the message is multipart/mixed.
    mail.replace_header("Content-Type", "multipart/report")
    mail.set_param("report-type", "tlsrpt")
    return mail


def post(url: str, packed: bytes) -> None:
    request = urllib.request.Request(url, packed, {"Content-Type": "application/tlsrpt+gzip"}, method="POST")
    with deadline(PATIENCE_SECONDS), urllib.request.build_opener(Unmoved).open(request, timeout=PATIENCE_SECONDS):
        pass


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """A socket's own limit is for each time that it waits, and a server may answer byte by byte.

    @raises TimeoutError where the program is
    """

    def end(*_: object) -> None:
        raise TimeoutError(f"it took more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Unmoved(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere: the report is for the one that the record names."""

    def redirect_request(self, *_args: object) -> None:
        return None
