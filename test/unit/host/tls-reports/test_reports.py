import contextlib
import email
import email.policy
import gzip
import http.server
import io
import json
import socket
import threading
import time
import unittest
from unittest import mock

from support import DAY, MISMATCH, NOON, RECORD, Reporting, session
import collect
import deliver
import journal
import main


class AReport(Reporting):
    def report(self) -> tuple[email.message.EmailMessage, dict]:
        self.assertEqual(main.send(self.settings, NOON + DAY), 0)
        [raw] = self.mails()
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        _, attachment = mail.iter_parts()
        self.attachment = attachment
        return mail, json.loads(gzip.decompress(attachment.get_content()))

    def test_counts_successes_and_failures_of_a_day_by_policy(self) -> None:
        for what in [None, None, MISMATCH, MISMATCH, MISMATCH | {"c": 201}]:
            self.journal.note(session(what), NOON)
        _, content = self.report()
        self.assertEqual(
            content,
            {
                "organization-name": "example.test",
                "date-range": {"start-datetime": "2027-01-15T00:00:00Z", "end-datetime": "2027-01-15T23:59:59Z"},
                "contact-info": "postmaster@example.test",
                "report-id": "2027-01-15.peer.test@mx1.example.test",
                "policies": [
                    {
                        "policy": {
                            "policy-type": "sts",
                            "policy-string": ["mode: enforce"],
                            "policy-domain": "peer.test",
                            "mx-host": ["mx.peer.test"],
                        },
                        "summary": {"total-successful-session-count": 2, "total-failure-session-count": 3},
                        "failure-details": [
                            {
                                "result-type": result,
                                "sending-mta-ip": "192.0.2.1",
                                "receiving-mx-hostname": "mx.peer.test",
                                "receiving-mx-helo": "mx.peer.test",
                                "receiving-ip": "198.51.100.1",
                                "failure-reason-code": "x",
                                "failed-session-count": count,
                            }
                            for result, count in [("certificate-host-mismatch", 2), ("starttls-not-supported", 1)]
                        ],
                    }
                ],
            },
        )

    def test_keeps_policies_of_a_domain_apart(self) -> None:
        self.journal.note(session(kind=1), NOON)
        self.journal.note(session(kind=9), NOON)
        _, content = self.report()
        self.assertEqual([each["policy"]["policy-type"] for each in content["policies"]], ["tlsa", "no-policy-found"])

    def test_is_mailed_as_the_standard_has_it(self) -> None:
        self.journal.note(session(), NOON)
        mail, _ = self.report()
        self.assertEqual(mail["To"], "reports@peer.test")
        self.assertEqual(mail["From"].addresses[0].addr_spec, "postmaster@example.test")
        self.assertEqual(
            mail["Subject"],
            "Report Domain: peer.test Submitter: example.test Report-ID: <2027-01-15.peer.test@mx1.example.test>",
        )
        self.assertEqual(mail["TLS-Report-Domain"], "peer.test")
        self.assertEqual(mail["TLS-Report-Submitter"], "example.test")
        self.assertEqual(mail["TLS-Required"], "No")
        self.assertEqual(mail.get_content_type(), "multipart/report")
        self.assertEqual(mail.get_param("report-type"), "tlsrpt")
        self.assertEqual(self.attachment.get_content_type(), "application/tlsrpt+gzip")
        self.assertEqual(self.attachment.get_filename(), "example.test!peer.test!1799971200!1800057599.json.gz")
        self.assertEqual((self.home / "called").read_text(), "-i -f  -- reports@peer.test\n")

    def test_is_sent_once_and_only_of_a_day_that_is_over(self) -> None:
        self.journal.note(session(), NOON)
        self.assertEqual(main.send(self.settings, NOON + 11 * 3600), 0)
        self.assertEqual(self.mails(), [])
        for hour in range(3):
            main.send(self.settings, NOON + DAY + hour * 3600)
        self.assertEqual(len(self.mails()), 1)

    def test_is_tried_again_and_given_up_after_a_day(self) -> None:
        self.journal.note(session(), NOON)
        (self.home / "refuse").touch()
        self.assertEqual(main.send(self.settings, NOON + DAY), 1)
        (self.home / "refuse").unlink()
        self.assertEqual(main.send(self.settings, NOON + 3 * DAY), 0)
        self.assertEqual(self.mails(), [])
        self.assertEqual(self.journal.due(NOON + 3 * DAY), [])


    def test_goes_out_whatever_another_domain_brings_about(self) -> None:
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)

        def answer() -> None:
            with server.accept()[0] as peer:
                peer.recv(1000)
                peer.sendall(b"nonsense\r\n")

        threading.Thread(target=answer, daemon=True).start()
        nonsense = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        for domain, uri in [("a", "https://nonsense.test"), ("b", "https://[/"), ("c", "mailto:a%0ab@c.test")]:
            self.journal.note(session(domain=f"{domain}.test", record=f"v=TLSRPTv1; rua={uri}"), NOON)
        self.journal.note(session(), NOON)
        post = deliver.post
        to_nonsense = mock.patch.object(deliver, "post", lambda url, packed: post(nonsense if "nonsense" in url else url, packed))
        with to_nonsense, contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual(main.send(self.settings, NOON + DAY), 1)
        first, second = sorted(said.getvalue().splitlines())
        self.assertEqual(first, "a.test of 2027-01-15 to https://nonsense.test: BadStatusLine: nonsense")
        self.assertRegex(second, r"^b\.test of 2027-01-15 to https://\[/: ValueError")
        self.assertEqual(len(self.mails()), 1)


class ADestination(unittest.TestCase):
    def test_is_read_from_the_domains_record(self) -> None:
        for record, expected in [
            (RECORD, ["mailto:reports@peer.test"]),
            ("v=TLSRPTv1;rua=https://peer.test/v1, mailto:a@peer.test;", ["https://peer.test/v1", "mailto:a@peer.test"]),
            ("v=TLSRPTv1; rua=http://peer.test/v1", []),
            ("v=TLSRPTv1; rua=mailto:a%40peer.test?subject=x,mailto:a@Peer.Test", ["mailto:a@peer.test"]),
            ("v=TLSRPTv1; rua=mailto:a%40bank.test%2Cb%40shop.test%2Cc@peer.test,mailto:a%0ab@peer.test", []),
            ("v=TLSRPTv1; rua=https://peer.test/a b,https:///v1,https://peer.test/\n", ["https://peer.test/"]),
            ("v=TLSRPTv1; rua=mailto:-oQ/tmp", []),
            ("v=TLSRPTv1; rua=file:///etc/passwd", []),
            ("v=TLSRPTv1", []),
            ("v=spf1; rua=mailto:a@peer.test", []),
            ("", []),
        ]:
            with self.subTest(record):
                self.assertEqual(deliver.destinations(record), expected)


class Receiver(http.server.BaseHTTPRequestHandler):
    status = 201
    received: list[tuple[str, bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((self.headers["Content-Type"], body))
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class AReportByHttp(unittest.TestCase):
    def setUp(self) -> None:
        server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
        self.url = f"http://127.0.0.1:{server.server_port}/v1"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        Receiver.received = []

    def test_is_posted(self) -> None:
        deliver.post(self.url, b"packed")
        self.assertEqual(Receiver.received, [("application/tlsrpt+gzip", b"packed")])

    def test_is_undelivered_when_it_is_refused_or_sent_elsewhere(self) -> None:
        for status in [302, 404, 500]:
            with self.subTest(status), mock.patch.object(Receiver, "status", status):
                with self.assertRaises(OSError):
                    deliver.post(self.url, b"packed")

    def test_ends_where_the_other_side_answers_byte_by_byte(self) -> None:
        def drip(handler: Receiver) -> None:
            with contextlib.suppress(BrokenPipeError):
                for byte in b"HTTP/1.1 201 Created\r\n" * 9:
                    time.sleep(0.05)
                    handler.wfile.write(bytes([byte]))

        started = time.monotonic()
        with mock.patch.object(Receiver, "do_POST", drip), mock.patch.object(deliver, "PATIENCE_SECONDS", 0.5):
            with self.assertRaisesRegex(OSError, "it took more than 0.5 seconds"):
                deliver.post(self.url, b"packed")
        self.assertLess(time.monotonic() - started, 3)


class TheCollector(Reporting):
    def collect(self, *datagrams: bytes) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        with theirs:
            for datagram in datagrams:
                theirs.send(datagram)
            collect.collect(self.settings, ours, 0.2)
        ours.close()

    def test_takes_what_comes_and_ends_when_nothing_does(self) -> None:
        self.collect(json.dumps(session()).encode(), json.dumps(session(MISMATCH)).encode())
        [counted] = self.journal.counted(journal.day_of(time.time()), "peer.test")
        self.assertEqual((counted.successes, counted.failures), (1, 1))

    def test_goes_on_after_what_it_does_not_understand(self) -> None:
        self.collect(b"", b"[]", b"{}", b"\xff", b'{"d": 1}', b'{"d":"a","pr":"b","policies":[{}]}', json.dumps(session()).encode())
        self.assertEqual(len(self.journal.counted(journal.day_of(time.time()), "peer.test")), 1)

    def test_keeps_only_so_much_of_a_day(self) -> None:
        with mock.patch.multiple(journal, POLICIES=3, FAILURES=2):
            for i in range(10):
                self.journal.note(session(domain=f"d{i}.test"), NOON)
                self.journal.note(session(MISMATCH | {"r": f"192.0.2.{i}"}, domain="d0.test"), NOON)
        self.assertEqual([domain for _, domain, _ in self.journal.due(NOON + DAY)], ["d0.test", "d1.test", "d2.test"])
        [counted] = self.journal.counted("2027-01-15", "d0.test")
        self.assertEqual((counted.successes, counted.failures, len(counted.details)), (1, 10, 2))


if __name__ == "__main__":
    unittest.main()
