"""When to renew, when to try again and when to raise the alarm. Times are seconds; nothing here looks at a clock."""

HOUR = 3600
DAY = 24 * HOUR

RENEW_AFTER = 2 / 3  # of the lifetime, as Let's Encrypt advises

# Let's Encrypt counts five failures a name and hour: these are four.
REFUSED_DELAYS = [60, 300, 900, HOUR, 2 * HOUR, 4 * HOUR]


def is_due(start: float, end: float, now: float) -> bool:
    return now > start + (end - start) * RENEW_AFTER


def alarm_time(start: float, end: float) -> float:
    """From when on somebody must know that it has not been renewed: 20 days before the end of a long one, 14 days
    before that of one of 45 days, in proportion for those that live for days."""
    lifetime = end - start
    return end - (20 * DAY if lifetime > 60 * DAY else min(14 * DAY, lifetime * 14 / 45))


def retry_delay(kind: str, failures: int) -> float:
    """How long a certificate is left alone after its nth failure in a row.

    What the authority has not seen costs nothing; the service is started again in ever longer intervals anyway.
    """
    if kind == "refused":
        return REFUSED_DELAYS[min(failures, len(REFUSED_DELAYS)) - 1]
    if kind == "limited":
        return 4 * HOUR
    return 0
