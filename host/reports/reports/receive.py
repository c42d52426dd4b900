"""Takes a report that another mail server has sent (DMARC, RFC 9990; TLS, RFC 8460): Postfix hands over the message.

usage: receive.py < message

Whatever is wrong with a report is its sender's affair: it is noted and the message taken, because a bounce of it would
go to somebody who can't mend it, or to a stranger. Only when nothing can be written is it tried again later.
"""

import resource
import sys

import dmarc
import parts
import store
import tlsrpt
from parts import Unreadable

TAKEN, LATER = 0, 75  # sysexits.h, as pipe(8) reads them
MESSAGE_MAX = 20_000_000
MEMORY_MAX = 400_000_000
SECONDS_MAX = 60


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_MAX, SECONDS_MAX))
    message = sys.stdin.buffer.read(MESSAGE_MAX + 1)
    try:
        store.keep(read(message))
    except OSError as error:
        print(f"the report can't be kept: {error}")
        return LATER
    return TAKEN


def read(message: bytes) -> list[dict]:
    """What the message reports, ready to be kept."""
    try:
        if len(message) > MESSAGE_MAX:
            raise Unreadable(f"the message is larger than {MESSAGE_MAX} bytes")
        documents = parts.documents(message)
        if not documents:
            raise Unreadable("there is no report in the message")
        return [tlsrpt.parse(text) if text.lstrip()[:1] == b"{" else dmarc.parse(text) for text in documents]
    except (Unreadable, MemoryError, RecursionError) as error:
        return [{"kind": "unreadable", "why": str(error)[:200] or type(error).__name__}]


if __name__ == "__main__":
    sys.exit(main())
