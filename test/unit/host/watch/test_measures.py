import json
import sqlite3
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

import support  # noqa: F401

import cloudwatch
import measures
from settings import Settings

SERVED = {"source": "bootstrap", "notAfter": "2036-11-26T01:00:00Z"}


class Host(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.declared = Settings("mx1.example.test", None, self.home / "bans.sqlite3")
        for name in ("CERTIFICATES", "STATUS"):
            patch = mock.patch(f"measures.settings.{name}", self.home / name)
            patch.start()
            self.addCleanup(patch.stop)
        patch = mock.patch("measures.mail_queue.read", lambda: None)
        patch.start()
        self.addCleanup(patch.stop)

    def take(self, certificate: dict | None = None, **status) -> measures.Measures:
        told = {"certificate": certificate, "warnings": ["a certificate"]}
        (self.home / "CERTIFICATES").write_text(json.dumps(told))
        (self.home / "STATUS").write_text(json.dumps(status))
        return measures.take(self.declared)


class Certificate(Host):
    def test_that_has_expired_is_told_though_the_one_that_is_served_ends_in_years(self):
        now = self.take(SERVED | {"issuedNotAfter": "2026-11-25T01:00:00Z"})
        later = replace(now, at=measures.moment("2026-11-26T01:00:00Z"))
        self.assertEqual(later.days_left("host"), -1)
        self.assertEqual(cloudwatch.values(later)["CertificateDaysLeft"], (-1, "None"))

    def test_that_the_authority_has_not_issued_yet_raises_no_alarm(self):
        now = self.take(SERVED | {"issuedNotAfter": None})
        self.assertEqual(now.certificates, {})
        self.assertNotIn("CertificateDaysLeft", cloudwatch.values(now))


class Warnings(Host):
    def test_are_all_that_the_host_tells_each_once(self):
        now = self.take(warnings=["a certificate", "not upgraded to rspamd 4"], errors=[{"part": "lego", "message": "x"}])
        self.assertEqual(now.warnings, ["lego: x", "a certificate", "not upgraded to rspamd 4"])


class Bans(Host):
    def test_are_read_where_the_bundle_says_that_they_are(self):
        self.assertIsNone(self.take().bans)
        with sqlite3.connect(self.declared.bans) as database:
            database.execute("CREATE TABLE bips (ip TEXT, jail TEXT, timeofban INTEGER, bantime INTEGER)")
            database.execute("INSERT INTO bips VALUES ('192.0.2.1', 'mail', 1, -1)")
        database.close()
        self.assertEqual(self.take().bans, {"mail": 1})


if __name__ == "__main__":
    unittest.main()
