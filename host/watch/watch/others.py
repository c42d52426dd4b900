"""What other mail servers have reported (host/reports), as sections of the daily report.

Anybody may send such reports: they are read line by line, and only so much of them is kept in memory.
"""

import json
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import report

FOLDER = Path("/srv/mailserver/reports")
TOP = 15
# A line holds a thousand sources at most (host/reports).
LINE_MAX = 1_000_000
# What is told apart of each sort; what comes after is counted together.
ROWS_MAX = 5_000
KNOWN_MAX = 100_000
OTHERS = "others"


class Known:
    """Things that have been seen, the first so many of them, by their hashes: these are small whatever others send."""

    def __init__(self) -> None:
        self._hashes: set[int] = set()

    def __contains__(self, thing: Hashable) -> bool:
        return hash(thing) in self._hashes

    def add(self, thing: Hashable) -> None:
        if not self.full:
            self._hashes.add(hash(thing))

    @property
    def full(self) -> bool:
        return len(self._hashes) >= KNOWN_MAX


@dataclass
class Told:
    """What was reported since a time."""

    since: float
    before: Known = field(default_factory=Known)
    """Sources that were known already."""
    sources: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    """By domain and address."""
    rest: dict[str, int] = field(default_factory=dict)
    """Of the sources that are not told apart."""
    domains: dict[str, dict[str, int]] = field(default_factory=dict)
    """Sessions by TLS."""
    failures: dict[str, int] = field(default_factory=dict)
    unreadable: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, dict[str, int]] = field(default_factory=lambda: {"dmarc": {}, "tls": {}})
    """Numbers of reports by who sent them, by kind."""

    def take(self, one: dict) -> None:
        kind = one["kind"]
        if one["at"] < self.since:
            for source in one.get("sources", {}):
                self.before.add(source)
        elif kind == "unreadable":
            add(self.unreadable, place(self.unreadable, one["why"]), 1)
        else:
            names = self.organisations[kind]
            add(names, place(names, report.printable(one["from"]) or "somebody"), 1)
            self._dmarc(one) if kind == "dmarc" else self._tls(one)

    def _dmarc(self, one: dict) -> None:
        for source, counts in one["sources"].items():
            key = (one["domain"], source)
            known = source != OTHERS and (key in self.sources or len(self.sources) < ROWS_MAX)
            sum_up(self.sources.setdefault(key, {}) if known else self.rest, counts)

    def _tls(self, one: dict) -> None:
        for domain, counts in one["domains"].items():
            sum_up(self.domains.setdefault(place(self.domains, domain), {}), counts)
        for failure, number in one["failures"].items():
            add(self.failures, place(self.failures, failure), number)


def read(folder: Path) -> Iterator[dict]:
    """All that are kept, oldest first, each once: some senders send a report again. Written by a user of its own."""
    seen = Known()
    for line in lines(folder):
        try:
            one = json.loads(line)
            name = (one.get("kind"), one.get("from"), one.get("id"), one.get("domain"))
            repeated = one.get("id") and name in seen
            seen.add(name)
        except (ValueError, AttributeError, TypeError):
            continue
        if not repeated:
            yield one


def lines(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.glob("*.jsonl")):
        with open(path, "rb") as file:
            while line := file.readline(LINE_MAX):
                yield line


def sections(since: float, reports: Iterable[dict]) -> Iterator[str]:
    told = Told(since)
    for one in reports:
        told.take(one)
    yield dmarc(told)
    yield tls(told)
    yield report.table("Messages to the addresses for reports that were none", told.unreadable, 5)


def dmarc(told: Told) -> str:
    lines = []
    ordered = sorted(told.sources.items(), key=lambda item: (-item[1]["fail"], -item[1]["pass"], item[0]))
    for (domain, source), row in ordered[:TOP]:
        note = ""
        if row["spfFail"]:
            # Of more sources than are remembered nobody knows which are new.
            note = ", not in SPF" if source in told.before or told.before.full else ", not in SPF and new"
        lines.append(f"{report.printable(domain)} from {report.printable(source)}: {outcome(row)}{note}")
    if len(ordered) > TOP:
        left = dict(told.rest)
        for _, row in ordered[TOP:]:
            sum_up(left, row)
        more = "more than " if told.rest else ""
        lines.append(f"{more}{len(ordered) - TOP} other sources: {outcome(left)}")
    saw = organisations(told.organisations["dmarc"])
    return report.block(f"Mail in the name of the domains, as {saw} saw it (DMARC)", lines)


def outcome(row: dict[str, int]) -> str:
    return f"{row['pass']} passed, {row['fail']} failed"


def tls(told: Told) -> str:
    domains = sorted(told.domains.items(), key=lambda item: (-item[1]["failed"], item[0]))
    failures = sorted(told.failures.items(), key=lambda item: (-item[1], item[0]))
    lines = [
        f"to {report.printable(domain)}: {row['ok']} sessions, {row['failed']} failed" for domain, row in domains[:TOP]
    ]
    lines += [f"{report.printable(kind)}: {number} times" for kind, number in failures[:TOP]]
    for rows, what in ((domains, "domains"), (failures, "sorts of failure")):
        if len(rows) > TOP:
            lines.append(f"and {len(rows) - TOP} more {what}")
    saw = organisations(told.organisations["tls"])
    return report.block(f"TLS on the way to this server, as {saw} saw it", lines)


def organisations(numbers: dict[str, int]) -> str:
    names = sorted(numbers)
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def place(rows: dict[str, object], name: str) -> str:
    """The name, or the one of all that there is no place for."""
    return name if name in rows or len(rows) < ROWS_MAX else OTHERS


def sum_up(row: dict[str, int], counts: dict[str, int]) -> None:
    for name, number in counts.items():
        add(row, name, number)


def add(counts: dict[str, int], name: str, number: int) -> None:
    counts[name] = counts.get(name, 0) + number
