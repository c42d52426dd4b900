"""Postfix's queue: how many messages wait, and since when the oldest of them."""

import datetime
import json
import shutil
import subprocess
import threading
import time

LISTING = ["postqueue", "-j"]  # a line of JSON for each message, postqueue(1)
PAUSE_SECONDS = 60
PATIENCE_SECONDS = 30


class MailQueue:
    """Read at most once a minute: of a long queue, each reading is work for the disk."""

    def __init__(self) -> None:
        self._seen: dict | None = None
        self._at: float | None = None

    def look(self) -> dict | None:
        if shutil.which(LISTING[0]) and (self._at is None or time.monotonic() >= self._at + PAUSE_SECONDS):
            self._seen = read()
            self._at = time.monotonic()
        return self._seen


def read() -> dict | None:
    """`messages`, and `oldest` (RFC 3339 or None); None if Postfix does not tell, or not in time.

    Root is told even while Postfix is down: postqueue then looks at the files itself.
    """
    messages, oldest = 0, None
    try:
        listing = subprocess.Popen(LISTING, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    timer = threading.Timer(PATIENCE_SECONDS, listing.kill)
    timer.start()
    try:
        with listing:
            # Line by line: it may be a hundred thousand.
            for line in listing.stdout:
                arrived = json.loads(line)["arrival_time"]
                messages, oldest = messages + 1, arrived if oldest is None else min(oldest, arrived)
        told = {"messages": messages, "oldest": None if oldest is None else moment(oldest)}
    except (OSError, OverflowError, ValueError, KeyError, TypeError):
        return None
    finally:
        timer.cancel()
    return told if listing.returncode == 0 else None


def moment(seconds: int) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat(timespec="seconds")
