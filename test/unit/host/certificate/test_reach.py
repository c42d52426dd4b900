import contextlib
import os
import socketserver
import tempfile
import threading
import time
import types
import unittest
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from unittest import mock

import support  # noqa: F401
import reach
from sites import Site
from store import Kept

SECONDS = 0.5


@contextlib.contextmanager
def answering(talk: Callable[[socketserver.StreamRequestHandler], None] | None) -> Iterator[None]:
    """A server at the port that names are asked at. @param talk nothing for one that serves the files of this folder"""

    class Talker(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            # The other side hangs up when it has heard enough.
            with contextlib.suppress(OSError):
                talk(self)

    class Files(SimpleHTTPRequestHandler):
        def log_message(self, *_words: object) -> None:
            pass

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talker if talk else Files) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        with mock.patch("reach.PORT", server.server_address[1]):
            yield
        server.shutdown()


def says(words: bytes) -> Callable[[socketserver.StreamRequestHandler], None]:
    def talk(handler: socketserver.StreamRequestHandler) -> None:
        # A connection that is closed before all was read is reset.
        while handler.rfile.readline().strip():
            pass
        handler.wfile.write(words)

    return talk


def drip(handler: socketserver.StreamRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        time.sleep(SECONDS / 5)
        handler.wfile.write(b"X-%d: y\r\n" % number)


class Reaching(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.home)
        for target, value in {"REQUEST_SECONDS": SECONDS, "PATIENCE_SECONDS": -1, "PATIENCE_SECONDS_AT_FIRST": -1}.items():
            patch = mock.patch(f"reach.{target}", value)
            patch.start()
            self.addCleanup(patch.stop)

    def test_is_told_from_the_token_that_lies_here(self) -> None:
        challenges = self.home / reach.CHALLENGES
        challenges.mkdir(parents=True)
        (challenges / "right").write_text("right")
        (challenges / "wrong").write_text("another")
        with answering(None):
            self.assertEqual(reach.trouble_of("localhost", "right"), "")
            for token in ("wrong", "none"):
                self.assertIn("another host answers", reach.trouble_of("localhost", token))

    def test_is_not_so_whatever_another_server_says(self) -> None:
        for said, words in [
            (b"SSH-2.0-OpenSSH_10.0\r\n", "'SSH-2.0-OpenSSH_10.0'"),
            (b"", "''"),
            (b"\xff\x1b[31m\r\n", "'\\ufffd\\x1b[31m'"),
            (b"HTTP/1.1 301 Moved\r\nLocation: http://localhost/\r\n\r\n", "'HTTP/1.1 301 Moved'"),
            (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n" + b"x" * 100_000, "'HTTP/1.1 200 OK'"),
        ]:
            with self.subTest(words), answering(says(said)):
                self.assertEqual(
                    reach.trouble_of("localhost", "token"),
                    f"http://localhost/ does not lead to this host: another host answers: {words}",
                )

    def test_of_a_server_that_never_ends_is_given_up(self) -> None:
        for talk in (drip, lambda _handler: time.sleep(10 * SECONDS)):
            began = time.monotonic()
            with self.subTest(talk), answering(talk):
                self.assertIn("no whole answer", reach.trouble_of("localhost", "token"))
            self.assertLess(time.monotonic() - began, 4 * SECONDS)

    def test_of_what_is_no_name_nor_a_server_is_told(self) -> None:
        for name in (f"{'x' * 64}.test", "127.0.0.2"):
            with mock.patch("reach.PORT", 1):
                self.assertIn("does not lead to this host", reach.trouble_of(name, "token"))

    def test_leaves_the_other_sites_alone_when_one_leads_to_something_else(self) -> None:
        sites = [
            Site(name, [name], Kept(self.home / name), [], self.home / f"{name}.pem") for name in ("localhost", "127.0.0.1")
        ]
        declared = types.SimpleNamespace(webroot=self.home, hostname="127.0.0.1")

        def talk(handler: socketserver.StreamRequestHandler) -> None:
            request = handler.rfile.readline().decode()
            name = handler.rfile.readline().decode().removeprefix("Host: ").strip()
            token = request.split()[1].rpartition("/")[2]
            says(f"HTTP/1.1 200 OK\r\n\r\n{token}".encode() if name == "127.0.0.1" else b"SSH-2.0-x\r\n")(handler)

        with answering(talk):
            reach.look(declared, sites, lambda: None)
        self.assertEqual([site.reachable for site in sites], [[], ["127.0.0.1"]])

    def test_compares_addresses_where_the_host_can_not_reach_itself(self) -> None:
        addresses = {"mx1.example.test": {"192.0.2.1"}, "a.example.test": {"192.0.2.1"}, "b.example.test": {"192.0.2.2"}}
        self.assertEqual(
            reach.leading(addresses.__getitem__, "mx1.example.test", list(addresses)),
            ["mx1.example.test", "a.example.test"],
        )


if __name__ == "__main__":
    unittest.main()
