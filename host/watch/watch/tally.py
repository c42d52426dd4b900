"""Counts what the lines of the mail programs tell. Whatever is in them was chosen by others: it is only counted."""

import re
from dataclasses import asdict, dataclass, field

import reasons
from journal import Line

# Of messages that are under way, and of senders in a period; a flood must not fill the disk.
UNDER_WAY_MAX = 20_000
SENDERS_MAX = 500
OTHERS = "(others)"

QUEUE_ID = r"(?P<id>[0-9A-Za-z]{6,20})"
CLIENT = re.compile(rf"{QUEUE_ID}: client=[^,]*(?P<user>.*, sasl_username=(?P<name>[^\s,]+))?")
PICKED_UP = re.compile(rf"{QUEUE_ID}: uid=\d+ from=<")
ACTIVE = re.compile(rf"{QUEUE_ID}: from=<(?P<sender>.*)>, size=(?P<size>\d+), nrcpt=\d+ \(queue active\)$")
EXPIRED = re.compile(rf"{QUEUE_ID}: from=<.*>, status=(?:force-)?expired, returned to sender")
REMOVED = re.compile(rf"{QUEUE_ID}: removed")
DELIVERY = re.compile(rf"{QUEUE_ID}: to=<.*, status=(?P<status>sent|deferred|bounced) \(")
REFUSED = re.compile(r"(?:NOQUEUE|[0-9A-Za-z]{6,20}): (?:milter-)?reject: [A-Z-]+ from \S+: (?P<answer>.*)")
UNFRIENDLY = re.compile(r"; from=<.*")
ADDRESS = re.compile(r"<[^>]*>")
LOGIN_FAILED = re.compile(r"warning: \S+: SASL \S+ authentication failed")
JUDGED = re.compile(r"rspamd_task_write_log: .*?\((?:default): \w? ?\((?P<action>[a-z ]+)\)")
DOVECOT_LOGIN = re.compile(r"(?P<service>imap|managesieve|pop3)-login: (?:Logged in|Login): user=<[^>]+>")
DOVECOT_FAILED = re.compile(r"(?P<service>imap|managesieve|pop3)-login: .*\(auth failed, (?P<times>\d+) attempts?")

ACTIONS = ["no action", "greylist", "add header", "rewrite subject", "soft reject", "reject", "quarantine", "discard"]
AGENTS = {"lmtp": "mailbox", "smtp": "internet", "relay": "internet", "pipe": "reports", "virtual": "mailbox"}


@dataclass
class Counts:
    """Numbers of things by what they are. All but `senders` have few possible names."""

    received: dict[str, int] = field(default_factory=dict)
    """Messages accepted, by origin: `internet`, `users`, `host`."""
    bytes: dict[str, int] = field(default_factory=dict)
    delivered: dict[str, int] = field(default_factory=dict)
    """Recipients reached: `mailbox`, `internet`, `reports`."""
    deferred: dict[str, int] = field(default_factory=dict)
    """Attempts that are made again later."""
    bounced: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    """Refused at the door, by reason."""
    judged: dict[str, int] = field(default_factory=dict)
    """By what the filter decided."""
    logins: dict[str, int] = field(default_factory=dict)
    failed_logins: dict[str, int] = field(default_factory=dict)
    senders: dict[str, int] = field(default_factory=dict)
    """Messages by the user who sent them."""


NAMES = list(Counts.__dataclass_fields__)


def add(counts: dict[str, int], name: str, number: int = 1) -> None:
    counts[name] = counts.get(name, 0) + number


class Tally:
    """Since the first line ever (`total`, without senders), and since the last report (`period`)."""

    def __init__(self, total: dict | None = None, period: dict | None = None, under_way: dict | None = None) -> None:
        self.total = Counts(**(total or {}))
        self.period = Counts(**(period or {}))
        self.under_way: dict[str, dict] = under_way or {}

    def contents(self) -> dict:
        return {"total": asdict(self.total), "period": asdict(self.period), "under_way": self.under_way}

    def count(self, what: str, name: str, number: int = 1) -> None:
        for counts in (self.total, self.period):
            add(getattr(counts, what), name, number)

    def see(self, line: Line) -> None:
        if line.program.startswith("postfix/"):
            self._see_postfix(line.program.split("/")[1:], line.text)
        elif line.program == "rspamd":
            if judged := JUDGED.search(line.text):
                action = judged["action"]
                self.count("judged", action if action in ACTIONS else reasons.OTHER)
        elif line.program == "dovecot":
            self._see_dovecot(line.text)

    def _see_postfix(self, path: list[str], text: str) -> None:
        program = path[-1]
        # What is forwarded goes through the host once more, to get another sender.
        is_again = path[0] == "srs"
        if is_again and program == "smtpd":
            if found := CLIENT.match(text):
                self._note(found["id"], "host", None)["counted"] = True
        elif found := REFUSED.match(text):
            # Without what the other side has said: a sender named spam@ is no spam.
            self.count("rejected", reasons.of(ADDRESS.sub("", UNFRIENDLY.sub("", found["answer"]))))
        elif program == "smtpd":
            if found := CLIENT.match(text):
                self._note(found["id"], "users" if found["user"] else "internet", found["name"])
            elif LOGIN_FAILED.match(text):
                self.count("failed_logins", "submission")
        elif program == "cleanup":
            # The filter refused it, or the client went away.
            if found := REMOVED.match(text):
                self.under_way.pop(found["id"], None)
        elif program == "pickup":
            if found := PICKED_UP.match(text):
                self._note(found["id"], "host", None)
        elif program == "qmgr":
            self._see_queue(text)
        elif program in ("lmtp", "smtp", "pipe", "virtual", "error", "retry") or path[0] == "relay":
            found = DELIVERY.match(text)
            if found and not (is_again and found["status"] == "sent"):
                what = {"sent": "delivered"}.get(found["status"], found["status"])
                self.count(what, AGENTS.get(program, "internet"))

    def _see_queue(self, text: str) -> None:
        if found := ACTIVE.match(text):
            # A bounce and the like have neither a client nor a user.
            known = self.under_way.get(found["id"]) or self._note(found["id"], "host", None)
            if not known.get("counted"):
                known["counted"] = True
                self.count("received", known["origin"])
                self.count("bytes", known["origin"], int(found["size"]))
                if known["user"]:
                    self._count_sender(known["user"])
        elif found := REMOVED.match(text):
            self.under_way.pop(found["id"], None)
        elif EXPIRED.match(text):
            self.count("bounced", "expired")

    def _see_dovecot(self, text: str) -> None:
        if found := DOVECOT_FAILED.match(text):
            self.count("failed_logins", found["service"], int(found["times"]))
        elif found := DOVECOT_LOGIN.match(text):
            self.count("logins", found["service"])

    def _note(self, queue_id: str, origin: str, user: str | None) -> dict:
        while len(self.under_way) >= UNDER_WAY_MAX:
            self.under_way.pop(next(iter(self.under_way)))
        known = self.under_way[queue_id] = {"origin": origin, "user": user}
        return known

    def _count_sender(self, user: str) -> None:
        senders = self.period.senders
        add(senders, user if user in senders or len(senders) < SENDERS_MAX else OTHERS)
