"""The limits' modules, a ledger of its own for each test, and a sendmail that only keeps what it is given."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

HOST = os.path.join(os.path.dirname(__file__), "../../../../host")
sys.path[:0] = [os.path.join(HOST, "send-limits/limits"), os.path.join(HOST, "on-demand")]
sys.dont_write_bytecode = True

from ledger import Ledger  # noqa: E402
from policy import Policy  # noqa: E402
from settings import Limits, Settings  # noqa: E402

NOW = 1_800_000_000.0
ALICE, BOB = "alice@example.test", "bob@example.test"

SENDMAIL = """#!/bin/sh
[ -e "$FAKE_HOME/refuse" ] && { echo "mail system is down" >&2; exit 75; }
cat >"$FAKE_HOME/mail.$$"
"""


class Sending(unittest.TestCase):
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
            postmaster="postmaster@example.test",
            sender="root@example.test",
            state=self.home,
            everybody=Limits(3, 10),
            users={BOB: Limits(1, 2)},
        )
        self.open()

    def open(self) -> None:
        self.ledger = Ledger(self.home)
        self.addCleanup(self.ledger.close)
        self.policy = Policy(self.settings, self.ledger)

    def ask(self, user: str = ALICE, recipients: int = 1, at: float = NOW, state: str = "END-OF-MESSAGE",
            client: str = "192.0.2.1") -> str:
        request = {"protocol_state": state, "recipient_count": str(recipients), "client_address": client}
        return self.policy.answer(user, request, at)[0]

    def mails(self) -> list[str]:
        return [file.read_text() for file in sorted(self.home.glob("mail.*"))]
