"""Who reports, as the bundle declares it."""

import json
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = Path("/etc/mailserver/dmarc-reports.json")


@dataclass(frozen=True)
class Settings:
    hostname: str
    organization: str
    """The domain that the reports come from."""
    sender: str
    """The address that the reports come from."""
    redis: str
    """Where Rspamd counts."""


def load() -> Settings:
    fields = json.loads(CONFIGURATION.read_text())
    return Settings(**{name: fields[name] for name in ("hostname", "organization", "sender", "redis")})
