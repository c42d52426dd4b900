"""Who reports, as the bundle declares it."""

import json
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = Path("/etc/mailserver/tls-reports.json")


@dataclass(frozen=True)
class Settings:
    hostname: str
    organization: str
    """The domain that the reports come from."""
    contact: str
    sender: str
    """The address that the reports come from."""
    state: Path
    """A folder on the data volume."""


def load() -> Settings:
    fields = json.loads(CONFIGURATION.read_text())
    return Settings(
        hostname=fields["hostname"],
        organization=fields["organization"],
        contact=fields["contact"],
        sender=fields["sender"],
        state=Path(fields["state"]),
    )
