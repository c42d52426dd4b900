"""Takes a report that another mail server has sent (DMARC, RFC 9990; TLS, RFC 8460): Postfix hands over the message.

usage: receive.py < message        takes it
       receive.py read < message   prints what it reports

Whatever is wrong with a report is its sender's affair: it is noted and the message taken, because a bounce of it would
go to somebody who can't mend it, or to a stranger. Only when nothing can be written is it tried again later.

It is read by a process of its own: one that uses up its time or memory, or ends in whatever way, is a note like others.
"""

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence

import dmarc
import parts
import store
import tlsrpt
from parts import Unreadable

TAKEN, LATER = 0, 75  # sysexits.h, as pipe(8) reads them
MESSAGE_MAX = 20_000_000
MEMORY_MAX = 400_000_000
# Of the processor; the largest report takes a few.
SECONDS_MAX = 20
READER = (sys.executable, "-B", __file__, "read")


def main(command: str = "") -> int:
    if command == "read":
        limit()
        print(json.dumps(read(sys.stdin.buffer.read(MESSAGE_MAX + 1))))
        return 0
    try:
        store.keep(ask(READER))
    except OSError as error:
        print(f"the report can't be kept: {error}")
        return LATER
    return TAKEN


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    # By the first of the two it ends with a signal that says why.
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX + 1))


def ask(reader: Sequence[str]) -> list[dict]:
    """What a reader prints of the message, ready to be kept.

    @raises OSError if it can't be started
    """
    ended = subprocess.run(reader, capture_output=True)
    if ended.returncode == 0:
        return json.loads(ended.stdout)
    if ended.returncode == -signal.SIGXCPU:
        return unreadable(f"reading it took more than {SECONDS_MAX} seconds")
    words = ended.stderr[-150:].decode(errors="replace").strip()
    return unreadable(f"the reader ended with {ended.returncode}: {words}")


def read(message: bytes) -> list[dict]:
    """What the message reports."""
    try:
        if len(message) > MESSAGE_MAX:
            raise Unreadable(f"the message is larger than {MESSAGE_MAX} bytes")
        documents = parts.documents(message)
        if not documents:
            raise Unreadable("there is no report in the message")
        return [tlsrpt.parse(text) if text.lstrip()[:1] == b"{" else dmarc.parse(text) for text in documents]
    except Unreadable as error:
        return unreadable(str(error))
    # Which errors the parsers of the library know is theirs to decide, and strangers try them all.
    except Exception as error:
        return unreadable(f"{type(error).__name__}: {error}")


def unreadable(why: str) -> list[dict]:
    return [{"kind": "unreadable", "why": why[:200]}]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
