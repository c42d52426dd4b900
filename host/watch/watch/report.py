"""The daily report: what somebody wants to know of the mail server before the first coffee, most pressing first."""

import email.message
import time
from collections.abc import Callable, Iterable

import letters
from measures import Measures
from tally import Counts

TOP = 10
# A disk or an end that is nearer than this is worth a line of its own at the top.
DISK_PERCENT = 85
QUEUE_SECONDS = 4 * 3600
CERTIFICATE_DAYS = 14
MEMORY_PERCENT = 5
NOTHING = "Nothing to report: no mail, no refusals, no failed logins, and the host is as it should be."


def text(
    since: float,
    counts: Counts,
    now: Measures,
    bans: dict[str, int] | None,
    storage: dict[str, int],
    more: Iterable[str] = (),
) -> str:
    """@param more further sections, each ready to be read"""
    sections = [
        attention(now),
        traffic(counts),
        table("Refused, by reason", counts.rejected),
        table(f"Top senders (messages sent by users, at most {TOP})", counts.senders, TOP, letters.named),
        table("What the filter decided", counts.judged),
        table("Failed logins", counts.failed_logins),
        table("Addresses banned in this time, by jail", bans or {}),
        *more,
    ]
    said = [section for section in sections if section]
    period = f"From {stamp(since)} to {stamp(now.at)}"
    return "\n\n".join([period, *(said or [NOTHING]), host(now), table_of_bytes("Storage by mailbox", storage)]).rstrip()


def attention(now: Measures) -> str:
    lines = [*now.warnings]
    if now.state not in ("ready", None):
        lines.append(f"the host is not ready: its state is {now.state}")
    for name, disk in now.disks.items():
        if disk.percent >= DISK_PERCENT:
            lines.append(f"the disk {name} is {disk.percent:.0f} % full, {size(disk.free)} are left")
    if now.queue is None:
        lines.append("Postfix does not tell what is in its queue")
    elif (waited := now.queue_seconds or 0) >= QUEUE_SECONDS:
        lines.append(f"mail waits in the queue since {duration(waited)}: see `postqueue -p`")
    days = now.days_left("host")
    if days is not None and days < CERTIFICATE_DAYS:
        ends = f"ends in {days:.0f} days" if days > 0 else f"ended {-days:.0f} days ago"
        lines.append(f"the host's certificate {ends}")
    memory = now.memory
    if memory and memory["available"] * 100 < memory["total"] * MEMORY_PERCENT:
        lines.append(f"only {size(memory['available'])} of memory are available")
    # One line each, whatever others have put into them.
    return block("Needs attention", [" ".join(line.split())[:300] for line in lines])


def traffic(counts: Counts) -> str:
    received, sizes = counts.received, counts.bytes
    rows = [
        ("received from other servers", received.get("internet", 0), sizes.get("internet", 0)),
        ("sent by users", received.get("users", 0), sizes.get("users", 0)),
        ("by the host itself (bounces, reports)", received.get("host", 0), sizes.get("host", 0)),
    ]
    outcomes = [
        ("delivered to mailboxes", counts.delivered.get("mailbox", 0)),
        ("delivered to other servers", counts.delivered.get("internet", 0)),
        ("taken as reports of others", counts.delivered.get("reports", 0)),
        ("returned to their senders", sum(counts.bounced.values())),
        ("attempts that are made again later", sum(counts.deferred.values())),
        ("refused at the door", sum(counts.rejected.values())),
    ]
    messages = [f"{number:>8}  {name}, {size(amount)}" for name, number, amount in rows if number]
    results = [f"{number:>8}  {name}" for name, number in outcomes if number]
    return "\n\n".join(filter(None, [block("Messages", messages), block("Recipients", results)]))


def host(now: Measures) -> str:
    lines = []
    if now.queue is not None:
        waiting = now.queue["messages"]
        oldest = f", the oldest since {duration(now.queue_seconds or 0)}" if waiting else ""
        lines.append(f"queue         {messages_of(waiting)}{oldest}")
    for name, title in (("host", "certificate"), ("web", "web names")):
        if (days := now.days_left(name)) is not None:
            lines.append(f"{title:<13} " + (f"{days:.0f} days left" if days > 0 else f"ended {-days:.0f} days ago"))
    for name, disk in now.disks.items():
        lines.append(f"disk {name:<8} {disk.percent:.0f} % full, {size(disk.free)} free")
    if memory := now.memory:
        swapped = memory.get("swap", 0) - memory.get("swap_free", 0)
        swap = f", {size(swapped)} swapped out" if swapped else ""
        lines.append(f"memory        {size(memory['available'])} of {size(memory['total'])} available{swap}")
    if now.bans is not None:
        lines.append(f"bans          {sum(now.bans.values())} addresses are banned now")
    return block("The host", lines)


def messages_of(number: int) -> str:
    return "empty" if number == 0 else f"{number} message{'' if number == 1 else 's'}"


def table(
    title: str, counts: dict[str, int], most: int | None = None, shown: Callable[[str], str] = str
) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return block(title, [f"{number:>8}  {shown(printable(name))}" for name, number in ordered if number])


def table_of_bytes(title: str, sizes: dict[str, int]) -> str:
    ordered = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"{size(amount):>9}  {printable(name)}" for name, amount in ordered[:TOP]]
    if len(ordered) > TOP:
        rest = sum(amount for _, amount in ordered[TOP:])
        lines.append(f"{size(rest):>9}  {len(ordered) - TOP} others")
    return block(title, lines)


def block(title: str, lines: list[str]) -> str:
    return "\n".join([title, *(f"  {line}" for line in lines)]) if lines else ""


def printable(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)[:100]


def size(amount: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def duration(seconds: float) -> str:
    for length, unit in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= length:
            number = int(seconds // length)
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "less than a minute"


def stamp(when: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(when))


def message(body: str, now: float) -> email.message.EmailMessage:
    day = time.strftime("%Y-%m-%d", time.gmtime(now))
    return letters.to_postmaster(f"daily report of {day}", f"{body}\n", now)
