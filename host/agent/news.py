"""Whether a status is worth writing again. Nothing here looks at a clock."""

import datetime

QUEUE_PAUSE_SECONDS = 300
SIGN_OF_LIFE_SECONDS = 12 * 3600  # so that one of days ago tells that the agent is gone


def is_news(said: dict, now: float, before: dict | None, then: float) -> bool:
    """@param before what was written, `then`; both times in seconds since 1970.

    The queue is never the same for long. It is news when it gets or loses its first message, becomes ten times as long
    or short, or its oldest message has waited for another whole hour; and then only some minutes after what was written
    last.
    """
    if before is None or but_for_queue(said) != but_for_queue(before):
        return True
    # A clock that was set right may have gone back.
    elapsed = abs(now - then)
    if elapsed >= SIGN_OF_LIFE_SECONDS:
        return True
    return elapsed >= QUEUE_PAUSE_SECONDS and gist(said["queue"], now) != gist(before["queue"], then)


def but_for_queue(said: dict) -> dict:
    return {key: value for key, value in said.items() if key != "queue"}


def gist(queue: dict | None, now: float) -> tuple[int, int] | None:
    """Digits of the number of messages, and whole hours that the oldest has waited; (0, 0) of an empty queue."""
    if queue is None:
        return None
    if queue["oldest"] is None:
        return 0, 0
    waited = now - datetime.datetime.fromisoformat(queue["oldest"]).timestamp()
    return len(str(queue["messages"])), int(waited // 3600)
