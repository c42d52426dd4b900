"""What reports to other domains have in common, on TLS (RFC 8460) and on DMARC (RFC 9990): days, names and the mail."""

import datetime
import email.message
import gzip
import re
import time
import urllib.parse
from dataclasses import dataclass

import letters

# One that can't be taken for several, or for one on another host: no quotes, comments, lists or routes.
PLAIN = re.compile(r"[a-z0-9#$&'*+/=?^_`{}~.-]+@[a-z0-9_-]+(\.[a-z0-9_-]+)+", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Reporter:
    """Who reports, as the bundle declares it."""

    hostname: str
    organization: str
    """The domain that the reports come from."""
    sender: str
    """The address that the reports come from."""


def day_of(when: float) -> str:
    """Days are those of UTC (RFC 8460 section 4.1)."""
    return time.strftime("%Y-%m-%d", time.gmtime(when))


def bounds(day: str) -> tuple[int, int]:
    """The first and the last second of a day."""
    start = int(datetime.datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp())
    return start, start + 24 * 3600 - 1


def report_id(reporter: Reporter, day: str, domain: str) -> str:
    """The same however often it is sent, and unlike any other."""
    return f"{day}.{domain}@{reporter.hostname}"


def filename(reporter: Reporter, day: str, domain: str, extension: str) -> str:
    """RFC 8460 section 5.1, RFC 9990 section 3.5.2."""
    start, end = bounds(day)
    return f"{reporter.organization}!{domain}!{start}!{end}.{extension}"


def packed(content: bytes) -> bytes:
    # Without a time, so that the same report has the same bytes.
    return gzip.compress(content, mtime=0)


def mailbox(uri: str) -> str | None:
    """The plain address that a URI of `rua` names, its host in lower case; None of what is no `mailto:`, or of any other."""
    scheme, _, rest = uri.strip().partition(":")
    # Fields of a header (RFC 6068) and the largest size (RFC 7489 section 6.2) are nobody's to follow.
    address = urllib.parse.unquote(re.split("[?!]", rest, maxsplit=1)[0])
    if scheme.lower() != "mailto" or not PLAIN.fullmatch(address):
        return None
    name, _, host = address.partition("@")
    return f"{name}@{host.lower()}"


def words(error: Exception) -> str:
    """One line, whatever the other side has put into it."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def begin(reporter: Reporter, address: str, day: str, domain: str) -> email.message.EmailMessage:
    """A report's mail that has no content yet."""
    sender = f"Mail server {reporter.hostname} <{reporter.sender}>"
    name = report_id(reporter, day, domain)
    subject = f"Report Domain: {domain} Submitter: {reporter.organization} Report-ID: <{name}>"
    return letters.begin(sender, address, subject, reporter.hostname)


def send(mail: email.message.EmailMessage, address: str) -> None:
    """@raises OSError when Postfix does not take it"""
    # No bounces: nobody could do anything about them. Postfix signs what comes this way.
    letters.send(mail, ["-f", "", "--", address])
