"""DMARC aggregate reports (RFC 9990, and RFC 7489 appendix C before it), read by expat as they come.

A report declares no document type and no entities (RFC 9990 section 3.1): one that does is not read any further, so that
none can be expanded or fetched.
"""

import ipaddress
import xml.parsers.expat

from parts import Unreadable

RECORDS_MAX = 20_000
# Told apart of a report; those beyond are kept as one.
SOURCES_MAX = 1_000
OTHERS = "others"
DEPTH_MAX = 12
TEXT_MAX = 500


def parse(document: bytes) -> dict:
    reader = Reader()
    parser = xml.parsers.expat.ParserCreate()
    parser.StartDoctypeDeclHandler = forbid
    parser.EntityDeclHandler = forbid
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(document, True)
    except xml.parsers.expat.ExpatError as error:
        raise Unreadable(f"XML: {error}") from None
    return reader.report()


def forbid(*_: object) -> None:
    raise Unreadable("XML: it declares a document type or an entity")


class Reader:
    def __init__(self) -> None:
        self._path: list[str] = []
        self._words: list[str] = []
        self._length = 0
        self._about: dict[str, str] = {}
        self._row: dict[str, str] = {}
        self._sources: dict[str, dict] = {}
        self._records = 0

    def start(self, name: str, _: dict) -> None:
        # Some senders use the namespace's prefix.
        self._path.append(name.rpartition(":")[2])
        if len(self._path) > DEPTH_MAX:
            raise Unreadable("XML: too deep")
        if len(self._path) == 1 and self._path[0] != "feedback":
            raise Unreadable("XML: it is no DMARC report")
        if self._path == ["feedback", "record"]:
            self._row = {}
        self._words, self._length = [], 0

    def text(self, words: str) -> None:
        if self._length < TEXT_MAX:
            self._words.append(words)
            self._length += len(words)

    def end(self, _: str) -> None:
        path = "/".join(self._path[1:])
        value = "".join(self._words).strip()[:TEXT_MAX]
        if path.startswith("record/"):
            # Of several signatures the one that counts has been evaluated by the sender of the report.
            self._row.setdefault(path.removeprefix("record/"), value)
        elif path == "record":
            self._record()
        elif path.startswith(("report_metadata/", "policy_published/")):
            self._about.setdefault(path, value)
        self._path.pop()
        self._words, self._length = [], 0

    def _record(self) -> None:
        self._records += 1
        if self._records > RECORDS_MAX:
            raise Unreadable(f"XML: more than {RECORDS_MAX} records")
        row = self._row
        try:
            source = str(ipaddress.ip_address(row.get("row/source_ip", "")))
            count = int(row.get("row/count", ""))
        except ValueError:
            raise Unreadable("XML: a record without an address or a number") from None
        if not 0 < count < 10**9:
            raise Unreadable("XML: a record of an impossible number")
        known = self._sources.setdefault(source, {"pass": 0, "fail": 0, "spfFail": 0, "dkimFail": 0})
        spf = row.get("row/policy_evaluated/spf") == "pass"
        dkim = row.get("row/policy_evaluated/dkim") == "pass"
        # One of the two that is aligned is enough (RFC 9989 section 4.1).
        known["pass" if spf or dkim else "fail"] += count
        known["spfFail"] += 0 if spf else count
        known["dkimFail"] += 0 if dkim else count

    def report(self) -> dict:
        domain = self._about.get("policy_published/domain")
        if not domain:
            raise Unreadable("XML: it does not say which domain it is about")
        return {
            "kind": "dmarc",
            "from": self._about.get("report_metadata/org_name", ""),
            "id": self._about.get("report_metadata/report_id", ""),
            "domain": domain.lower(),
            "sources": capped(self._sources),
        }


def capped(sources: dict[str, dict]) -> dict[str, dict]:
    """Of more than can be kept, those with the most failures, then with the most mail."""
    ordered = sorted(sources.items(), key=lambda item: (-item[1]["fail"], -item[1]["pass"]))
    rest = [counts for _, counts in ordered[SOURCES_MAX:]]
    if not rest:
        return sources
    return dict(ordered[:SOURCES_MAX]) | {OTHERS: {name: sum(counts[name] for counts in rest) for name in rest[0]}}
