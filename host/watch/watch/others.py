"""What other mail servers have reported (host/reports), as sections of the daily report."""

import json
from collections.abc import Iterator
from pathlib import Path

import report

FOLDER = Path("/srv/mailserver/reports")
TOP = 15


def read(folder: Path) -> list[dict]:
    """All that are kept, oldest first, each once: some senders send a report again. Written by a user of its own."""
    seen: set[tuple] = set()
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            try:
                one = json.loads(line)
            except ValueError:
                continue
            name = (one.get("kind"), one.get("from"), one.get("id"), one.get("domain"))
            if one.get("id") and name in seen:
                continue
            seen.add(name)
            found.append(one)
    return found


def sections(since: float, reports: list[dict]) -> Iterator[str]:
    now = [one for one in reports if one["at"] >= since]
    before = {source for one in reports if one["at"] < since for source in one.get("sources", {})}
    yield dmarc([one for one in now if one["kind"] == "dmarc"], before)
    yield tls([one for one in now if one["kind"] == "tls"])
    unreadable = [one["why"] for one in now if one["kind"] == "unreadable"]
    counts = {why: unreadable.count(why) for why in set(unreadable)}
    yield report.table("Messages to the addresses for reports that were none", counts, 5)


def dmarc(reports: list[dict], before: set[str]) -> str:
    """@param before sources that were known already"""
    rows: dict[tuple[str, str], dict] = {}
    for one in reports:
        for source, counts in one["sources"].items():
            row = rows.setdefault((one["domain"], source), dict.fromkeys(counts, 0))
            for name, number in counts.items():
                row[name] += number
    lines = []
    ordered = sorted(rows.items(), key=lambda item: (-item[1]["fail"], -item[1]["pass"], item[0]))
    for (domain, source), row in ordered[:TOP]:
        note = ""
        if row["spfFail"]:
            note = ", not in SPF" if source in before else ", not in SPF and new"
        words = f"{row['pass']} passed, {row['fail']} failed{note}"
        lines.append(f"{report.printable(domain)} from {report.printable(source)}: {words}")
    if len(ordered) > TOP:
        lines.append(f"and {len(ordered) - TOP} more sources")
    return report.block(f"Mail in the name of the domains, as {organisations(reports)} saw it (DMARC)", lines)


def tls(reports: list[dict]) -> str:
    domains: dict[str, dict] = {}
    failures: dict[str, int] = {}
    for one in reports:
        for domain, counts in one["domains"].items():
            row = domains.setdefault(domain, {"ok": 0, "failed": 0})
            for name in row:
                row[name] += counts[name]
        for kind, number in one["failures"].items():
            failures[kind] = failures.get(kind, 0) + number
    lines = [
        f"to {report.printable(domain)}: {row['ok']} sessions, {row['failed']} failed"
        for domain, row in sorted(domains.items())
    ]
    lines += [f"{report.printable(kind)}: {number} times" for kind, number in sorted(failures.items())]
    return report.block(f"TLS on the way to this server, as {organisations(reports)} saw it", lines)


def organisations(reports: list[dict]) -> str:
    names = sorted({report.printable(one["from"]) or "somebody" for one in reports})
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
