"""What the mail programs have written to the journal since it was last read."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# By unit, which journald itself notes: what others log under the name of a mail program does not count.
UNITS = ["postfix.service", "dovecot.service", "rspamd.service"]
MACHINE_ID = Path("/etc/machine-id")


@dataclass(frozen=True)
class Line:
    program: str
    """As it calls itself, such as `postfix/submission/smtpd`."""
    text: str
    cursor: str
    at: float
    """Seconds since 1970."""


def read(cursor: str | None) -> Iterator[Line]:
    """The lines after the cursor, oldest first; all there are without one.

    A cursor that is no longer in the journal stands for its time.
    """
    units = [argument for unit in UNITS for argument in ("--unit", unit)]
    command = ["journalctl", "--output=json", "--output-fields=MESSAGE,SYSLOG_IDENTIFIER", "--no-pager", *units]
    if cursor:
        command.append(f"--after-cursor={cursor}")
    with subprocess.Popen(command, stdout=subprocess.PIPE) as listing:
        # One by one: after a busy minute there may be a hundred thousand.
        for line in listing.stdout:
            yield parse(line)
    if listing.returncode != 0:
        raise OSError(f"journalctl ended with {listing.returncode}")


def parse(line: bytes) -> Line:
    entry = json.loads(line)
    text = entry.get("MESSAGE") or ""
    if isinstance(text, list):
        # Bytes that are no UTF-8 come as numbers, systemd.journal-fields(7).
        text = bytes(part for part in text if isinstance(part, int)).decode(errors="replace")
    return Line(entry.get("SYSLOG_IDENTIFIER") or "", text, entry["__CURSOR"], int(entry["__REALTIME_TIMESTAMP"]) / 1e6)


def machine() -> str:
    """Whose journal it is: a cursor means nothing on another machine."""
    return MACHINE_ID.read_text().strip()
