import json
import tempfile
import unittest
from pathlib import Path

import support  # noqa: F401

import others


def dmarc(at: float, report_id: str, sources: dict) -> dict:
    return {"at": at, "kind": "dmarc", "from": "google.com", "id": report_id, "domain": "example.test", "sources": sources}


GOOD = {"pass": 12, "fail": 0, "spfFail": 0, "dkimFail": 0}
BAD = {"pass": 0, "fail": 3, "spfFail": 3, "dkimFail": 3}


class Sections(unittest.TestCase):
    def test_tell_each_source_the_failing_ones_first_and_which_of_them_are_new(self) -> None:
        known = dmarc(5, "0", {"198.51.100.8": BAD})
        now = dmarc(20, "1", {"203.0.113.129": GOOD, "198.51.100.7": BAD, "198.51.100.8": BAD})
        first, second, third = others.sections(10, [known, now])
        self.assertEqual(
            first.splitlines(),
            [
                "Mail in the name of the domains, as google.com saw it (DMARC)",
                "  example.test from 198.51.100.7: 0 passed, 3 failed, not in SPF and new",
                "  example.test from 198.51.100.8: 0 passed, 3 failed, not in SPF",
                "  example.test from 203.0.113.129: 12 passed, 0 failed",
            ],
        )
        self.assertEqual((second, third), ("", ""))

    def test_tell_of_tls_and_of_what_was_no_report(self) -> None:
        tls = {"at": 20, "kind": "tls", "from": "Google Inc.", "id": "1", "domains": {"example.test": {"ok": 41, "failed": 2}}}
        _, second, third = others.sections(
            10, [{**tls, "failures": {"certificate-expired": 2}}, {"at": 20, "kind": "unreadable", "why": "zip: \n"}]
        )
        self.assertIn("  to example.test: 41 sessions, 2 failed\n  certificate-expired: 2 times", second)
        self.assertEqual(third.splitlines()[1], "         1  zip: ?")

    def test_count_a_report_that_was_sent_twice_once(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            line = json.dumps(dmarc(20, "1", {"203.0.113.129": GOOD}))
            (Path(folder) / "2026-11-25.jsonl").write_text(f"{line}\n{line}\n{line[:9]}\n")
            self.assertEqual(len(others.read(Path(folder))), 1)


if __name__ == "__main__":
    unittest.main()
