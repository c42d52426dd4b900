"""How the host is at this moment. What can't be measured is None, which is something else than nothing."""

import datetime
import json
import os
import shutil
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

import mail_queue
import settings
from settings import Settings


@dataclass(frozen=True)
class Disk:
    total: int
    used: int
    free: int
    """For programs that are not root's, which is less than total without used."""

    @property
    def percent(self) -> float:
        """As df(1) has it."""
        return 100 * self.used / max(1, self.used + self.free)


@dataclass(frozen=True)
class Measures:
    at: float
    queue: dict | None
    """`messages` and `oldest`, as the host's status has it."""
    certificates: dict[str, float]
    """Ends of the `host`'s certificate, and of the first of the `web` ones to end; of one that expired too. None is there
    before the authority has issued one."""
    warnings: list[str]
    state: str | None
    """What the agent says of the bundle."""
    disks: dict[str, Disk]
    memory: dict[str, int]
    bans: dict[str, int] | None
    """Addresses that are banned now, by jail; None without a program that bans."""

    @property
    def queue_seconds(self) -> float | None:
        """How long the oldest message has waited; 0 of an empty queue."""
        if self.queue is None:
            return None
        return max(0.0, self.at - moment(self.queue["oldest"])) if self.queue["oldest"] else 0.0

    def days_left(self, name: str) -> float | None:
        end = self.certificates.get(name)
        return None if end is None else (end - self.at) / 86_400


def take(declared: Settings) -> Measures:
    certificates = document(settings.CERTIFICATES) or {}
    status = document(settings.STATUS) or {}
    # Those of the certificates are among them.
    warnings = status.get("warnings") or []
    errors = [f"{error['part']}: {error['message']}" for error in status.get("errors") or []]
    now = time.time()
    return Measures(
        at=now,
        queue=mail_queue.read(),
        certificates=ends(certificates),
        warnings=[*errors, *(warning for warning in warnings if warning not in errors)],
        state=status.get("state"),
        disks={name: disk(path) for name, path in settings.DISKS.items() if path.exists()},
        memory=memory(Path("/proc/meminfo").read_text()),
        bans=bans(declared.bans, now),
    )


def ends(report: dict) -> dict[str, float]:
    host = (report.get("certificate") or {}).get("issuedNotAfter")
    web = (report.get("webCertificates") or {}).get("firstNotAfter")
    return {name: moment(end) for name, end in (("host", host), ("web", web)) if end}


def disk(path: Path) -> Disk:
    return Disk(*shutil.disk_usage(path))


def memory(text: str) -> dict[str, int]:
    """Bytes by the names of proc_meminfo(5), of those that are asked for."""
    wanted = {"MemTotal": "total", "MemAvailable": "available", "SwapTotal": "swap", "SwapFree": "swap_free"}
    fields = (line.split(":") for line in text.splitlines())
    return {wanted[name]: int(value.split()[0]) * 1024 for name, value in fields if name in wanted}


def bans(database: Path, now: float) -> dict[str, int] | None:
    """From fail2ban's own database: its client takes longer to start than all of this."""
    return banned(database, "bips", "bantime = -1 OR timeofban + bantime > :now", {"now": now})


def bans_since(database: Path, since: float) -> dict[str, int] | None:
    return banned(database, "bans", "timeofban >= :since", {"since": since})


def banned(database: Path, table: str, condition: str, values: dict) -> dict[str, int] | None:
    if not database.exists():
        return None
    try:
        connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            query = f"SELECT jail, COUNT(DISTINCT ip) FROM {table} WHERE {condition} GROUP BY jail"
            return dict(connection.execute(query, values).fetchall())
        finally:
            connection.close()
    except sqlite3.Error as error:
        print(f"{database}: {error}", flush=True)
        return None


def storage(mail: Path) -> dict[str, int]:
    """Bytes of each mailbox on the disk, by address."""
    return {
        f"{user.name}@{domain.name}": size(user)
        for domain in folders(mail)
        for user in folders(Path(domain.path))
    }


def folders(path: Path) -> list[os.DirEntry]:
    try:
        with os.scandir(path) as entries:
            return sorted((entry for entry in entries if entry.is_dir(follow_symlinks=False)), key=lambda e: e.name)
    except OSError:
        return []


def size(folder: os.DirEntry | Path) -> int:
    """Mail comes and goes while it is counted."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_blocks * 512
            except OSError:
                continue
    return total


def document(path: Path) -> dict | None:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return None


def moment(text: str) -> float:
    return datetime.datetime.fromisoformat(text).timestamp()
