"""The host's numbers as Prometheus reads them."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

import reasons
from measures import Measures
from tally import ACTIONS, Counts

COUNTERS = [
    ("received", "mailserver_messages_received", "Messages accepted, by where they came from.", "origin"),
    ("bytes", "mailserver_received_bytes", "Size of the messages accepted.", "origin"),
    ("delivered", "mailserver_deliveries", "Recipients that messages were delivered to.", "to"),
    ("deferred", "mailserver_deferrals", "Attempts at delivery that are made again later.", "to"),
    ("bounced", "mailserver_bounces", "Recipients that a message was returned for.", "to"),
    ("rejected", "mailserver_rejections", "Refusals at the door, by reason.", "reason"),
    ("judged", "mailserver_filter_decisions", "Messages by what the filter decided.", "action"),
    ("logins", "mailserver_logins", "Logins, by service.", "service"),
    ("failed_logins", "mailserver_failed_logins", "Logins with a wrong name or password.", "service"),
]
# A series that begins with its first event hides that event from rate().
ALWAYS = {
    "received": ["internet", "users", "host"],
    "bytes": ["internet", "users", "host"],
    "delivered": ["mailbox", "internet"],
    "deferred": ["mailbox", "internet"],
    "bounced": ["mailbox", "internet"],
    "rejected": reasons.REASONS,
    "judged": ACTIONS,
    "logins": ["imap"],
    "failed_logins": ["submission", "imap"],
}
STATES = ["applying", "ready", "failed"]


class Collector:
    def __init__(self, counts: Counts, measures: Measures) -> None:
        self._counts, self._measures = counts, measures

    def collect(self) -> Iterator[Metric]:
        for field, name, text, label in COUNTERS:
            family = CounterMetricFamily(name, text, labels=[label])
            for value, number in (dict.fromkeys(ALWAYS[field], 0) | getattr(self._counts, field)).items():
                family.add_metric([value], number)
            yield family
        yield from self._gauges()

    def _gauges(self) -> Iterator[Metric]:
        now = self._measures
        yield gauge("mailserver_observed_timestamp_seconds", "When these numbers were taken.", now.at)
        if now.queue:
            yield gauge("mailserver_queue_messages", "Messages that wait in the queue.", now.queue["messages"])
            yield gauge(
                "mailserver_queue_oldest_seconds", "How long the oldest message has waited.", now.queue_seconds
            )
        yield labelled(
            "mailserver_certificate_not_after_seconds",
            "When the host's certificate ends, and the first of the domains' ones.",
            "certificate",
            now.certificates,
        )
        for name, text in (("total", "Size"), ("used", "Used part"), ("free", "What mail can still use")):
            values = {disk: getattr(sizes, name) for disk, sizes in now.disks.items()}
            yield labelled(f"mailserver_disk_{name}_bytes", f"{text} of the disk.", "disk", values)
        for name, value in now.memory.items():
            yield gauge(f"mailserver_memory_{name}_bytes", f"Memory of the machine: {name.replace('_', ' ')}.", value)
        yield gauge("mailserver_warnings", "Warnings in the host's status.", len(now.warnings))
        if now.state:
            states = {state: int(state == now.state) for state in STATES}
            yield labelled("mailserver_state", "1 for the state that the host is in.", "state", states)
        if now.bans is not None:
            yield gauge("mailserver_banned_addresses", "Addresses that are banned now.", sum(now.bans.values()))


def gauge(name: str, text: str, value: float | None) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def labelled(name: str, text: str, label: str, values: dict) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def render(counts: Counts, measures: Measures) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Collector(counts, measures))
    return generate_latest(registry)
