"""Who reports, as the bundle declares it."""

import json
from dataclasses import dataclass
from pathlib import Path

from reporting import Reporter

CONFIGURATION = Path("/etc/mailserver/tls-reports.json")


@dataclass(frozen=True)
class Settings(Reporter):
    state: Path
    """A folder on the data volume."""


def load() -> Settings:
    fields = json.loads(CONFIGURATION.read_text())
    return Settings(**fields | {"state": Path(fields["state"])})
