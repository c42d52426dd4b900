import json
import tempfile
import tracemalloc
import unittest
from pathlib import Path
from unittest import mock

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
            self.assertEqual(len(list(others.read(Path(folder)))), 1)

    def test_pass_over_what_is_no_line_of_the_program_s(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            good = json.dumps(dmarc(20, "1", {"203.0.113.129": GOOD}))
            long = json.dumps(dmarc(20, "2", {f"2001:db8::{i:x}": GOOD for i in range(20_000)}))
            (Path(folder) / "2026-11-25.jsonl").write_text(f"5\n[]\nnull\n{long}\n{good}\n")
            self.assertEqual([one["id"] for one in others.read(Path(folder))], ["1"])

    def test_sum_up_what_they_do_not_tell_apart(self) -> None:
        many = dmarc(20, "1", {f"2001:db8::{i:x}": GOOD for i in range(18)} | {"198.51.100.7": BAD})
        self.assertEqual(next(others.sections(10, [many])).splitlines()[-1], "  4 other sources: 48 passed, 0 failed")
        more = [many, dmarc(20, "2", {"192.0.2.1": BAD, "others": BAD})]
        with mock.patch.object(others, "ROWS_MAX", 19):
            first = next(others.sections(10, more)).splitlines()
        self.assertEqual(first[-1], "  more than 4 other sources: 48 passed, 6 failed")

    def test_do_not_call_a_source_new_where_nobody_knows(self) -> None:
        known = dmarc(5, "0", {f"198.51.100.{i}": BAD for i in range(9)})
        with mock.patch.object(others, "KNOWN_MAX", 5):
            first = next(others.sections(10, [known, dmarc(20, "1", {"198.51.100.8": BAD})]))
        self.assertTrue(first.endswith("not in SPF"), first)

    def test_have_few_lines_whatever_a_report_on_tls_has(self) -> None:
        names = [f"{i}.example" for i in range(90)]
        told = {"at": 20, "kind": "tls", "from": "a", "id": "1", "failures": dict.fromkeys(names, 1)}
        _, second, _ = others.sections(10, [told | {"domains": dict.fromkeys(names, {"ok": 1, "failed": 0})}])
        self.assertEqual(second.splitlines()[-2:], ["  and 75 more domains", "  and 75 more sorts of failure"])
        self.assertEqual(len(second.splitlines()), 1 + 2 * (others.TOP + 1))

    def test_take_little_memory_whatever_strangers_sent_in_a_month(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for day in range(1, 31):
                with open(Path(folder) / f"2026-11-{day:02}.jsonl", "w") as file:
                    for number in range(8):
                        sources = {f"2001:db8:{day:x}:{number:x}::{i:x}": BAD for i in range(1000)}
                        file.write(json.dumps(dmarc(day, f"{day} {number}", sources)) + "\n")
                    for number in range(500):
                        name = f"{day} {number}"
                        file.write(json.dumps({"at": day, "kind": "unreadable", "why": name}) + "\n")
                        file.write(json.dumps(dmarc(day, name, {}) | {"from": name * 20}) + "\n")
            tracemalloc.start()
            self.addCleanup(tracemalloc.stop)
            self.assertEqual(len(list(others.sections(15, others.read(Path(folder))))), 3)
            self.assertLess(tracemalloc.get_traced_memory()[1], 40_000_000)


if __name__ == "__main__":
    unittest.main()
