import random
import threading
import unittest
from io import BytesIO

from support import ALICE, BOB, NOW, Sending
from ledger import DAY, HOUR, Ledger


class ALimitOfMessages(Sending):
    def test_is_reached_by_the_last_message_and_passed_by_none(self) -> None:
        self.assertEqual([self.ask(at=NOW + i) for i in range(3)], ["DUNNO"] * 3)
        self.assertEqual(
            self.ask(at=NOW + 3),
            f"450 4.7.1 {ALICE} has sent 3 messages within an hour and may send 3 (messagesPerHour);"
            " the next one is taken from 2027-01-15 09:00:00 UTC on",
        )

    def test_opens_again_when_it_was_said_to(self) -> None:
        for i in range(3):
            self.ask(at=NOW + i * 60)
        self.assertTrue(self.ask(at=NOW + HOUR - 1).startswith("450"))
        self.assertEqual(self.ask(at=NOW + HOUR), "DUNNO")
        self.assertTrue(self.ask(at=NOW + HOUR).startswith("450"), "the second one is still within the hour")

    def test_holds_in_any_hour_whenever_messages_come(self) -> None:
        chance = random.Random(6)
        taken: list[float] = []
        now = NOW
        for _ in range(400):
            now += chance.expovariate(1 / 600)
            if self.ask(at=now, recipients=0) == "DUNNO":
                taken.append(now)
        for start in taken:
            self.assertLessEqual(len([at for at in taken if start <= at < start + HOUR]), 3)
        self.assertGreater(len(taken), 50)

    def test_is_one_users_own(self) -> None:
        self.assertEqual(self.ask(BOB), "DUNNO")
        self.assertTrue(self.ask(BOB).startswith("450"))
        self.assertEqual(self.ask(ALICE), "DUNNO")

    def test_outlives_the_program(self) -> None:
        for _ in range(3):
            self.ask()
        self.ledger.close()
        self.open()
        self.assertTrue(self.ask(at=NOW + 60).startswith("450"))

    def test_is_not_passed_by_messages_at_the_same_time(self) -> None:
        answers: list[str] = []
        threads = [threading.Thread(target=lambda: answers.append(self.ask())) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers.count("DUNNO"), 3)

    def test_is_told_before_the_message_is_transferred_which_alone_does_not_count(self) -> None:
        for _ in range(5):
            self.assertEqual(self.ask(state="DATA"), "DUNNO")
        for _ in range(3):
            self.assertEqual(self.ask(), "DUNNO")
        self.assertTrue(self.ask(state="DATA").startswith("450"))

    def test_does_not_stay_shut_because_a_clock_was_ahead(self) -> None:
        for _ in range(3):
            self.ask(at=NOW + 30 * DAY)
        self.assertEqual(self.ask(at=NOW), "DUNNO")


class ALimitOfRecipients(Sending):
    def test_counts_every_recipient(self) -> None:
        self.assertEqual(self.ask(recipients=9), "DUNNO")
        self.assertEqual(
            self.ask(recipients=2, at=NOW + HOUR),
            f"450 4.7.1 {ALICE} has written to 9 recipients within a day and may write to 10 (recipientsPerDay);"
            " this message, which has 2, is taken from 2027-01-16 08:00:00 UTC on",
        )
        self.assertEqual(self.ask(recipients=1, at=NOW + HOUR), "DUNNO")

    def test_opens_as_far_as_the_message_needs(self) -> None:
        self.ask(recipients=4, at=NOW)
        self.ask(recipients=4, at=NOW + HOUR)
        self.assertIn("2027-01-16 08:00:00", self.ask(recipients=6, at=NOW + 2 * HOUR))
        self.assertIn("2027-01-16 09:00:00", self.ask(recipients=7, at=NOW + 2 * HOUR))

    def test_refuses_for_good_what_it_will_never_let_through(self) -> None:
        self.assertEqual(
            self.ask(recipients=11),
            f"550 5.7.1 This message has 11 recipients, and {ALICE} may write to 10 a day (recipientsPerDay)",
        )

    def test_holds_in_any_day_whenever_messages_come(self) -> None:
        chance = random.Random(6)
        taken: list[tuple[float, int]] = []
        now = NOW
        for _ in range(400):
            now += chance.expovariate(1 / (2 * HOUR))
            recipients = chance.randint(1, 6)
            if self.ask(at=now, recipients=recipients) == "DUNNO":
                taken.append((now, recipients))
        for start, _ in taken:
            self.assertLessEqual(sum(count for at, count in taken if start <= at < start + DAY), 10)
        self.assertGreater(len(taken), 50)


class APostfix(Sending):
    def test_is_answered_again_and_again_on_one_connection(self) -> None:
        one = "request=smtpd_access_policy\nprotocol_state=END-OF-MESSAGE\nsasl_username=Bob@Example.Test\nrecipient_count=1\n\n"
        writer = BytesIO()
        self.policy.converse(BytesIO((one * 2).encode()), writer)
        first, second, rest = writer.getvalue().decode().split("\n\n")
        self.assertEqual(first, "action=DUNNO")
        self.assertRegex(second, r"^action=450 4\.7\.1 bob@example\.test has sent 1 messages")
        self.assertEqual(rest, "")

    def test_hears_nothing_of_mail_that_no_user_submits(self) -> None:
        self.assertEqual(self.ask(user=""), "DUNNO")
        self.assertEqual(self.ask(state="RCPT"), "DUNNO")


class ThePostmaster(Sending):
    def reach(self, user: str = ALICE, at: float = NOW) -> None:
        for i in range(5):
            request = (f"protocol_state=END-OF-MESSAGE\nsasl_username={user}\nrecipient_count=1\n"
                       f"client_address=192.0.2.{i}\n\n")
            self.policy.converse(BytesIO(request.encode()), BytesIO())

    def test_is_told_once_a_day_and_user_what_happened_and_what_to_do(self) -> None:
        self.reach()
        self.reach()
        self.reach(BOB)
        mails = [mail.decode() for mail in self.mails()]
        self.assertEqual(len(mails), 2)
        [bobs] = [mail for mail in mails if BOB in mail]
        self.assertIn(f"\nBob Beispiel-Söhne <{BOB}> has reached a limit, and further", bobs)
        self.assertIn(f"declare that for {BOB} in mailserver:mailboxes", bobs)
        [mail] = [mail for mail in mails if ALICE in mail]
        self.assertIn(f"\n{ALICE} has reached a limit, and further", mail)
        self.assertIn("To: postmaster@example.test", mail)
        self.assertIn("Auto-Submitted: auto-generated", mail)
        self.assertIn("3 messages within the last hour, of 3 (messagesPerHour)", mail)
        self.assertIn("3 recipients within the last day, of 10 (recipientsPerDay)", mail)
        self.assertIn("192.0.2.0: 1 sent, 0 refused", mail)
        self.assertIn("192.0.2.3: 0 sent, 1 refused", mail)
        self.assertIn("npx mailserver password", mail)

    def test_is_told_later_when_the_mail_could_not_be_handed_over(self) -> None:
        (self.home / "refuse").touch()
        self.reach()
        self.assertEqual(self.mails(), [])
        (self.home / "refuse").unlink()
        self.reach()
        self.assertEqual(len(self.mails()), 1)

    def test_is_told_again_the_next_day(self) -> None:
        self.ledger.tell(ALICE, NOW)
        self.assertTrue(self.ledger.is_told(ALICE, NOW + DAY - 1))
        self.assertFalse(self.ledger.is_told(ALICE, NOW + DAY))


class TheLedger(Sending):
    def test_stays_small_whoever_tries(self) -> None:
        self.ask(BOB)
        for i in range(1200):
            self.ask(BOB, client=f"2001:db8::{i:x}")
        clients = self.ledger.clients(BOB)
        self.assertEqual(clients[0], ("other addresses", 0, 200))
        self.assertLessEqual(len(clients), 1002)

    def test_forgets_after_a_day(self) -> None:
        self.ask()
        self.ask(at=NOW + DAY, client="192.0.2.2")
        self.assertEqual(self.ledger.clients(ALICE), [("192.0.2.2", 1, 0)])

    def test_is_kept_by_whoever_opens_it_next(self) -> None:
        self.ask()
        other = Ledger(self.home)
        self.addCleanup(other.close)
        self.assertEqual(other.usage(ALICE, NOW), (1, 1))


if __name__ == "__main__":
    unittest.main()
