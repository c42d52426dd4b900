import email
import email.policy
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
sys.dont_write_bytecode = True

import declared_letters  # noqa: E402
from fake_sendmail import WithSendmail  # noqa: E402

import letters  # noqa: E402


class MailToThePostmaster(WithSendmail):
    def setUp(self) -> None:
        super().setUp()
        declared_letters.declare(self.home)

    def sent(self) -> email.message.EmailMessage:
        [content] = self.mails()
        return email.message_from_bytes(content, policy=email.policy.default)

    def test_says_which_host_writes_and_asks_for_no_answer(self) -> None:
        letters.send(letters.to_postmaster("it rains", "Ein Schirm hülfe.\n", 1_800_000_000))
        mail = self.sent()
        self.assertEqual(mail["From"].addresses[0].display_name, "Mail server mx1.example.test")
        self.assertEqual(mail["From"].addresses[0].addr_spec, "root@example.test")
        self.assertEqual(mail["To"], "alice@example.test")
        self.assertEqual(mail["Subject"], "mx1.example.test: it rains")
        self.assertEqual(mail["Date"].datetime.timestamp(), 1_800_000_000)
        self.assertRegex(mail["Message-ID"], r"^<[^<>@]+@mx1\.example\.test>$")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertEqual(mail["Content-Transfer-Encoding"], "8bit")
        self.assertEqual(mail.get_content(), "Ein Schirm hülfe.\n")

    def test_goes_to_those_in_its_header_unless_others_are_named(self) -> None:
        mail = letters.to_postmaster("it rains", "\n")
        letters.send(mail)
        letters.send(mail, ["-f", "", "--", "bob@example.test"])
        self.assertEqual((self.home / "called").read_text(), "-i -t\n-i -f  -- bob@example.test\n")

    def test_that_is_not_taken_is_an_error_with_sendmail_s_words(self) -> None:
        (self.home / "refuse").touch()
        with self.assertRaisesRegex(OSError, "^sendmail ended with 75: mail system is down$"):
            letters.send(letters.to_postmaster("it rains", "\n"))

    def test_is_written_by_what_is_declared_then(self) -> None:
        self.assertEqual(letters.to_postmaster("it rains", "\n")["To"], "alice@example.test")
        declared_letters.declare(self.home, postmaster="bob@example.test")
        self.assertEqual(letters.to_postmaster("it rains", "\n")["To"], "bob@example.test")


class AUser(WithSendmail):
    def test_is_called_by_the_name_that_is_declared_and_else_by_the_address(self) -> None:
        declared_letters.declare(self.home, displayNames={"alice@example.test": "Älice Example"})
        self.assertEqual(letters.named("Alice@example.test"), "Älice Example <Alice@example.test>")
        self.assertEqual(letters.named("bob@example.test"), "bob@example.test")
        self.assertEqual(letters.named("(others)"), "(others)")

    def test_has_a_name_that_can_be_read_in_a_header(self) -> None:
        for name in ["Alice Example", "Example, Alice", 'Jörg "JJ" Müller; (Vertrieb)', "山田 太郎", "a@b <c>"]:
            with self.subTest(name):
                declared_letters.declare(self.home, displayNames={"alice@example.test": name})
                to = letters.named("alice@example.test")
                content = letters.begin("root@example.test", to, "it rains", "example.test").as_bytes()
                self.assertTrue(content.isascii())
                [read] = email.message_from_bytes(content, policy=email.policy.default)["To"].addresses
                self.assertEqual((read.display_name, read.addr_spec), (name, "alice@example.test"))


if __name__ == "__main__":
    unittest.main()
