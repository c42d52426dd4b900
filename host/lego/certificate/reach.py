"""Whether names lead to this host, as the authority will find: an attempt that must fail is counted by it."""

import secrets
import socket
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from settings import Settings
from sites import Site

# How long names may take to appear before the rest goes on without them.
PATIENCE_SECONDS = 30
# A host without a certificate has nothing better to do.
PATIENCE_SECONDS_AT_FIRST = 300
REQUEST_SECONDS = 5
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
    """Nothing if it leads here."""
    url = f"http://{name}/{CHALLENGES}/{token}"
    try:
        with urllib.request.urlopen(url, timeout=REQUEST_SECONDS) as response:
            why = "" if response.read(64) == token.encode() else "another host answers"
    except OSError as error:
        why = str(getattr(error, "reason", error))
    return why and f"http://{name}/ does not lead to this host: {why}"


def leading(resolve: Callable[[str], set[str]], hostname: str, names: list[str]) -> list[str]:
    """Those with an address of the host, and the host's own name whatever it has."""
    own = resolve(hostname)
    return [name for name in names if name == hostname or own & resolve(name)]


def addresses(name: str) -> set[str]:
    try:
        return {str(entry[4][0]) for entry in socket.getaddrinfo(name, 80, proto=socket.IPPROTO_TCP)}
    except OSError:
        return set()
