"""Tells the postmaster, once a day for each user, of one who has reached a limit: it may not be the user who sends."""

import email.message
import threading

import letters
from ledger import Ledger
from settings import Settings

# So many of the addresses are told one by one.
TOLD = 20

_lock = threading.Lock()


def sound(settings: Settings, ledger: Ledger, user: str, now: float) -> None:
    with _lock:
        if ledger.is_told(user, now):
            return
        ledger.tell(user, now)
    try:
        letters.send(message(settings, ledger, user, now))
    except OSError as error:
        ledger.untell(user)
        print(f"the alarm could not be mailed: {error}", flush=True)


def message(settings: Settings, ledger: Ledger, user: str, now: float) -> email.message.EmailMessage:
    return letters.to_postmaster(f"{user} has reached a limit of sending", text(settings, ledger, user, now), now)


def text(settings: Settings, ledger: Ledger, user: str, now: float) -> str:
    messages, recipients = ledger.usage(user, now)
    limits = settings.limits(user)
    return f"""\
{letters.named(user)} has reached a limit, and further mail is refused until the limit opens
again by itself:

    {messages} messages within the last hour, of {limits.messages_per_hour} (messagesPerHour)
    {recipients} recipients within the last day, of {limits.recipients_per_day} (recipientsPerDay)

sent from
{addresses(ledger.clients(user))}

If this is not the user, somebody else knows the password. Change it: make a
hash of a new one with
    npx mailserver password
declare that for {user} in mailserver:mailboxes, and run
    pulumi up
If it is, and rightly so, raise the user's limits: sendLimits of the mailbox.

This mail comes once a day as long as mail is refused.
"""


def addresses(clients: list[tuple[str, int, int]]) -> str:
    lines = [f"    {client or 'an unknown address'}: {sent} sent, {refused} refused" for client, sent, refused in clients]
    more = len(lines) - TOLD
    return "\n".join(lines[:TOLD] + ([f"    and {more} more addresses"] if more > 0 else []))
