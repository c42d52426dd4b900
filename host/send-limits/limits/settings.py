"""How much each user may send, as the bundle declares it."""

import json
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = Path("/etc/mailserver/send-limits.json")


@dataclass(frozen=True)
class Limits:
    messages_per_hour: int
    recipients_per_day: int


@dataclass(frozen=True)
class Settings:
    state: Path
    """A folder on the data volume."""
    everybody: Limits
    users: dict[str, Limits]
    """Those who have limits of their own, in lower case."""

    def limits(self, user: str) -> Limits:
        return self.users.get(user, self.everybody)


def load() -> Settings:
    fields = json.loads(CONFIGURATION.read_text())
    return Settings(
        state=Path(fields["state"]),
        everybody=limits(fields["everybody"]),
        users={user: limits(own) for user, own in fields["users"].items()},
    )


def limits(fields: dict) -> Limits:
    return Limits(fields["messagesPerHour"], fields["recipientsPerDay"])
