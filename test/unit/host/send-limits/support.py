"""The limits' modules, and a ledger of its own for each test."""

import os
import sys

HOST = os.path.join(os.path.dirname(__file__), "../../../../host")
SUPPORT = os.path.join(os.path.dirname(__file__), "../support")
sys.path[:0] = [os.path.join(HOST, "send-limits/limits"), os.path.join(HOST, "on-demand"), SUPPORT]
sys.dont_write_bytecode = True

import declared_letters  # noqa: E402
from fake_sendmail import WithSendmail  # noqa: E402
from ledger import Ledger  # noqa: E402
from policy import Policy  # noqa: E402
from settings import Limits, Settings  # noqa: E402

NOW = 1_800_000_000.0
ALICE, BOB = "alice@example.test", "bob@example.test"


class Sending(WithSendmail):
    def setUp(self) -> None:
        super().setUp()
        declared_letters.declare(
            self.home, postmaster="postmaster@example.test", displayNames={BOB: "Bob Beispiel-Söhne"}
        )
        self.settings = Settings(
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
