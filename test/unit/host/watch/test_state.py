import os
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

from support import line

import journal
import state
from state import State


class Journal(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        path = os.environ["PATH"]
        os.environ["PATH"] = f"{self.home}:{path}"
        self.addCleanup(os.environ.update, PATH=path)
        self.log = self.home / "log"
        self.asked = self.home / "asked"
        program = self.home / "journalctl"
        program.write_text(
            f"#!{sys.executable} -S\n"
            + textwrap.dedent(f"""
                import json, sys
                open({str(self.asked)!r}, "w").write("\\n".join(sys.argv[1:]))
                sys.stdout.write(open({str(self.log)!r}).read())
                """)
        )
        program.chmod(0o755)

    def test_takes_up_where_it_was(self) -> None:
        entry = '{"MESSAGE":"warning: x[1.2.3.4]: SASL PLAIN authentication failed","SYSLOG_IDENTIFIER":"postfix/smtpd","__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1800000000000000"}\n'
        self.log.write_text(entry)
        known = State({})
        known.catch_up()
        self.assertEqual((known.cursor, known.since), ("s=1", 1_800_000_000.0))
        self.assertNotIn("--after-cursor", self.asked.read_text())

        file = self.home / "state.json"
        state.save(file, known)
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        again = state.load(file)
        self.log.write_text("")
        again.catch_up()
        self.assertIn("--after-cursor=s=1", self.asked.read_text())
        self.assertEqual(again.tally.total.failed_logins, {"submission": 1})

    def test_is_read_from_its_beginning_on_another_machine(self) -> None:
        self.log.write_text("")
        known = State({"machine": "of another", "cursor": "s=9"})
        known.catch_up()
        self.assertNotIn("--after-cursor", self.asked.read_text())

    def test_with_bytes_that_are_no_text_is_read_all_the_same(self) -> None:
        parsed = journal.parse(b'{"MESSAGE":[97,255,98],"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1"}')
        self.assertEqual(parsed.text, "a\ufffdb")
        self.assertEqual(journal.parse(b'{"MESSAGE":null,"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1"}').text, "")

    def test_of_a_new_period_leaves_the_totals_alone(self) -> None:
        known = State({})
        known.tally.see(line("postfix/smtpd: warning: x[1.2.3.4]: SASL PLAIN authentication failed"))
        known.begin_period(5.0)
        self.assertEqual((known.since, known.tally.period.failed_logins), (5.0, {}))
        self.assertEqual(known.tally.total.failed_logins, {"submission": 1})

    def test_that_can_t_be_read_is_begun_anew(self) -> None:
        file = self.home / "state.json"
        self.assertEqual(state.load(file).tally.total.received, {})
        file.write_text("{")
        self.assertEqual(state.load(file).tally.total.received, {})


if __name__ == "__main__":
    unittest.main()
