"""The modules of the reports, a folder of their own for each test, and a sendmail that only keeps what it is given."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

HOST = os.path.join(os.path.dirname(__file__), "../../../../host")
sys.path.insert(0, os.path.join(HOST, "tls-reports/reports"))
sys.dont_write_bytecode = True

from journal import Journal  # noqa: E402
from settings import Settings  # noqa: E402

DAY = 24 * 3600
NOON = 1_800_014_400.0  # 2027-01-15 12:00 UTC
RECORD = "v=TLSRPTv1; rua=mailto:reports@peer.test"

SENDMAIL = """#!/bin/sh
[ -e "$FAKE_HOME/refuse" ] && { echo "mail system is down" >&2; exit 75; }
echo "$@" >>"$FAKE_HOME/called"
cat >"$FAKE_HOME/mail.$$"
"""


def session(failure: dict | None = None, domain: str = "peer.test", record: str = RECORD, kind: int = 2) -> dict:
    """As libtlsrpt writes it."""
    policy = {"policy-type": kind, "policy-domain": domain, "policy-string": ["mode: enforce"], "mx-host": ["mx.peer.test"]}
    details = [failure] if failure else []
    told = policy | ({"failure-details": details} if details else {}) | {"t": len(details), "f": len(details)}
    return {"d": domain, "pr": record, "policies": [told]}


MISMATCH = {"c": 202, "s": "192.0.2.1", "n": "mx.peer.test", "h": "mx.peer.test", "r": "198.51.100.1", "f": "x"}


class Reporting(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        (self.home / "sendmail").write_text(SENDMAIL)
        (self.home / "sendmail").chmod(0o755)
        path = os.environ["PATH"]
        os.environ.update(PATH=f"{self.home}:{path}", FAKE_HOME=str(self.home))
        self.addCleanup(os.environ.update, PATH=path)
        self.settings = Settings(
            hostname="mx1.example.test",
            organization="example.test",
            contact="postmaster@example.test",
            sender="postmaster@example.test",
            state=self.home,
        )
        self.journal = Journal(self.home)
        self.addCleanup(self.journal.close)

    def mails(self) -> list[bytes]:
        return [file.read_bytes() for file in sorted(self.home.glob("mail.*"))]
