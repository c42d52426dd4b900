import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from support import GOOGLE, HOST, MICROSOFT, TLS, gzipped, message, zipped

import receive
import store


def one(content: bytes, **given) -> dict:
    [report] = receive.read(message(content, **given))
    return report


class Reports(unittest.TestCase):
    def test_of_google_s_shape_packed_by_gzip_are_read(self) -> None:
        self.assertEqual(
            one(gzipped(GOOGLE)),
            {
                "kind": "dmarc",
                "from": "google.com",
                "id": "10123456789",
                "domain": "example.test",
                "sources": {
                    "203.0.113.129": {"pass": 12, "fail": 0, "spfFail": 0, "dkimFail": 0},
                    "198.51.100.7": {"pass": 0, "fail": 3, "spfFail": 3, "dkimFail": 3},
                },
            },
        )

    def test_of_microsoft_s_shape_packed_by_zip_are_read(self) -> None:
        report = one(zipped(MICROSOFT), subtype="zip", name="protection.outlook.com.zip")
        self.assertEqual((report["from"], report["domain"]), ("Enterprise Outlook", "example.test"))
        # Forwarded mail: one of the two is enough.
        self.assertEqual(report["sources"], {"2001:db8::25": {"pass": 2, "fail": 0, "spfFail": 2, "dkimFail": 0}})

    def test_in_the_namespace_of_rfc_9990_are_read(self) -> None:
        text = GOOGLE.replace(b"<feedback>", b'<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">')
        self.assertEqual(one(gzipped(text))["sources"].keys(), {"203.0.113.129", "198.51.100.7"})

    def test_of_tls_are_read(self) -> None:
        for content, subtype in [(gzipped(TLS), "tlsrpt+gzip"), (TLS, "tlsrpt+json")]:
            report = one(content, subtype=subtype)
            self.assertEqual(report["domains"], {"example.test": {"ok": 41, "failed": 2}})
            self.assertEqual(report["failures"], {"certificate-expired": 2})

    def test_without_being_packed_are_read(self) -> None:
        self.assertEqual(one(GOOGLE, subtype="xml")["kind"], "dmarc")


class Hostile(unittest.TestCase):
    def refused(self, content: bytes, why: str) -> None:
        started = time.monotonic()
        report = one(content)
        self.assertEqual(report["kind"], "unreadable")
        self.assertIn(why, report["why"])
        self.assertLess(time.monotonic() - started, 20)

    def test_entities_are_never_expanded(self) -> None:
        bomb = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">' + b"".join(
            b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
        )
        self.refused(gzipped(bomb + b"]><feedback>&j;</feedback>"), "document type")

    def test_files_of_the_host_are_never_fetched(self) -> None:
        text = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/shadow">]><feedback>&e;</feedback>'
        self.refused(gzipped(text), "document type")

    def test_bombs_of_gzip_and_zip_are_not_unpacked_whole(self) -> None:
        zeros = b"<feedback>" + b" " * 100_000_000
        self.refused(gzipped(zeros), "gzip: broken, or larger")
        self.refused(zipped(zeros), "zip: larger")
        self.refused(gzipped(gzipped(zeros)), "XML")

    def test_what_is_broken_or_something_else_is_noted(self) -> None:
        for content, why in [
            (gzipped(GOOGLE)[:200], "gzip: broken"),
            (b"PK\x03\x04nothing", "zip"),
            (zipped(GOOGLE, MICROSOFT), "zip: not exactly one file"),
            (b"{]", "JSON"),
            (b'{"policies":[{"policy":{"policy-domain":"x"},"summary":{"total-successful-session-count":-1}}]}', "JSON"),
            (b"{" + b'"a":[' * 100_000, "JSON"),
            (b"<?xml version='1.0'?><html/>", "no DMARC report"),
            (b"<?xml version='1.0'?>" + b"<feedback>" * 1000, "too deep"),
            (GOOGLE.replace(b"<count>12<", b"<count>many<"), "without an address or a number"),
            (GOOGLE.replace(b"203.0.113.129", b"; rm -rf /"), "without an address or a number"),
            (GOOGLE.replace(b"<domain>", b"<other>").replace(b"</domain>", b"</other>"), "which domain"),
            (b"plain", "no report in the message"),
        ]:
            with self.subTest(why):
                self.refused(content, why)
        self.assertEqual(receive.read(b"")[0]["kind"], "unreadable")
        self.assertEqual(receive.read(b"\xff\x00" * 10_000)[0]["kind"], "unreadable")
        self.assertIn("larger", receive.read(b"x" * (receive.MESSAGE_MAX + 1))[0]["why"])

    def test_what_the_library_s_parsers_do_not_expect_is_noted(self) -> None:
        broken = bytearray(zipped(GOOGLE, method=zipfile.ZIP_LZMA))
        broken[60:80] = b"\xff" * 20
        for content, why in [
            (b'<?xml version="1.0" encoding="foo"?><feedback/>', "LookupError: unknown encoding"),
            (b'<?xml version="1.0" encoding="shift_jis"?><feedback/>', "ValueError: multi-byte encodings"),
            (bytes(broken), "LZMAError"),
        ]:
            with self.subTest(why):
                self.refused(content, why)
        digits = b"Content-Type: multipart/mixed; boundary*" + b"1" * 5000 + b"=x\n\n"
        self.assertIn("ValueError: Exceeds the limit", receive.read(digits)[0]["why"])

    def test_a_message_of_many_parts_is_refused_before_it_is_parsed_whole(self) -> None:
        deep = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (i, i) for i in range(300))
        wide = b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 300
        for kind, message in [("deep", deep), ("wide", wide)]:
            with self.subTest(kind):
                started = time.process_time()
                [report] = receive.read(message + b"x\n" * 1_000_000)
                self.assertIn("more than 20 parts", report["why"])
                self.assertLess(time.process_time() - started, 2)

    def test_a_report_of_very_many_sources_is_kept_in_bounds(self) -> None:
        before, record, after = GOOGLE[: GOOGLE.index(b"<record>")], GOOGLE[GOOGLE.rindex(b"<record>") :], b"</feedback>"
        record = record.removesuffix(after + b"\n")
        many = b"".join(record.replace(b"198.51.100.7", b"2001:db8::%x" % i) for i in range(1, 3000))
        worst = record.replace(b"<count>3<", b"<count>9<")
        sources = one(gzipped(before + many + worst + after))["sources"]
        self.assertEqual(len(sources), 1001)
        self.assertEqual(sources["198.51.100.7"]["fail"], 9)
        self.assertEqual(sources["others"]["fail"], 3 * 2000)


class TheReader(unittest.TestCase):
    def test_is_a_process_that_prints_what_a_message_reports(self) -> None:
        read = subprocess.run(receive.READER, input=message(gzipped(GOOGLE)), capture_output=True, check=True)
        self.assertEqual(json.loads(read.stdout), receive.read(message(gzipped(GOOGLE))))

    def test_that_ends_in_whatever_way_is_noted(self) -> None:
        limited = f"import sys; sys.path.insert(0, {os.path.join(HOST, 'reports/reports')!r}); import receive; " + (
            "receive.SECONDS_MAX = 1; receive.limit(); bytes(800_000_000) if sys.argv[1:] else None\nwhile True: pass"
        )
        python = [sys.executable, "-B", "-c", limited]
        for reader, why in [
            (python, "reading it took more than 20 seconds"),
            ([*python, "memory"], "the reader ended with 1: "),
            (["sh", "-c", "kill -KILL $$"], f"the reader ended with {-signal.SIGKILL}: "),
            (["sh", "-c", "echo why >&2; exit 3"], "the reader ended with 3: why"),
        ]:
            with self.subTest(why):
                [report] = receive.ask(reader)
                self.assertEqual(report["kind"], "unreadable")
                self.assertIn(why, report["why"])


class Store(unittest.TestCase):
    def test_keeps_a_line_a_report_within_bounds_and_forgets_after_a_month(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            store.keep([{"kind": "dmarc"}], folder, now=0)
            store.keep([{"kind": "tls"}], folder, now=10)
            lines = (folder / "1970-01-01.jsonl").read_text().splitlines()
            self.assertEqual([json.loads(line)["kind"] for line in lines], ["dmarc", "tls"])
            store.keep([{"kind": "x" * store.DAY_MAX}], folder, now=20)
            self.assertEqual(len((folder / "1970-01-01.jsonl").read_text().splitlines()), 2)
            store.keep([], folder, now=32 * store.DAY)
            self.assertFalse((folder / "1970-01-01.jsonl").exists())

    def test_keeps_no_half_a_line_of_what_does_not_fit_on_the_disk(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            store.keep([{"kind": "dmarc"}], folder, now=0)
            write = os.write
            with mock.patch("store.os.write", lambda file, data: write(file, data[:9])), self.assertRaises(OSError) as told:
                store.keep([{"kind": "tls"}], folder, now=10)
            self.assertEqual(told.exception.errno, errno.ENOSPC)
            store.keep([{"kind": "tls"}], folder, now=20)
            lines = (folder / "1970-01-01.jsonl").read_text().splitlines()
            self.assertEqual([json.loads(line)["at"] for line in lines], [0, 20])

    def test_that_can_t_be_written_has_the_message_tried_again(self) -> None:
        program = os.path.join(HOST, "reports/reports/receive.py")
        code = f"import sys; sys.path.insert(0, {os.path.dirname(program)!r}); import store, receive, pathlib; " + (
            "store.keep.__defaults__ = (pathlib.Path('/nonexistent'), None); sys.exit(receive.main())"
        )
        ended = subprocess.run([sys.executable, "-B", "-c", code], input=message(GOOGLE), capture_output=True)
        self.assertEqual(ended.returncode, receive.LATER, ended.stderr)


if __name__ == "__main__":
    unittest.main()
