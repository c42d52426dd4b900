"""Postfix's questions about a message that a user submits (SMTPD_POLICY_README), and the answers."""

import time
from collections.abc import Iterator
from typing import BinaryIO

import alarm
from ledger import Ledger, Refusal
from settings import Settings

# Asked before the message is transferred, for it need not be, and again when it is there: only then it counts.
QUESTIONS = {"DATA": False, "END-OF-MESSAGE": True}
GO_ON = "DUNNO"


class Policy:
    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self._settings = settings
        self._ledger = ledger

    def converse(self, reader: BinaryIO, writer: BinaryIO) -> None:
        for request in requests(reader):
            now = time.time()
            user = request.get("sasl_username", "").lower()
            action, refused = self.answer(user, request, now)
            writer.write(f"action={action}\n\n".encode())
            writer.flush()
            if refused:
                alarm.sound(self._settings, self._ledger, user, now)

    def answer(self, user: str, request: dict[str, str], now: float) -> tuple[str, bool]:
        """What Postfix is to do (access(5)), and whether that is to refuse."""
        state = request.get("protocol_state", "")
        if not user or state not in QUESTIONS:
            return GO_ON, False
        recipients = int(request["recipient_count"])
        client = request.get("client_address", "")
        limits = self._settings.limits(user)
        refusal = self._ledger.judge(user, recipients, client, limits, now, QUESTIONS[state])
        return (words(user, recipients, refusal), True) if refusal else (GO_ON, False)


def requests(reader: BinaryIO) -> Iterator[dict[str, str]]:
    """Attributes, a line each, up to an empty one."""
    request: dict[str, str] = {}
    for line in reader:
        text = line.decode(errors="replace").rstrip("\n")
        if text:
            name, _, value = text.partition("=")
            request[name] = value
        else:
            yield request
            request = {}


def words(user: str, recipients: int, refusal: Refusal) -> str:
    if refusal.limit == "messagesPerHour":
        return (
            f"450 4.7.1 {user} has sent {refusal.used} messages within an hour and may send {refusal.allowed}"
            f" ({refusal.limit}); the next one is taken from {moment(refusal.opens)} on"
        )
    if refusal.opens is None:
        return (
            f"550 5.7.1 This message has {recipients} recipients, and {user} may write to {refusal.allowed}"
            f" a day ({refusal.limit})"
        )
    return (
        f"450 4.7.1 {user} has written to {refusal.used} recipients within a day and may write to {refusal.allowed}"
        f" ({refusal.limit}); this message, which has {recipients}, is taken from {moment(refusal.opens)} on"
    )


def moment(when: float | None) -> str:
    """In whole seconds, and not before."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(-(-(when or 0) // 1)))
