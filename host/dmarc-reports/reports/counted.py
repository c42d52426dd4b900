"""What Rspamd has counted of mail in others' names, in Redis (dmarc_results.lua), and which reports of it have gone out."""

import collections
import json
import re
import subprocess
from dataclasses import dataclass

from reporting import day_of
from settings import Settings

# Rspamd has Redis forget what it counted two days after the last message.
DAYS = 2
PATIENCE_SECONDS = 60
# As Rspamd takes it out of the message; what is none is nobody's to hear of.
DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+")


@dataclass(frozen=True)
class Seen:
    """What messages had in common."""

    source_ip: str
    header_from: str
    disposition: str
    """What was done: reject, quarantine or none."""
    spf_aligned: bool
    dkim_aligned: bool
    spf_domain: str
    """Empty if there was none."""
    spf_result: str
    signatures: tuple[tuple[str, str, str], ...]
    """Result, selector and domain."""


Counts = dict[Seen, int]


class Redis:
    def __init__(self, settings: Settings) -> None:
        self._socket = settings.redis

    def ask(self, *command: str) -> object:
        """Bytes that are no UTF-8, which others put into keys, come and go as surrogates.

        @raises OSError when it does not answer, or with an error
        """
        words = ["redis-cli", "-e", "--json", "-s", self._socket, *command]
        asked = subprocess.run(words, capture_output=True, timeout=PATIENCE_SECONDS)
        if asked.returncode != 0:
            raise OSError(f"redis-cli: {(asked.stderr or asked.stdout).decode(errors='replace').strip()}")
        return json.loads(asked.stdout.decode(errors="surrogateescape"))

    def domains(self, day: str) -> dict[str, list[str]]:
        """Those whose policies mail was judged by on a day, each with the keys of what was seen."""
        domains: dict[str, list[str]] = collections.defaultdict(list)
        for key in self.ask("SMEMBERS", f"dmarc_idx;{compact(day)}"):
            # The record's destinations are in the key too: of a day on which they changed there are two.
            _, _, words = key.partition(";")
            domain = words.partition(";")[0]
            if DOMAIN.fullmatch(domain):
                domains[domain].append(key)
        return dict(domains)

    def counted(self, keys: list[str]) -> Counts:
        counts: Counts = collections.defaultdict(int)
        for key in keys:
            for text, count in self.ask("ZRANGE", key, "0", "-1", "WITHSCORES"):
                if seen := parse(text):
                    counts[seen] += int(count)
        return dict(counts)

    def delivered(self, day: str) -> set[str]:
        """What has been noted by `deliver`."""
        return set(self.ask("SMEMBERS", f"dmarc_delivered;{compact(day)}"))

    def deliver(self, day: str, what: str) -> None:
        """@param what a domain that has all its reports, or a domain and a destination with a space between"""
        key = f"dmarc_delivered;{compact(day)}"
        self.ask("SADD", key, what)
        self.ask("EXPIRE", key, str((DAYS + 2) * 24 * 3600))


def parse(text: str) -> Seen | None:
    """None of what is not in the form of dmarc_results.lua, as a former version's."""
    try:
        ip, header_from, disposition, spf_ok, dkim_ok, spf_domain, spf_result, signatures = json.loads(text)
        parts = tuple((result, selector, domain) for result, selector, domain in map(str.split, signatures))
    except (ValueError, TypeError):
        return None
    return Seen(ip, header_from, disposition, spf_ok == "pass", dkim_ok == "pass", spf_domain, spf_result, parts)


def days_due(now: float) -> list[str]:
    """The days that are over and not forgotten, the older one first."""
    return [day_of(now - ago * 24 * 3600) for ago in range(DAYS, 0, -1)]


def compact(day: str) -> str:
    return day.replace("-", "")
