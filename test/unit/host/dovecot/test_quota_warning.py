import email
import email.policy
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

HERE = os.path.dirname(__file__)
sys.path[:0] = [os.path.join(HERE, "../../../../host/dovecot"), os.path.join(HERE, "../support")]
sys.dont_write_bytecode = True

import declared_letters  # noqa: E402
import quota_warning  # noqa: E402


class Warning(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        declared_letters.declare(self.home)

    def test_says_who_how_full_and_what_to_do_and_asks_for_no_answer(self) -> None:
        mail = quota_warning.message("80", "alice@example.test")
        read = email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)
        self.assertEqual(read["Subject"], "Your mailbox is 80 % full")
        self.assertEqual(read["From"].addresses[0].addr_spec, "postmaster@example.test")
        self.assertEqual(read["To"], "alice@example.test")
        self.assertEqual(read["Auto-Submitted"], "auto-generated")
        self.assertIn("alice@example.test is 80 % full", read.get_content())
        self.assertLess(max(map(len, mail.as_string().splitlines())), 120)

    def test_is_to_the_user_by_name(self) -> None:
        declared_letters.declare(self.home, displayNames={"joerg@example.test": "Jörg Müller, Vertrieb"})
        content = quota_warning.message("80", "joerg@example.test").as_bytes()
        self.assertTrue(content.isascii())
        [to] = email.message_from_bytes(content, policy=email.policy.default)["To"].addresses
        self.assertEqual((to.display_name, to.addr_spec), ("Jörg Müller, Vertrieb", "joerg@example.test"))

    def test_goes_into_the_mailbox_past_its_quota_and_a_failure_is_told(self) -> None:
        with mock.patch("subprocess.run") as run:
            quota_warning.deliver("95", "alice@example.test")
        command, options = run.call_args.args[0], run.call_args.kwargs
        self.assertEqual(command[:3], ["/usr/lib/dovecot/dovecot-lda", "-d", "alice@example.test"])
        self.assertEqual(command[command.index("-o") + 1], "quota_enforce=no")
        self.assertEqual(command[command.index("-f") + 1], "postmaster@example.test")
        self.assertIn(b"95 % full", options["input"])
        self.assertTrue(options["check"])
        with mock.patch("subprocess.run", side_effect=subprocess.CalledProcessError(75, "dovecot-lda")):
            self.assertRaises(subprocess.CalledProcessError, quota_warning.deliver, "95", "alice@example.test")


if __name__ == "__main__":
    unittest.main()
