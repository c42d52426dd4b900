"""Tells the postmaster, once a day for each user, of one who has reached a limit: it may not be the user who sends."""

import email.message
import email.utils
import subprocess
import threading

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
    mail = message(settings, ledger, user, now)
    sent = subprocess.run(["sendmail", "-t", "-i"], input=mail.as_bytes(), capture_output=True)
    if sent.returncode != 0:
        ledger.untell(user)
        print(f"the alarm could not be mailed: {sent.stderr.decode(errors='replace').strip()}", flush=True)


def message(settings: Settings, ledger: Ledger, user: str, now: float) -> email.message.EmailMessage:
    mail = email.message.EmailMessage()
    mail["From"] = f"Mail server {settings.hostname} <{settings.sender}>"
    mail["To"] = settings.postmaster
    mail["Subject"] = f"{settings.hostname}: {user} has reached a limit of sending"
    mail["Date"] = email.utils.formatdate(now)
    mail["Message-ID"] = email.utils.make_msgid(domain=settings.hostname)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text(settings, ledger, user, now), cte="8bit")
    return mail


def text(settings: Settings, ledger: Ledger, user: str, now: float) -> str:
    messages, recipients = ledger.usage(user, now)
    limits = settings.limits(user)
    return f"""\
{user} has reached a limit, and further mail is refused until the limit opens
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
