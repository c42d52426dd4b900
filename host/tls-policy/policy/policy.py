"""How mail to a domain must be transferred, where two standards have a word in it.

"MTA-STS policy validation must not override a failing DANE validation" (RFC 8461 section 2), and a policy of Postfix
would. So a domain's MTA-STS policy is only told to Postfix where DANE has nothing to say.
"""

import re
import socket
from collections.abc import Callable
from typing import BinaryIO

import socketmap
from dane import Cover, cover

MTA_STS = ("127.0.0.1", 8461)  # the defaults of mta-sts-daemon(1)
PATIENCE_SECONDS = 60
# Of Postfix's keys those that are domains: neither a parent (.example.com) nor a host in brackets.
DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+")
NOTHING = "NOTFOUND "  # so Postfix does what it does for every domain: DANE, else whatever TLS there is


def converse(reader: BinaryIO, writer: BinaryIO) -> None:
    try:
        while (request := socketmap.read(reader)) is not None:
            name, _, key = request.partition(" ")
            socketmap.write(writer, reply(name, key))
    except socketmap.Broken:
        pass


def reply(
    name: str, key: str, covered: Callable[[str], Cover] = cover, sts: Callable[[str, str], str] | None = None
) -> str:
    domain = key.lower().rstrip(".")
    if not DOMAIN.fullmatch(domain):
        return NOTHING
    try:
        known = covered(domain)
        if known is Cover.ALL:
            return NOTHING
        policy = (sts or ask)(name, domain)
    except OSError as error:
        return f"TEMP the TLS policy of {domain} can't be found out: {error}"
    # Some servers have TLSA records, and the domain wants each to be authenticated: then those are the ones to use.
    return "OK dane-only" if known is Cover.SOME and policy.startswith("OK ") else policy


def ask(name: str, domain: str) -> str:
    """The words of mta-sts-daemon."""
    with socket.create_connection(MTA_STS, PATIENCE_SECONDS) as connection:
        with connection.makefile("rb") as reader, connection.makefile("wb") as writer:
            socketmap.write(writer, f"{name} {domain}")
            try:
                answer = socketmap.read(reader)
            except socketmap.Broken:
                answer = None
    if answer is None:
        raise OSError("mta-sts-daemon gives no answer")
    return answer
