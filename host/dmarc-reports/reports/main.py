"""Reports on mail in others' names to the domains that ask for them (DMARC, RFC 9990).

usage: main.py report    sends the reports that are due
       main.py check     says what is wrong with the configuration
"""

import sys
import time

import settings
from counted import Counts, Redis, days_due
from deliver import deliver
from dns import ask
from policy import Ask, Unknown, destinations, published
from report import report
from reporting import packed
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
        for domain, counts in redis.counted(day).items():
            try:
                send_one(declared, redis, day, domain, counts, question)
            except Unknown as name:
                # Who can't be asked now can be the next time, for as long as the day is known.
                print(f"{domain} of {day}: the name servers do not answer for {name}", flush=True)
            except OSError as error:
                print(f"{domain} of {day}: {error}", flush=True)
                failed = 1
    return failed


def send_one(declared: Settings, redis: Redis, day: str, domain: str, counts: Counts, question: Ask) -> None:
    record = published(domain, question)
    if record is None:
        return
    for address in destinations(domain, record, question):
        if not redis.is_delivered(day, domain, address):
            deliver(declared, address, day, domain, packed(report(declared, day, domain, record, counts)))
            redis.deliver(day, domain, address)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
