"""Reports on TLS to the domains that ask for them (RFC 8460).

usage: main.py collect   takes in what Postfix tells, until there is no more for a while; started by its socket
       main.py report    sends the reports that are due
       main.py check     says what is wrong with the configuration
"""

import random
import sys
import time

import collect
import settings
from deliver import deliver, destinations
from journal import Journal
from report import packed, report
from reporting import words
from settings import Settings


def main(command: str) -> int:
    declared = settings.load()
    if command == "collect":
        collect.collect(declared)
    elif command == "report":
        return send(declared, time.time())
    elif command != "check":
        sys.exit(__doc__)
    return 0


def send(declared: Settings, now: float) -> int:
    """@returns 1 if a report could not be sent, which is tried again the next time"""
    journal = Journal(declared.state)
    journal.forget(now)
    failed = 0
    due = [(day, domain, uri) for day, domain, record in journal.due(now) for uri in destinations(record)]
    wanted = [one for one in due if not journal.is_delivered(*one)]
    # In another order each time: who takes long to answer is not always in front of the others.
    for day, domain, destination in random.sample(wanted, len(wanted)):
        try:
            content = packed(report(declared, day, domain, journal.counted(day, domain)))
            deliver(declared, destination, day, domain, content)
        # Whatever comes of one domain's record, the others get their reports.
        except Exception as error:
            print(f"{domain} of {day} to {destination}: {words(error)}", flush=True)
            failed = 1
        else:
            journal.deliver(day, domain, destination)
    journal.close()
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
