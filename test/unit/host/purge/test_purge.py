import contextlib
import io
import os
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../../host/purge"))
sys.dont_write_bytecode = True
import purge  # noqa: E402


class Purge(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        for name in ["a.test/alice", "a.test/bob", "b.test/bob"]:
            for place in ["cur", ".Sent/new"]:
                maildir = self.home / "mail" / name / "Maildir" / place
                maildir.mkdir(parents=True)
                (maildir / "1").write_text("message\n")
        # Dovecot's, which is not on every machine that runs this: it notes what it is asked.
        (self.home / "doveadm").write_text(f'#!/bin/sh\necho "$@" >>{self.home}/asked\n')
        (self.home / "doveadm").chmod(0o755)
        path = os.environ["PATH"]
        os.environ["PATH"] = f"{self.home}:{path}"
        self.addCleanup(os.environ.update, PATH=path)
        (self.home / "users").write_text("alice@a.test:{BLF-CRYPT}x::::::\n")

    def run_with(self, *addresses: str) -> tuple[int, str]:
        (self.home / "list").write_text("".join(f"{address}\n" for address in addresses))
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            code = purge.main(*(str(self.home / name) for name in ["list", "mail", "users"]))
        return code, said.getvalue()

    def left(self) -> set[str]:
        return {str(path.relative_to(self.home / "mail")) for path in (self.home / "mail").glob("*/*")}

    def test_deletes_the_mail_of_those_that_are_listed_and_says_how_much(self) -> None:
        self.assertEqual(self.run_with("bob@a.test"), (0, "bob@a.test: deleted, 2 messages, 16 bytes\n"))
        self.assertEqual(self.left(), {"a.test/alice", "b.test/bob"})

    def test_ends_the_sessions_of_those_and_of_nobody_else(self) -> None:
        self.run_with("bob@a.test", "carol@a.test")
        self.assertEqual((self.home / "asked").read_text(), "kick bob@a.test\n")

    def test_is_safe_to_repeat(self) -> None:
        self.run_with("bob@a.test")
        self.assertEqual(self.run_with("bob@a.test"), (0, "bob@a.test: there is no mail\n"))
        self.assertEqual(self.left(), {"a.test/alice", "b.test/bob"})

    def test_ends_what_was_cut_short(self) -> None:
        (self.home / "mail/a.test/bob").rename(self.home / "mail/a.test/.purged bob")
        self.assertEqual(self.run_with("bob@a.test")[0], 0)
        self.assertEqual(self.left(), {"a.test/alice", "b.test/bob"})

    def test_takes_an_empty_domain_along(self) -> None:
        self.run_with("bob@b.test")
        self.assertEqual({path.name for path in (self.home / "mail").iterdir()}, {"a.test"})

    def test_leaves_a_mailbox_that_there_is(self) -> None:
        self.assertEqual(self.run_with("alice@a.test"), (1, "alice@a.test: a mailbox still, nothing was deleted\n"))
        self.assertIn("a.test/alice", self.left())

    def test_has_no_way_out_of_the_folder(self) -> None:
        before = self.left()
        for address in ["..@a.test", "../a.test/bob@b.test", "bob@..", "@a.test", "bob@a.test/..", "", ".@a.test"]:
            self.assertEqual(self.run_with(address)[0], 1, address)
        self.assertEqual(self.left(), before)


if __name__ == "__main__":
    unittest.main()
