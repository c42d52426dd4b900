"""A folder of its own for each test, and a sendmail that keeps there what it is given, or refuses it."""

import os
import tempfile
import unittest
from pathlib import Path

SENDMAIL = """#!/bin/sh
[ -e "$FAKE_HOME/refuse" ] && { echo "mail system is down" >&2; exit 75; }
echo "$@" >>"$FAKE_HOME/called"
cat >"$FAKE_HOME/mail.$$"
"""


class WithSendmail(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        (self.home / "sendmail").write_text(SENDMAIL)
        (self.home / "sendmail").chmod(0o755)
        path = os.environ["PATH"]
        os.environ.update(PATH=f"{self.home}:{path}", FAKE_HOME=str(self.home))
        self.addCleanup(os.environ.update, PATH=path)

    def mails(self) -> list[bytes]:
        return [file.read_bytes() for file in sorted(self.home.glob("mail.*"))]
