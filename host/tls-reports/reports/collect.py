"""Takes in what Postfix tells of each TLS session, a datagram of libtlsrpt, until there is no more for a while."""

import json
import socket
import time

from journal import Journal
from settings import Settings

PASSED = 3  # the first descriptor that systemd passes on, sd_listen_fds(3)
IDLE_SECONDS = 60
LONGEST = 65_536


def collect(settings: Settings, listener: socket.socket | None = None, idle: float = IDLE_SECONDS) -> None:
    listener = listener or socket.socket(fileno=PASSED)
    listener.settimeout(idle)
    journal = Journal(settings.state)
    try:
        while True:
            take(journal, listener.recv(LONGEST))
    except TimeoutError:
        journal.close()


def take(journal: Journal, datagram: bytes) -> None:
    try:
        journal.note(json.loads(datagram), time.time())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"not understood: {error!r}: {datagram[:200]!r}", flush=True)
