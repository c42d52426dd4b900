"""Reports on mail in others' names to the domains that ask for them (DMARC, RFC 9990).

usage: main.py report    sends the reports that are due
       main.py check     says what is wrong with the configuration
"""

import random
import sys
import time

import settings
from counted import Redis, days_due
from deliver import deliver
from dns import ask
from policy import Ask, Unknown, destinations, published
from report import report
from reporting import packed, words
from settings import Settings


def main(command: str) -> int:
    declared = settings.load()
    if command == "report":
        return send(declared, time.time())
    if command != "check":
        sys.exit(__doc__)
    return 0


def send(declared: Settings, now: float, question: Ask = ask) -> int:
    """@returns 1 if a report could not be sent, which is tried again the next time"""
    redis = Redis(declared)
    failed = 0
    for day in days_due(now):
        delivered = redis.delivered(day)
        wanted = [one for one in redis.domains(day).items() if one[0] not in delivered]
        # In another order each time: whose name servers take long are not always in front of the others.
        for domain, keys in random.sample(wanted, len(wanted)):
            try:
                send_one(declared, redis, day, domain, keys, delivered, question)
                redis.deliver(day, domain)
            except Unknown as name:
                # Who can't be asked now can be the next time, for as long as the day is known.
                print(f"{domain} of {day}: the name servers do not answer for {name}", flush=True)
            # Whatever comes of one domain's record, the others get their reports.
            except Exception as error:
                print(f"{domain} of {day}: {words(error)}", flush=True)
                failed = 1
    return failed


def send_one(
    declared: Settings, redis: Redis, day: str, domain: str, keys: list[str], delivered: set[str], question: Ask
) -> None:
    """@param delivered what Redis knew of the day before"""
    counts = redis.counted(keys)
    record = published(domain, question)
    if record is None or not counts:
        return
    for address in destinations(domain, record, question):
        if f"{domain} {address}" not in delivered:
            deliver(declared, address, day, domain, packed(report(declared, day, domain, record, counts)))
            redis.deliver(day, f"{domain} {address}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
