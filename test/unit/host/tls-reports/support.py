"""The modules of the reports, and a journal of their own for each test."""

import os
import sys

HOST = os.path.join(os.path.dirname(__file__), "../../../../host")
SUPPORT = os.path.join(os.path.dirname(__file__), "../support")
sys.path[:0] = [os.path.join(HOST, "tls-reports/reports"), SUPPORT]
sys.dont_write_bytecode = True

import declared_letters  # noqa: E402, F401
from fake_sendmail import WithSendmail  # noqa: E402
from journal import Journal  # noqa: E402
from settings import Settings  # noqa: E402

DAY = 24 * 3600
NOON = 1_800_014_400.0  # 2027-01-15 12:00 UTC
RECORD = "v=TLSRPTv1; rua=mailto:reports@peer.test"


def session(failure: dict | None = None, domain: str = "peer.test", record: str = RECORD, kind: int = 2) -> dict:
    """As libtlsrpt writes it."""
    policy = {"policy-type": kind, "policy-domain": domain, "policy-string": ["mode: enforce"], "mx-host": ["mx.peer.test"]}
    details = [failure] if failure else []
    told = policy | ({"failure-details": details} if details else {}) | {"t": len(details), "f": len(details)}
    return {"d": domain, "pr": record, "policies": [told]}


MISMATCH = {"c": 202, "s": "192.0.2.1", "n": "mx.peer.test", "h": "mx.peer.test", "r": "198.51.100.1", "f": "x"}


class Reporting(WithSendmail):
    def setUp(self) -> None:
        super().setUp()
        self.settings = Settings(
            hostname="mx1.example.test",
            organization="example.test",
            sender="postmaster@example.test",
            state=self.home,
        )
        self.journal = Journal(self.home)
        self.addCleanup(self.journal.close)
