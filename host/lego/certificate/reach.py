"""Whether names lead to this host, as the authority will find: an attempt that must fail is counted by it."""

import asyncio
import secrets
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from settings import Settings
from sites import Site

# How long names may take to appear before the rest goes on without them.
PATIENCE_SECONDS = 30
# A host without a certificate has nothing better to do.
PATIENCE_SECONDS_AT_FIRST = 300
# For all of a name's answer: no server holds up the others, however slowly it speaks.
REQUEST_SECONDS = 5
ANSWER_BYTES = 4096
PORT = 80
CHALLENGES = ".well-known/acme-challenge"


def look(settings: Settings, wanted: list[Site], said: Callable[[], None]) -> None:
    """Asks for the names of the sites until each leads here or patience ends, and notes in each site which don't."""
    token = secrets.token_urlsafe(16)
    path = settings.webroot / CHALLENGES / token
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(token)
    at_first = any(site.title == settings.hostname and not site.in_force for site in wanted)
    deadline = time.monotonic() + (PATIENCE_SECONDS_AT_FIRST if at_first else PATIENCE_SECONDS)
    asked = [name for site in wanted for name in site.names]
    try:
        with ThreadPoolExecutor(16) as pool:
            while True:
                answers = dict(zip(asked, pool.map(lambda name: trouble_of(name, token), asked), strict=True))
                note(wanted, answers)
                asked = [name for name in asked if answers[name]]
                if not asked or time.monotonic() > deadline:
                    break
                said()
                time.sleep(1)
        if asked and trouble_of(settings.hostname, token):
            # Some networks let the world reach this host but not the host itself. Then addresses must do.
            note(wanted, dict.fromkeys(leading(addresses, settings.hostname, asked), ""))
    finally:
        path.unlink()


def note(wanted: list[Site], answers: dict[str, str]) -> None:
    for site in wanted:
        said = {name: answers.get(name, why) for name, why in site.absent.items()}
        said |= {name: answers[name] for name in site.names if name in answers}
        absent = {name: why for name, why in said.items() if why}
        kept = site.own
        if absent != kept.note.absent:
            kept.note.absent = absent
            kept.note.since = (kept.note.since or time.time()) if site.trouble else None
            kept.save()


def trouble_of(name: str, token: str) -> str:
    """Nothing if it leads here. A redirect does not: whoever makes it also answers where the certificate is to serve."""
    try:
        answer = asyncio.run(answer_of(name, f"/{CHALLENGES}/{token}"))
    except TimeoutError:
        why = f"no whole answer within {REQUEST_SECONDS} seconds"
    except (OSError, ValueError) as error:
        why = str(error)
    else:
        head, _, body = answer.partition(b"\r\n\r\n")
        # It may be anything, and is shown to people.
        said = ascii(head.partition(b"\r\n")[0][:80].decode(errors="replace"))
        why = "" if body == token.encode() else f"another host answers: {said}"
    return why and f"http://{name}/ does not lead to this host: {why}"


async def answer_of(name: str, path: str) -> bytes:
    """What a server says to an HTTP/1.0 request, whose answer ends with the connection.

    @raises OSError TimeoutError too, and ValueError of what can't be a name
    """
    async with asyncio.timeout(REQUEST_SECONDS):
        reader, writer = await asyncio.open_connection(name, PORT)
        try:
            writer.write(f"GET {path} HTTP/1.0\r\nHost: {name}\r\n\r\n".encode())
            return await reader.readexactly(ANSWER_BYTES)
        except asyncio.IncompleteReadError as whole:
            return whole.partial
        finally:
            writer.transport.abort()


def leading(resolve: Callable[[str], set[str]], hostname: str, names: list[str]) -> list[str]:
    """Those with an address of the host, and the host's own name whatever it has."""
    own = resolve(hostname)
    return [name for name in names if name == hostname or own & resolve(name)]


def addresses(name: str) -> set[str]:
    try:
        return {str(entry[4][0]) for entry in socket.getaddrinfo(name, 80, proto=socket.IPPROTO_TCP)}
    except OSError:
        return set()
