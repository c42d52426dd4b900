import io
import unittest

from support import A, FAILED, GOOD, MISSING, PKIX, TLSA, World, signed, unsigned
from dane import Cover, cover
from policy import converse, reply

STS = "OK secure match=mx1.peer.test servername=hostname policy_type=sts"


class DANE(unittest.TestCase):
    CASES = [
        ("both servers have records", {}, Cover.ALL),
        ("neither has", {"tlsa1": MISSING, "tlsa2": signed()}, Cover.NONE),
        ("one has", {"tlsa2": MISSING}, Cover.SOME),
        ("the list of servers is not signed", {"mx": unsigned(b"mx1.peer.test")}, Cover.NONE),
        ("there is no such domain", {"mx": MISSING}, Cover.NONE),
        ("the domain is its own server", {"mx": signed()}, Cover.ALL),
        ("the records are of a usage that is not for mail", {"tlsa1": signed(PKIX), "tlsa2": signed(PKIX)}, Cover.NONE),
        ("one of several records can be used", {"tlsa1": signed(PKIX, GOOD), "tlsa2": signed(GOOD)}, Cover.ALL),
        ("records are there and not signed", {"tlsa1": unsigned(GOOD), "tlsa2": unsigned(GOOD)}, Cover.NONE),
        ("addresses are not signed", {"a1": unsigned(b"1"), "a2": unsigned(b"2")}, Cover.NONE),
        ("the list can't be had", {"mx": FAILED}, Cover.ALL),
        ("the addresses can't be had", {"a1": FAILED, "a2": FAILED}, Cover.ALL),
        ("the records can't be had: somebody may be hiding them", {"tlsa1": FAILED, "tlsa2": FAILED}, Cover.ALL),
    ]

    def test_covers_a_domain_as_far_as_its_servers_have_records(self) -> None:
        for name, changes, expected in self.CASES:
            with self.subTest(name):
                self.assertEqual(cover("peer.test", World(**changes).ask), expected)

    def test_asks_no_name_server_for_records_that_can_not_be_signed(self) -> None:
        world = World(a1=unsigned(b"1"), a2=unsigned(b"2"))
        cover("peer.test", world.ask)
        self.assertEqual([kind for _, kind in world.asked if kind == TLSA], [])
        self.assertIn(("mx1.peer.test", A), world.asked)


class APolicy(unittest.TestCase):
    def reply(self, key: str = "peer.test", covered: Cover = Cover.NONE, sts: str = STS) -> str:
        return reply("postfix", key, lambda _: covered, lambda *_: sts)

    def test_is_the_domains_mta_sts_policy_where_dane_has_nothing_to_say(self) -> None:
        self.assertEqual(self.reply(), STS)
        self.assertEqual(self.reply(sts="NOTFOUND "), "NOTFOUND ")

    def test_leaves_a_domain_to_dane_whatever_its_mta_sts_policy_says(self) -> None:
        self.assertEqual(self.reply(covered=Cover.ALL), "NOTFOUND ")

    def test_uses_only_servers_with_records_where_some_have_and_mta_sts_wants_all_authenticated(self) -> None:
        self.assertEqual(self.reply(covered=Cover.SOME), "OK dane-only")
        self.assertEqual(self.reply(covered=Cover.SOME, sts="NOTFOUND "), "NOTFOUND ")

    def test_is_only_asked_for_domains(self) -> None:
        for key in [".test", "[mx1.peer.test]:25", "[192.0.2.1]", "localhost", "a..b", "x" * 64 + ".test", "é.test"]:
            with self.subTest(key):
                self.assertEqual(self.reply(key), "NOTFOUND ")

    def test_that_can_not_be_found_out_puts_the_mail_off(self) -> None:
        def silent(*_: str) -> str:
            raise ConnectionRefusedError("nobody is there")

        answer = reply("postfix", "peer.test", lambda _: Cover.NONE, silent)
        self.assertRegex(answer, r"^TEMP the TLS policy of peer\.test can't be found out: nobody is there")

    def test_is_spoken_in_netstrings_and_ends_at_what_is_none(self) -> None:
        writer = io.BytesIO()
        converse(io.BytesIO(b"13:postfix .test,13:postfix .test,9:broken"), writer)
        self.assertEqual(writer.getvalue(), b"9:NOTFOUND ,9:NOTFOUND ,")
        for broken in [b"x", b"1x:a,", b"999999:", b":", b"3:abc;"]:
            with self.subTest(broken):
                converse(io.BytesIO(broken), io.BytesIO())


if __name__ == "__main__":
    unittest.main()
