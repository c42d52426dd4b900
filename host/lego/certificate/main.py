"""Keeps the certificates in force: the bootstrap one until the authority has issued others, renewed in time.

usage: main.py place     puts the best certificates there are where the services read them
       main.py install   the same, and has the services read those that are others than before
       main.py obtain    has the authority issue those that are due, installs them, and tells who must know
"""

import sys
import traceback

import alarm
import authority
import reach
import report
import settings
import sites
from settings import Settings
from sites import Site

# Each batch is in force before the next one is begun.
BATCH = 20


def main(command: str) -> int:
    if command == "place":
        sites.place(settings.load())
    elif command == "install":
        install(settings.load())
    elif command == "obtain":
        return obtain()
    else:
        sys.exit(__doc__)
    return 0


def install(declared: Settings) -> None:
    sites.install(declared)
    report.publish(declared)


def obtain() -> int:
    """@returns 1 as long as not everything is as declared"""
    while True:
        before = settings.CONFIGURATION.read_bytes()
        declared = settings.load()
        try:
            keep(declared)
        except Exception:
            said = traceback.format_exc()
            print(said, flush=True)
            sites.host(declared).own.fail("broken", said.strip().splitlines()[-1])
        alarm.sound(declared)
        report.publish(declared)
        # Another bundle may have come meanwhile.
        if settings.CONFIGURATION.read_bytes() == before:
            return 1 if any(site.trouble for site in sites.every(declared)) else 0


def keep(declared: Settings) -> None:
    """The host's own certificate first: without it there is no mail."""
    install(declared)
    host = sites.host(declared)
    if not sites.declare(declared, host):
        return
    renew(declared, [host])
    former = host.in_force
    if former and former is not host.own and former.is_due() and former.may_try():
        # The authority does not issue for the new key, and what is in force must not run out meanwhile.
        authority.issue(declared, former, host.names)
        sites.install(declared)
    web = sites.web(declared)
    for first in range(0, len(web), BATCH):
        renew(declared, web[first : first + BATCH])
    sites.tidy(declared)


def renew(declared: Settings, wanted: list[Site]) -> None:
    candidates = [site for site in wanted if site.may_try()]
    if not candidates:
        return
    reach.look(declared, candidates, lambda: report.publish(declared))
    due = [site for site in candidates if site.is_due()]
    if due:
        authority.issue_all(declared, due, lambda: report.publish(declared))
    install(declared)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
