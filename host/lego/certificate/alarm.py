"""Tells the postmaster, once a day, of certificates that could not be renewed and are near their end or past it."""

import email.message
import json
import textwrap
import time

import letters
import rules
import sites
from settings import Settings
from sites import Site
from store import read, write

# RFC 5322 section 2.1.1 allows 998 characters a line.
WIDTH = 900


def sound(settings: Settings) -> None:
    endangered = [site for site in sites.every(settings) if is_endangered(site)]
    if not endangered:
        return
    noted = settings.state / "alarmed.json"
    last = json.loads(read(noted) or b"0")
    if time.time() - last < rules.DAY:
        return
    mail = message(settings, endangered)
    for line in mail.get_content().splitlines():
        print(line, flush=True)
    try:
        letters.send(mail)
    except OSError as error:
        print(f"the alarm could not be mailed: {error}", flush=True)
    else:
        write(noted, json.dumps(time.time()).encode(), 0o600)


def is_endangered(site: Site) -> bool:
    kept = site.last
    return kept is not None and time.time() > rules.alarm_time(kept.note.start, kept.note.end)


def warning(site: Site) -> str:
    """In one line."""
    why = " ".join(site.trouble.split()) or "it has not been tried yet"
    return f"the certificate for {', '.join(site.names)} {ends(end_of(site))} and could not be renewed: {why}"


def message(settings: Settings, endangered: list[Site]) -> email.message.EmailMessage:
    first = min(map(end_of, endangered))
    text = "\n\n".join([*map(paragraph, endangered), advice(settings)])
    return letters.to_postmaster(f"certificates {ends(first, 'end')} and could not be renewed", f"{text}\n")


def paragraph(site: Site) -> str:
    since = site.own.note.since
    lines = [
        f"The certificate for {', '.join(site.names)} {ends(end_of(site))}.",
        f"It could not be renewed{f' since {day(since)}' if since else ''}:",
        *(site.trouble or "it has not been tried yet").splitlines(),
    ]
    head, middle, *why = lines
    return "\n".join([*wrap(head), middle, *(f"    {part}" for line in why for part in wrap(line))])


def advice(settings: Settings) -> str:
    return f"""\
What to do: see that these names lead to this host, that port 80 reaches it
from everywhere, and that CAA records allow the authority,
    {settings.directory}
and read
    journalctl -u mailserver-certificate
It is tried again by itself; at once by
    systemctl restart mailserver-certificate
This mail comes once a day until it is mended."""


def end_of(site: Site) -> float:
    return site.last.note.end if site.last else 0


def ends(end: float, verb: str = "ends") -> str:
    return f"{verb if time.time() < end else 'ended'} on {day(end)}"


def wrap(line: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)


def day(when: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(when))
