"""What each user has sent, on the data volume. It remembers a day."""

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from settings import Limits

HOUR = 3600
DAY = 24 * HOUR
# Of the addresses that a user was refused from; the others are counted together.
CLIENTS = 1000
OTHERS = "other addresses"
# A clock that was ahead has written rows that would count for ever.
AHEAD = 60

SCHEMA = """
CREATE TABLE IF NOT EXISTS sent (user TEXT, at REAL, recipients INTEGER, client TEXT);
CREATE INDEX IF NOT EXISTS sent_by_user ON sent (user, at);
CREATE TABLE IF NOT EXISTS refused (user TEXT, client TEXT, times INTEGER, at REAL, PRIMARY KEY (user, client));
CREATE TABLE IF NOT EXISTS told (user TEXT PRIMARY KEY, at REAL);
"""


@dataclass(frozen=True)
class Refusal:
    """Why a message is not taken now."""

    limit: str
    """The key of the configuration."""
    used: int
    allowed: int
    opens: float | None
    """When this message is taken; None if it never is."""


class Ledger:
    def __init__(self, folder: Path) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(folder / "ledger.db", isolation_level=None, check_same_thread=False)
        # What a power cut may take back is the count of the last messages, never the file.
        self._db.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {SCHEMA}")

    def judge(self, user: str, recipients: int, client: str, limits: Limits, now: float, sent: bool) -> Refusal | None:
        """Whether a message with so many recipients is within the limits. With `sent`, one that is counts from now on.

        The question and the count are one step: of two messages at once, one may be the last and one too many.
        """
        with self._lock, self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._forget(user, now)
            refusal = self._over(user, recipients, limits, now)
            if refusal:
                self._note_refusal(user, client, now)
            elif sent:
                self._db.execute("INSERT INTO sent VALUES (?, ?, ?, ?)", (user, now, recipients, client))
            return refusal

    def usage(self, user: str, now: float) -> tuple[int, int]:
        """Messages within the last hour, recipients within the last day."""
        with self._lock:
            return self._messages(user, now), self._recipients(user, now)

    def clients(self, user: str) -> list[tuple[str, int, int]]:
        """The addresses that the user was seen at, with the messages sent and refused there; the busiest first."""
        with self._lock:
            return self._db.execute(
                "SELECT client, sum(sent), sum(refused) FROM ("
                " SELECT client, 1 AS sent, 0 AS refused FROM sent WHERE user = ?1"
                " UNION ALL SELECT client, 0, times FROM refused WHERE user = ?1"
                ") GROUP BY client ORDER BY sum(sent) + sum(refused) DESC, client",
                (user,),
            ).fetchall()

    def is_told(self, user: str, now: float) -> bool:
        """Whether the postmaster has heard of the user within a day."""
        with self._lock:
            return self._db.execute(
                "SELECT 1 FROM told WHERE user = ? AND at > ?", (user, now - DAY)
            ).fetchone() is not None

    def tell(self, user: str, now: float) -> None:
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO told VALUES (?, ?)", (user, now))

    def untell(self, user: str) -> None:
        with self._lock:
            self._db.execute("DELETE FROM told WHERE user = ?", (user,))

    def close(self) -> None:
        self._db.close()

    def _over(self, user: str, recipients: int, limits: Limits, now: float) -> Refusal | None:
        messages = self._messages(user, now)
        if messages >= limits.messages_per_hour:
            (first,) = self._db.execute(
                "SELECT at FROM sent WHERE user = ? AND at > ? ORDER BY at LIMIT 1 OFFSET ?",
                (user, now - HOUR, messages - limits.messages_per_hour),
            ).fetchone()
            return Refusal("messagesPerHour", messages, limits.messages_per_hour, first + HOUR)
        used, allowed = self._recipients(user, now), limits.recipients_per_day
        if used + recipients <= allowed:
            return None
        return Refusal("recipientsPerDay", used, allowed, self._opens(user, used + recipients - allowed, now))

    def _opens(self, user: str, excess: int, now: float) -> float | None:
        """When so many of the recipients of the last day no longer count."""
        rows = self._db.execute(
            "SELECT at, recipients FROM sent WHERE user = ? AND at > ? ORDER BY at", (user, now - DAY)
        )
        for at, recipients in rows:
            excess -= recipients
            if excess <= 0:
                return at + DAY
        return None

    def _messages(self, user: str, now: float) -> int:
        return self._db.execute(
            "SELECT count(*) FROM sent WHERE user = ? AND at > ?", (user, now - HOUR)
        ).fetchone()[0]

    def _recipients(self, user: str, now: float) -> int:
        return self._db.execute(
            "SELECT coalesce(sum(recipients), 0) FROM sent WHERE user = ? AND at > ?", (user, now - DAY)
        ).fetchone()[0]

    def _note_refusal(self, user: str, client: str, now: float) -> None:
        known = self._db.execute("SELECT count(*) FROM refused WHERE user = ? AND client != ?", (user, client))
        if known.fetchone()[0] >= CLIENTS:
            client = OTHERS
        self._db.execute(
            "INSERT INTO refused VALUES (?, ?, 1, ?)"
            " ON CONFLICT DO UPDATE SET times = times + 1, at = excluded.at",
            (user, client, now),
        )

    def _forget(self, user: str, now: float) -> None:
        for table in ("sent", "refused"):
            self._db.execute(
                f"DELETE FROM {table} WHERE user = ? AND (at <= ? OR at > ?)", (user, now - DAY, now + AHEAD)
            )
