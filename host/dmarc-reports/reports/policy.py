"""What a domain publishes about DMARC: its policy (RFC 9989 section 4.7), and where reports may go (RFC 9990 section 4)."""

from collections.abc import Callable

from dns import TXT, Answer, ask
from reporting import mailbox

Ask = Callable[[str, int], Answer]
Record = dict[str, str]
# Of the destinations of a record; a report is not to become a storm.
DESTINATIONS = 5
# A walk up from a long name goes on with its last labels (RFC 9989 section 4.10).
LABELS = 7


class Unknown(Exception):
    """The name servers do not answer; they may later."""


def published(domain: str, question: Ask = ask) -> Record | None:
    """The tags of the domain's record, names in lower case; None without one, or with several.

    @raises Unknown
    """
    found = records(f"_dmarc.{domain}", question)
    return found[0] if len(found) == 1 else None


def destinations(domain: str, record: Record, question: Ask = ask) -> list[str]:
    """The addresses that want reports about the domain.

    @raises Unknown
    """
    wanted: list[str] = []
    for uri in record.get("rua", "").split(",")[:DESTINATIONS]:
        if address := mailbox(uri):
            wanted += agreed(domain, address, question)
    return list(dict.fromkeys(wanted))


def agreed(domain: str, address: str, question: Ask) -> list[str]:
    """Where the reports go that are meant for an address: of another organization only where it says so."""
    host = host_of(address)
    if host == domain or organization(host, question) == organization(domain, question):
        return [address]
    consent = records(f"{domain}._report._dmarc.{host}", question)
    if not consent:
        return []
    instead = [mailbox(uri) for each in consent for uri in each.get("rua", "").split(",") if uri.strip()]
    if not instead:
        return [address]
    # It may name another address, of its own host alone.
    return [other for other in instead if other and host_of(other) == host][:DESTINATIONS]


def host_of(address: str) -> str:
    return address.partition("@")[2]


def organization(domain: str, question: Ask = ask) -> str:
    """The domain at whose head it is, by the records on the way up (RFC 9989 section 4.10.2)."""
    labels = domain.split(".")
    starts = [0, *range(max(1, len(labels) - LABELS), len(labels))]
    head = domain
    for start in starts:
        name = ".".join(labels[start:])
        found = records(f"_dmarc.{name}", question)
        if len(found) != 1:
            continue
        if found[0].get("psd") == "n":
            return name
        if found[0].get("psd") == "y":
            return head if start == 0 else ".".join(labels[start - 1 :])
        head = name
    return head


def records(name: str, question: Ask) -> list[Record]:
    if len(name) > 253:
        return []
    answer = question(name, TXT)
    if not answer.certain:
        raise Unknown(name)
    return [tags for data in answer.records if (tags := parse(data.decode(errors="replace"))) is not None]


def parse(text: str) -> Record | None:
    """None of what is no DMARC record."""
    fields = [field.partition("=") for field in text.split(";")]
    tags = {name.strip().lower(): value.strip() for name, equals, value in fields if equals}
    return tags if text.partition(";")[0].replace(" ", "") == "v=DMARC1" else None
