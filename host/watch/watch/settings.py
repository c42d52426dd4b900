"""What the bundle declares about watching, and where things are."""

import json
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = Path("/etc/mailserver/watch.json")
STATE = Path("/srv/mailserver/watch/state.json")
METRICS = Path("/run/mailserver-watch/metrics.prom")
MAIL = Path("/srv/mailserver/mail")
CERTIFICATES = Path("/run/mailserver/certificates.json")
STATUS = Path("/run/mailserver/status.json")
DISKS = {"data": Path("/srv/mailserver"), "root": Path("/")}


@dataclass(frozen=True)
class Settings:
    hostname: str
    namespace: str | None
    """Where CloudWatch is told the numbers of the alarms; None without alarms."""
    bans: Path
    """fail2ban's database."""


def load() -> Settings:
    fields = json.loads(CONFIGURATION.read_text())
    return Settings(hostname=fields["hostname"], namespace=fields["namespace"], bans=Path(fields["bans"]))
