"""A report on the mail of one day in one domain's name (RFC 9990 section 3.1)."""

import re
import xml.etree.ElementTree as ET

from counted import Counts, Seen
from policy import Record
from reporting import Reporter, bounds, report_id

NAMESPACE = "urn:ietf:params:xml:ns:dmarc-2.0"
POLICIES = ("none", "quarantine", "reject")
# The more of them there are the less each tells (section 3.1.5).
SIGNATURES = 100
# What XML 1.0 has no place for.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(reporter: Reporter, day: str, domain: str, record: Record, counts: Counts) -> bytes:
    start, end = bounds(day)
    feedback = ET.Element("feedback", xmlns=NAMESPACE)
    add(feedback, "version", "1.0")
    metadata = add(feedback, "report_metadata")
    add(metadata, "org_name", reporter.organization)
    add(metadata, "email", reporter.sender)
    add(metadata, "report_id", report_id(reporter, day, domain))
    period = add(metadata, "date_range")
    add(period, "begin", str(start))
    add(period, "end", str(end))
    published = policy_published(domain, record)
    told = add(feedback, "policy_published")
    for name, value in published.items():
        add(told, name, value)
    # The most frequent first, as whoever reads it wants to know of those.
    for seen, count in sorted(counts.items(), key=lambda item: (-item[1], repr(item[0]))):
        row(feedback, published, seen, count)
    ET.indent(feedback)
    return ET.tostring(feedback, encoding="utf-8", xml_declaration=True)


def policy_published(domain: str, record: Record) -> dict[str, str]:
    """What the record leaves out has its default (RFC 9989 section 4.7)."""
    p = choice(record, "p", POLICIES, "none")
    sp = choice(record, "sp", POLICIES, p)
    return {
        "domain": domain,
        # Rspamd finds the policy by the public suffix list.
        "discovery_method": "psl",
        "p": p,
        "sp": sp,
        "np": choice(record, "np", POLICIES, sp),
        "adkim": choice(record, "adkim", ("r", "s"), "r"),
        "aspf": choice(record, "aspf", ("r", "s"), "r"),
        "testing": choice(record, "t", ("y", "n"), "n"),
    }


def row(feedback: ET.Element, published: dict[str, str], seen: Seen, count: int) -> None:
    record = add(feedback, "record")
    counted = add(record, "row")
    add(counted, "source_ip", seen.source_ip)
    add(counted, "count", str(count))
    wanted = published["p" if seen.header_from == published["domain"] else "sp"]
    passed = seen.spf_aligned or seen.dkim_aligned
    evaluated = add(counted, "policy_evaluated")
    add(evaluated, "disposition", "pass" if passed and wanted != "none" else seen.disposition)
    add(evaluated, "dkim", "pass" if seen.dkim_aligned else "fail")
    add(evaluated, "spf", "pass" if seen.spf_aligned else "fail")
    if not passed and seen.disposition != wanted:
        reason = add(evaluated, "reason")
        add(reason, "type", "policy_test_mode" if published["testing"] == "y" else "local_policy")
    identifiers = add(record, "identifiers")
    add(identifiers, "header_from", seen.header_from)
    results = add(record, "auth_results")
    for result, selector, signer in sorted(seen.signatures, key=lambda one: one[0] != "pass")[:SIGNATURES]:
        dkim = add(results, "dkim")
        add(dkim, "domain", signer)
        add(dkim, "selector", selector)
        add(dkim, "result", result)
    if seen.spf_domain:
        spf = add(results, "spf")
        add(spf, "domain", seen.spf_domain)
        add(spf, "result", seen.spf_result)


def choice(record: Record, tag: str, known: tuple[str, ...], otherwise: str) -> str:
    value = record.get(tag, "").lower()
    return value if value in known else otherwise


def add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, name)
    if text is not None:
        element.text = UNFIT.sub("\ufffd", text)
    return element
