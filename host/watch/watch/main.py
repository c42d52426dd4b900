"""Watches the mail server: counts what its programs log, measures the host, and tells.

usage: main.py observe   counts what is new and writes the metrics
       main.py report    prints the report of the time since the last one was mailed
       main.py mail      mails that report to the postmaster and begins another
"""

import fcntl
import sys
import time
from contextlib import contextmanager

import cloudwatch
import exposition
import letters
import measures
import others
import report
import settings
import state
from measures import Measures
from settings import Settings
from state import State


def main(command: str) -> None:
    with alone():
        known, declared = state.load(settings.STATE), settings.load()
        known.catch_up()
        if command == "observe":
            state.save(settings.STATE, known)
            observe(known, declared)
        elif command == "report":
            state.save(settings.STATE, known)
            print(compose(known, declared, measures.take(declared)))
        elif command == "mail":
            mail(known, declared)
        else:
            sys.exit(__doc__)


@contextmanager
def alone():
    """One at a time: two that count the same lines would count them twice."""
    settings.STATE.parent.mkdir(mode=0o700, exist_ok=True)
    with open(settings.STATE.with_name("lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def observe(known: State, declared: Settings) -> None:
    now = measures.take(declared)
    state.write(settings.METRICS, exposition.render(known.tally.total, now), 0o644)
    if declared.namespace:
        cloudwatch.put(declared.namespace, declared.hostname, now)


def mail(known: State, declared: Settings) -> None:
    now = measures.take(declared)
    # Where Postfix does not take it, the period goes on, and tomorrow's mail tells of both days.
    letters.send(report.message(compose(known, declared, now), now.at))
    known.begin_period(time.time())
    state.save(settings.STATE, known)


def compose(known: State, declared: Settings, now: Measures) -> str:
    bans = measures.bans_since(declared.bans, known.since)
    told = others.sections(known.since, others.read(others.FOLDER))
    return report.text(known.since, known.tally.period, now, bans, measures.storage(settings.MAIL), told)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
