import sqlite3
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import support  # noqa: F401

import declared_letters
import measures
import report
from measures import Disk, Measures
from tally import Counts

GOOD = Measures(
    at=1_795_654_800.0,
    queue={"messages": 0, "oldest": None},
    certificates={"host": 1_795_654_800.0 + 60 * 86_400},
    warnings=[],
    state="ready",
    disks={"data": Disk(20_000_000_000, 1_000_000_000, 19_000_000_000)},
    memory={"total": 2_000_000_000, "available": 1_500_000_000, "swap": 0, "swap_free": 0},
    bans=None,
)


def text(counts: Counts = Counts(), now: Measures = GOOD, **given) -> str:
    return report.text(GOOD.at - 86_400, counts, now, given.get("bans"), given.get("storage", {}))


class Report(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        declared_letters.declare(Path(folder.name), displayNames={"bob@example.test": "Bob Söhne"})

    def test_of_a_day_without_events_says_so_in_one_line(self):
        said = text().splitlines()
        self.assertEqual(said[0], "From 2026-11-25 01:00 UTC to 2026-11-26 01:00 UTC")
        self.assertEqual(said[2], report.NOTHING)
        self.assertIn("  certificate   60 days left", said)

    def test_tells_exact_numbers_and_the_largest_first(self):
        counts = Counts(
            received={"internet": 12, "users": 3},
            bytes={"internet": 48_000, "users": 900},
            delivered={"mailbox": 12, "internet": 3},
            rejected={"relaying": 2, "unknown recipient": 40},
            senders={"bob@example.test": 1, "alice@example.test": 2},
        )
        said = text(counts)
        self.assertNotIn(report.NOTHING, said)
        self.assertIn("        12  received from other servers, 48 KB\n", said)
        self.assertIn("        42  refused at the door\n", said)
        self.assertIn("Refused, by reason\n        40  unknown recipient\n         2  relaying\n", said)
        self.assertIn("         2  alice@example.test\n         1  Bob Söhne <bob@example.test>\n", said)

    def test_begins_with_what_needs_attention(self):
        for change, words in [
            ({"disks": {"data": Disk(100, 90, 10)}}, "the disk data is 90 % full, 10 B are left"),
            ({"queue": None}, "Postfix does not tell"),
            ({"queue": {"messages": 3, "oldest": "2026-11-25T20:00:00+00:00"}}, "mail waits in the queue since 5 hours"),
            ({"certificates": {"host": GOOD.at + 3 * 86_400}}, "the host's certificate ends in 3 days"),
            ({"certificates": {"host": GOOD.at - 3 * 86_400}}, "the host's certificate ended 3 days ago"),
            ({"warnings": ["a\nb"]}, "a b"),
            ({"state": "failed"}, "its state is failed"),
            ({"memory": GOOD.memory | {"available": 50_000_000}}, "only 50 MB of memory"),
        ]:
            with self.subTest(words):
                said = text(now=replace(GOOD, **change))
                self.assertRegex(said, r"\A[^\n]*\n\nNeeds attention\n  .*" + words.replace("/", "."))
                self.assertNotIn(report.NOTHING, said)

    def test_keeps_names_that_others_chose_in_their_line(self):
        said = text(Counts(senders={"a\n\nFrom: x\x1b[31m": 1}))
        self.assertIn("         1  a??From: x?[31m", said)

    def test_is_a_mail_to_the_postmaster(self):
        mail = report.message("Nothing.", GOOD.at)
        self.assertEqual(mail["Subject"], "mx1.example.test: daily report of 2026-11-26")
        self.assertEqual(mail["To"], "alice@example.test")
        self.assertEqual(mail.get_content(), "Nothing.\n")


class Bans(unittest.TestCase):
    def test_are_read_from_fail2ban_s_database(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "fail2ban.sqlite3"
            self.assertIsNone(measures.bans(file, 1000))
            with sqlite3.connect(file) as database:
                for table in ("bips", "bans"):
                    database.execute(f"CREATE TABLE {table} (ip TEXT, jail TEXT, timeofban INTEGER, bantime INTEGER)")
                rows = [("1.2.3.4", "postfix", 900, 200), ("::1", "postfix", 900, 50), ("5.6.7.8", "sshd", 10, -1)]
                database.executemany("INSERT INTO bips VALUES (?, ?, ?, ?)", rows)
                database.executemany("INSERT INTO bans VALUES (?, ?, ?, ?)", rows)
            database.close()
            self.assertEqual(measures.bans(file, 1000), {"postfix": 1, "sshd": 1})
            self.assertEqual(measures.bans_since(file, 500), {"postfix": 2})

    def test_of_a_broken_database_are_not_known(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "fail2ban.sqlite3"
            file.write_bytes(b"nothing" * 1000)
            self.assertIsNone(measures.bans(file, 1000))


class Storage(unittest.TestCase):
    def test_is_counted_by_mailbox(self):
        with tempfile.TemporaryDirectory() as folder:
            box = Path(folder) / "example.test" / "alice" / "Maildir" / "new"
            box.mkdir(parents=True)
            (box / "1").write_bytes(b"x" * 10_000)
            [(address, size)] = measures.storage(Path(folder)).items()
            self.assertEqual(address, "alice@example.test")
            self.assertGreaterEqual(size, 10_000)


if __name__ == "__main__":
    unittest.main()
