"""Counts what an IPv6 address fails at for its /64, as whoever has one address of that has all 2^64 (RFC 4291 section 2.5.4).

fail2ban runs it for each failure (ignorecommand), to hear whether to count it for the single address.

usage: count_by_network.py JAIL ADDRESS
exit status: 0 where the network has been counted instead, 1 where the address is to be
"""

import ipaddress
import sys

SOCKET = "/run/fail2ban/fail2ban.sock"


def network(address: str) -> str | None:
    """None of what is one address only, or a network already."""
    try:
        parsed = ipaddress.IPv6Address(address)
    except ValueError:
        return None
    return str(ipaddress.IPv6Network((parsed, 64), strict=False))


def main(jail: str, address: str) -> int:
    counted = network(address)
    if counted is None:
        return 1
    from fail2ban.client.csocket import CSocket

    code, _ = CSocket(SOCKET).send(["set", jail, "attempt", counted])
    return int(code != 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) == 3 else __doc__)
