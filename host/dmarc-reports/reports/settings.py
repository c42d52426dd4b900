"""Who reports, as the bundle declares it."""

import json
from dataclasses import dataclass
from pathlib import Path

from reporting import Reporter

CONFIGURATION = Path("/etc/mailserver/dmarc-reports.json")


@dataclass(frozen=True)
class Settings(Reporter):
    redis: str
    """Where Rspamd counts."""


def load() -> Settings:
    return Settings(**json.loads(CONFIGURATION.read_text()))
