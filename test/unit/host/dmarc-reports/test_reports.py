import contextlib
import email
import email.policy
import gzip
import io
import unittest
import xml.etree.ElementTree as ET

from support import DAY, NOON, YESTERDAY, Reporting, World, row
import main
from report import NAMESPACE

ASKS = {"_dmarc.asks.test": ["v=DMARC1; p=reject; sp=quarantine; rua=mailto:reports@asks.test"]}


class Reports(Reporting):
    def send(self, world: dict | None = None, now: float = NOON) -> tuple[int, str]:
        """@returns the exit status and what was said"""
        with contextlib.redirect_stdout(io.StringIO()) as said:
            return main.send(self.settings, now, World(ASKS if world is None else world)), said.getvalue()

    def sent(self) -> list[email.message.EmailMessage]:
        return [email.message_from_bytes(mail, policy=email.policy.default) for mail in self.mails()]

    def report(self) -> ET.Element:
        [mail] = self.sent()
        [attachment] = mail.iter_attachments()
        return ET.fromstring(gzip.decompress(attachment.get_content()))

    def texts(self, path: str) -> list[str | None]:
        return [found.text for found in self.report().iterfind(path, {"": NAMESPACE})]

    def test_go_out_for_the_days_that_are_over_once(self) -> None:
        self.counted("asks.test", [(row(), 2)])
        self.counted("asks.test", [(row(), 1)], day="20270115")
        for _ in range(2):
            self.assertEqual(self.send(), (0, ""))
        [mail] = self.sent()
        self.assertEqual(mail["To"], "reports@asks.test")
        self.assertEqual(
            mail["Subject"],
            f"Report Domain: asks.test Submitter: example.test Report-ID: <{YESTERDAY}.asks.test@mx1.example.test>",
        )
        [attachment] = mail.iter_attachments()
        self.assertEqual(attachment.get_content_type(), "application/gzip")
        self.assertEqual(attachment.get_filename(), "example.test!asks.test!1799884800!1799971199.xml.gz")
        self.assertEqual((self.home / "called").read_text(), "-i -f  -- reports@asks.test\n")
        self.send(now=NOON + DAY)
        self.assertEqual(len(self.sent()), 2)

    def test_tell_what_the_domain_asks_for(self) -> None:
        self.counted("asks.test", [(row(), 1)])
        self.send()
        told = {name: self.texts(f"policy_published/{name}") for name in ("domain", "p", "sp", "np", "adkim", "testing")}
        self.assertEqual(
            told,
            {
                "domain": ["asks.test"],
                "p": ["reject"],
                "sp": ["quarantine"],
                "np": ["quarantine"],
                "adkim": ["r"],
                "testing": ["n"],
            },
        )

    def test_tell_what_was_seen_the_most_frequent_first(self) -> None:
        good = row(spf_ok="pass", dkim_ok="pass", disposition="none", signatures=["pass key asks.test", "fail k2 list.test"])
        self.counted("asks.test", [(row(), 2), (good, 7)])
        self.send()
        self.assertEqual(self.texts("record/row/count"), ["7", "2"])
        self.assertEqual(self.texts("record/row/policy_evaluated/disposition"), ["pass", "reject"])
        self.assertEqual(self.texts("record/row/policy_evaluated/dkim"), ["pass", "fail"])
        self.assertEqual(self.texts("record/auth_results/dkim/selector"), ["key", "k2"])
        self.assertEqual(self.texts("record/auth_results/dkim/result"), ["pass", "fail"])
        self.assertEqual(self.texts("record/auth_results/spf/domain"), ["stranger.test", "stranger.test"])

    def test_say_why_less_was_done_than_the_domain_asks_for(self) -> None:
        cases = [
            (row(disposition="reject"), ASKS, []),
            (row(disposition="none"), ASKS, ["local_policy"]),
            (row(header_from="sub.asks.test", disposition="quarantine"), ASKS, []),
            (
                row(disposition="quarantine"),
                {"_dmarc.asks.test": ["v=DMARC1; p=reject; t=y; rua=mailto:reports@asks.test"]},
                ["policy_test_mode"],
            ),
        ]
        for number, (text, world, expected) in enumerate(cases):
            with self.subTest(expected):
                for mail in self.home.glob("mail.*"):
                    mail.unlink()
                (self.home / "sets").unlink(missing_ok=True)
                (self.home / "SMEMBERS dmarc_idx;20270114").unlink(missing_ok=True)
                self.counted("asks.test", [(text, number + 1)])
                self.send(world)
                self.assertEqual(self.texts("record/row/policy_evaluated/reason/type"), expected)

    def test_are_well_formed_whatever_somebody_calls_a_domain(self) -> None:
        self.counted("asks.test", [(row(header_from="a<b>&\x01.asks.test"), 1)])
        self.send()
        self.assertEqual(self.texts("record/identifiers/header_from"), ["a<b>&\ufffd.asks.test"])

    def test_leave_out_what_they_do_not_understand(self) -> None:
        self.counted("asks.test", [("192.0.2.1,fail,fail,reject", 1), (row(), 3)])
        self.counted("no domain", [(row(), 1)])
        self.assertEqual(self.send(), (0, ""))
        self.assertEqual(self.texts("record/row/count"), ["3"])

    def test_do_not_go_to_who_does_not_ask(self) -> None:
        self.counted("asks.test", [(row(), 1)])
        for world in [{}, {"_dmarc.asks.test": ["v=DMARC1; p=reject"]}]:
            self.assertEqual(self.send(world), (0, ""))
        self.assertEqual(self.sent(), [])

    def test_wait_for_name_servers(self) -> None:
        self.counted("asks.test", [(row(), 1)])
        status, said = self.send({"_dmarc.asks.test": None})
        self.assertEqual((status, self.sent()), (0, []))
        self.assertIn("the name servers do not answer for _dmarc.asks.test", said)
        self.send()
        self.assertEqual(len(self.sent()), 1)

    def test_wait_for_postfix_and_do_not_hold_each_other_up(self) -> None:
        self.counted("asks.test", [(row(), 1)])
        (self.home / "refuse").touch()
        status, said = self.send()
        self.assertEqual(status, 1)
        self.assertIn("asks.test of 2027-01-14: OSError: sendmail ended with 75: mail system is down", said)
        (self.home / "refuse").unlink()
        self.assertEqual(self.send()[0], 0)
        self.assertEqual(len(self.sent()), 1)

    def test_go_out_whatever_another_domain_brings_about(self) -> None:
        self.counted("zero.test", [(row(), 1)], rua="\0")
        self.counted("deaf.test", [(row(), 1)])
        self.counted("asks.test", [(row(header_from="caf\xe9.asks.test"), 1)], rua="mailto:caf\udce9")
        deaf = {"_dmarc.deaf.test": ["v=DMARC1; rua=mailto:a%0ab@deaf.test,mailto:%00@deaf.test"]}
        status, said = self.send(ASKS | deaf)
        self.assertEqual(status, 1)
        self.assertEqual(said, "zero.test of 2027-01-14: ValueError: embedded null byte\n")
        self.assertEqual([mail["To"] for mail in self.sent()], ["reports@asks.test"])

    def test_that_fail_in_writing_are_not_the_next_domains(self) -> None:
        self.counted("asks.test", [(row(), 1)])
        self.counted("odd.test", [(row(spf_domain=["no", "text"]), 1), (row(signatures=[]), 1)])
        status, said = self.send(ASKS | {"_dmarc.odd.test": ["v=DMARC1; rua=mailto:a@odd.test"]})
        self.assertEqual((status, said[:31]), (1, "odd.test of 2027-01-14: TypeErr"))
        self.assertEqual([mail["To"] for mail in self.sent()], ["reports@asks.test"])

    def test_are_not_looked_up_again_for_a_domain_that_is_done(self) -> None:
        self.counted("asks.test", [(row(), 1)])
        self.counted("silent.test", [(row(), 1)])
        self.send()
        (self.home / "asked").unlink()
        self.assertEqual(self.send({"_dmarc.asks.test": None, "_dmarc.silent.test": None}), (0, ""))
        asked = (self.home / "asked").read_text().split("\n")
        self.assertFalse([command for command in asked if command.startswith("ZRANGE")])

    def test_are_an_error_when_redis_does_not_answer(self) -> None:
        (self.home / "redis-is-down").touch()
        with self.assertRaisesRegex(OSError, "redis-cli: Could not connect"):
            self.send()


if __name__ == "__main__":
    unittest.main()
