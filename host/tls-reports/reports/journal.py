"""What became of TLS sessions, counted by day and domain, on the data volume: some days, and so much a day."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from reporting import day_of

# A report is tried for a day after its own (RFC 8460 section 5.5).
DAYS_KEPT = 2
# Different policies and failures of a day that are told apart; what comes after is only counted where it was known.
POLICIES, FAILURES = 20_000, 20_000

SCHEMA = """
CREATE TABLE IF NOT EXISTS policies (
  day TEXT, domain TEXT, record TEXT, policy TEXT, successes INTEGER, failures INTEGER, PRIMARY KEY (day, domain, policy)
);
CREATE TABLE IF NOT EXISTS failures (
  day TEXT, domain TEXT, policy TEXT, failure TEXT, sessions INTEGER, PRIMARY KEY (day, domain, policy, failure)
);
CREATE TABLE IF NOT EXISTS delivered (day TEXT, domain TEXT, destination TEXT, PRIMARY KEY (day, domain, destination));
"""


@dataclass(frozen=True)
class Counted:
    """Sessions with a domain under one policy."""

    policy: dict
    successes: int
    failures: int
    details: list[tuple[dict, int]]


class Journal:
    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "journal.db", timeout=60, isolation_level=None)
        # What a power cut may take back is the count of the last sessions, never the file.
        self._db.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {SCHEMA}")

    def note(self, session: dict, now: float) -> None:
        """Counts a session as libtlsrpt tells it; one that is not in its form is an error of KeyError or TypeError."""
        day, domain, record = day_of(now), session["d"].lower(), session["pr"]
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for told in session["policies"]:
                policy = canonical({key: told.get(key) for key in ("policy-type", "policy-string", "policy-domain", "mx-host")})
                failed = bool(told["f"])
                if not self._count(
                    "policies", POLICIES, day, (domain, policy),
                    "INSERT INTO policies VALUES (?1, ?2, ?4, ?3, ?5, ?6) ON CONFLICT DO UPDATE SET"
                    " record = excluded.record, successes = successes + ?5, failures = failures + ?6",
                    (record, int(not failed), int(failed)),
                ):
                    continue
                for failure in told.get("failure-details", []):
                    self._count(
                        "failures", FAILURES, day, (domain, policy, canonical(failure)),
                        "INSERT INTO failures VALUES (?1, ?2, ?3, ?4, 1)"
                        " ON CONFLICT DO UPDATE SET sessions = sessions + 1",
                        (),
                    )

    def due(self, now: float) -> list[tuple[str, str, str]]:
        """Day, domain and the record that asks for reports, of each report that may be sent: days that are over."""
        return self._db.execute(
            "SELECT day, domain, max(record) FROM policies WHERE day < ? GROUP BY day, domain ORDER BY day, domain",
            (day_of(now),),
        ).fetchall()

    def counted(self, day: str, domain: str) -> list[Counted]:
        rows = self._db.execute(
            "SELECT policy, successes, failures FROM policies WHERE day = ? AND domain = ? ORDER BY policy", (day, domain)
        ).fetchall()
        return [
            Counted(json.loads(policy), successes, failures, self._details(day, domain, policy))
            for policy, successes, failures in rows
        ]

    def is_delivered(self, day: str, domain: str, destination: str) -> bool:
        row = (day, domain, destination)
        query = "SELECT 1 FROM delivered WHERE day = ? AND domain = ? AND destination = ?"
        return self._db.execute(query, row).fetchone() is not None

    def deliver(self, day: str, domain: str, destination: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO delivered VALUES (?, ?, ?)", (day, domain, destination))

    def forget(self, now: float) -> None:
        oldest = day_of(now - DAYS_KEPT * 24 * 3600)
        for table in ("policies", "failures", "delivered"):
            self._db.execute(f"DELETE FROM {table} WHERE day < ?", (oldest,))

    def close(self) -> None:
        self._db.close()

    def _details(self, day: str, domain: str, policy: str) -> list[tuple[dict, int]]:
        rows = self._db.execute(
            "SELECT failure, sessions FROM failures WHERE day = ? AND domain = ? AND policy = ?"
            " ORDER BY sessions DESC, failure",
            (day, domain, policy),
        ).fetchall()
        return [(json.loads(failure), sessions) for failure, sessions in rows]

    def _count(self, table: str, most: int, day: str, key: tuple, statement: str, values: tuple) -> bool:
        names = ("domain", "policy", "failure")[: len(key)]
        known = f"SELECT 1 FROM {table} WHERE day = ? AND {' AND '.join(f'{name} = ?' for name in names)}"
        if not self._db.execute(known, (day, *key)).fetchone():
            rows = self._db.execute(f"SELECT count(*) FROM {table} WHERE day = ?", (day,)).fetchone()[0]
            if rows >= most:
                return False
        self._db.execute(statement, (day, *key, *values))
        return True


def canonical(value: dict) -> str:
    return json.dumps({key: part for key, part in value.items() if part is not None}, sort_keys=True)
