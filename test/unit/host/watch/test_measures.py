import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

import support  # noqa: F401

import cloudwatch
import measures

SERVED = {"source": "bootstrap", "notAfter": "2036-11-26T01:00:00Z"}


class Host(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        for name in ("CERTIFICATES", "STATUS"):
            patch = mock.patch(f"measures.settings.{name}", self.home / name)
            patch.start()
            self.addCleanup(patch.stop)
        patch = mock.patch("measures.mail_queue.read", lambda: None)
        patch.start()
        self.addCleanup(patch.stop)

    def take(self, certificate: dict | None = None, **status) -> measures.Measures:
        (self.home / "CERTIFICATES").write_text(json.dumps({"certificate": certificate, "warnings": []}))
        (self.home / "STATUS").write_text(json.dumps(status))
        return measures.take()


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


if __name__ == "__main__":
    unittest.main()
