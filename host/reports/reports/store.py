"""What was reported, on the data volume: a file a day, a line a report."""

import errno
import fcntl
import json
import os
import time
from pathlib import Path

FOLDER = Path("/srv/mailserver/reports")
DAYS_KEPT = 30
DAY_MAX = 10_000_000
DAY = 86_400


def keep(reports: list[dict], folder: Path = FOLDER, now: float | None = None) -> None:
    """@raises OSError if it can't be written"""
    now = time.time() if now is None else now
    path = folder / f"{time.strftime('%Y-%m-%d', time.gmtime(now))}.jsonl"
    lines = b"".join(json.dumps({"at": now, **report}).encode() + b"\n" for report in reports)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        # Whoever sends them by the thousand must not fill the disk.
        if os.fstat(descriptor).st_size + len(lines) <= DAY_MAX:
            append(descriptor, lines)
    finally:
        os.close(descriptor)
    tidy(folder, now)


def append(descriptor: int, lines: bytes) -> None:
    """All or nothing: half a line would take the next one with it."""
    size = os.fstat(descriptor).st_size
    if (written := os.write(descriptor, lines)) < len(lines):
        os.ftruncate(descriptor, size)
        raise OSError(errno.ENOSPC, f"only {written} of {len(lines)} bytes could be written")


def tidy(folder: Path, now: float) -> None:
    oldest = time.strftime("%Y-%m-%d", time.gmtime(now - DAYS_KEPT * DAY))
    for path in folder.glob("*.jsonl"):
        if path.stem < oldest:
            path.unlink(missing_ok=True)
