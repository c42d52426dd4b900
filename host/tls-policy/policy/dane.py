"""Whether a domain's mail servers are known by DANE (RFC 7672), and so whether MTA-STS has a word in it."""

import enum
from collections.abc import Callable

from dns import A, MX, NXDOMAIN, TLSA, Answer, ask

Ask = Callable[[str, int], Answer]


class Cover(enum.Enum):
    """How many of the mail servers have TLSA records that Postfix would go by."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


def cover(domain: str, question: Ask = ask) -> Cover:
    """What can't be found out counts as covered: Postfix asks the same, and puts the mail off."""
    servers = question(domain, MX)
    if not servers.certain:
        return Cover.ALL
    # The names of the servers would be anybody's choice.
    if servers.code == NXDOMAIN or not servers.authentic:
        return Cover.NONE
    names = [name.decode() for name in servers.records] or [domain]
    covered = [is_covered(name, question) for name in names]
    return Cover.ALL if all(covered) else Cover.SOME if any(covered) else Cover.NONE


def is_covered(server: str, question: Ask) -> bool:
    address = question(server, A)
    if not address.certain:
        return True
    # Where addresses are not signed TLSA records are not either, and their name servers may not even know the type:
    # it is not asked for (RFC 7672 section 2.2.2).
    if not address.authentic:
        return False
    records = question(f"_25._tcp.{server}", TLSA)
    if not records.certain:
        return True
    return records.authentic and any(is_usable(data) for data in records.records)


def is_usable(data: bytes) -> bool:
    """Of the usages only DANE-TA and DANE-EE are for mail (RFC 7672 section 3.1)."""
    return len(data) > 3 and data[0] in (2, 3) and data[1] in (0, 1) and data[2] in (0, 1, 2)
