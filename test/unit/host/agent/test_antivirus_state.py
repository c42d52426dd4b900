import contextlib
import datetime
import socket
import threading
import unittest
from collections.abc import Iterator
from unittest import mock

import support
import antivirus_state
from antivirus_state import NO_ANSWER, Antivirus, of_signatures

NOW = datetime.datetime(2026, 11, 26, 12)
BUNDLE = {"parts": [{"name": "clamav"}]}


class Scanner(support.Host):
    def setUp(self) -> None:
        super().setUp()
        self.socket = str(self.home / "clamd.ctl")
        for name, value in [("SOCKET", self.socket), ("TIMEOUT", 0.2)]:
            patch = mock.patch.object(antivirus_state, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    @contextlib.contextmanager
    def answering(self, answer: bytes | None) -> Iterator[None]:
        """@param answer None says nothing"""
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(self.socket)
            server.listen()

            def answer_one() -> None:
                connection, _ = server.accept()
                with connection:
                    assert connection.recv(512) == b"zVERSION\0"
                    connection.sendall(answer)

            thread = threading.Thread(target=answer_one)
            if answer is not None:
                thread.start()
            yield
            if answer is not None:
                thread.join()
        (self.home / "clamd.ctl").unlink()

    def test_that_is_not_declared_is_not_asked(self) -> None:
        self.assertEqual(Antivirus().warnings(None), [])
        self.assertEqual(Antivirus().warnings({"parts": [{"name": "rspamd"}]}), [])

    def test_that_does_not_answer_is_told_at_once_and_no_more_once_it_does(self) -> None:
        antivirus = Antivirus()
        self.assertEqual(antivirus.warnings(BUNDLE), [NO_ANSWER])
        today = datetime.datetime.now().strftime("%a %b %d %H:%M:%S %Y").encode()
        with self.answering(b"ClamAV 1.4.6/28000/" + today + b"\0"):
            self.assertEqual(antivirus.warnings(BUNDLE), [])

    def test_that_hangs_up_does_not_answer(self) -> None:
        with self.answering(b""):
            self.assertEqual(Antivirus().warnings(BUNDLE), [NO_ANSWER])

    def test_that_is_silent_is_told_only_when_it_can_no_longer_be_loading_signatures(self) -> None:
        antivirus = Antivirus()
        with mock.patch("time.monotonic") as clock:
            clock.return_value = 1000.0
            with self.answering(b"ClamAV 1.4.6\0"):
                [told] = antivirus.warnings(BUNDLE)
            with self.answering(None):
                clock.return_value += 200
                self.assertEqual(antivirus.warnings(BUNDLE), [told])
                clock.return_value += 200
                self.assertEqual(antivirus.warnings(BUNDLE), [NO_ANSWER])


class Signatures(unittest.TestCase):
    def test_of_these_days_are_not_worth_a_word(self) -> None:
        self.assertEqual(of_signatures("ClamAV 1.4.6/28000/Fri Nov 20 09:24:47 2026", NOW), [])
        self.assertEqual(of_signatures("ClamAV 1.4.6/28000/Thu Nov 26 09:24:47 2026", NOW), [])

    def test_of_long_ago_are_told_with_their_day(self) -> None:
        [told] = of_signatures("ClamAV 1.4.6/27900/Mon Nov  9 09:24:47 2026", NOW)
        self.assertIn("signatures are of 2026-11-09", told)
        self.assertIn("journalctl -u clamav-freshclam", told)

    def test_of_an_operator_alone_are_told_for_what_they_lack(self) -> None:
        [told] = of_signatures("ClamAV 1.4.6", NOW)
        self.assertIn("no signatures of ClamAV's", told)


if __name__ == "__main__":
    unittest.main()
