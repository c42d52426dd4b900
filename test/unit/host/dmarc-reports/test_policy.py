import unittest

from support import World
import policy

class TheRecord(unittest.TestCase):
    def test_is_the_one_that_is_there(self) -> None:
        world = World({"_dmarc.asks.test": ["something else", "V=DMARC1; p=none", "v=DMARC1; P=reject"]})
        self.assertEqual(policy.published("asks.test", world), {"v": "DMARC1", "p": "reject"})

    def test_is_none_where_there_are_several_or_none(self) -> None:
        world = World({"_dmarc.two.test": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]})
        for domain in ["two.test", "without.test"]:
            self.assertIsNone(policy.published(domain, world))

    def test_that_cant_be_looked_up_may_be_later(self) -> None:
        with self.assertRaises(policy.Unknown):
            policy.published("asks.test", World({"_dmarc.asks.test": None}))


class Destinations(unittest.TestCase):
    def asked(self, rua: str, consent: list[str] | None = ()) -> list[str]:
        """Of asks.test, where other.test has the given records about it."""
        world = World({"_dmarc.asks.test": ["v=DMARC1; p=reject"], "asks.test._report._dmarc.other.test": consent})
        return policy.destinations("asks.test", {"rua": rua}, world)

    def test_are_the_domains_own_addresses(self) -> None:
        cases = [
            ("mailto:a@asks.test", ["a@asks.test"]),
            ("mailto:a@asks.test, mailto:b@sub.asks.test", ["a@asks.test", "b@sub.asks.test"]),
            ("mailto:a@asks.test!10m", ["a@asks.test"]),
            ("mailto:a%2Bb@asks.test", ["a+b@asks.test"]),
            ("mailto:a@asks.test,mailto:a@asks.test", ["a@asks.test"]),
            ("https://asks.test/reports", []),
            ("mailto:a%40ASKS.test?subject=x", ["a@asks.test"]),
            ("mailto:a b@asks.test", []),
            ("", []),
        ]
        for rua, expected in cases:
            with self.subTest(rua):
                self.assertEqual(self.asked(rua), expected)

    def test_are_five_at_most(self) -> None:
        self.assertEqual(len(self.asked(",".join(f"mailto:{n}@asks.test" for n in range(9)))), 5)

    def test_of_others_only_where_they_agree(self) -> None:
        other = "mailto:a@other.test"
        self.assertEqual(self.asked(other), [])
        self.assertEqual(self.asked(other, consent=["v=spf1 -all"]), [])
        self.assertEqual(self.asked(other, consent=["v=DMARC1"]), ["a@other.test"])

    def test_of_others_may_be_another_address_of_theirs_and_nobody_elses(self) -> None:
        other = "mailto:a@other.test"
        for instead, expected in [("b@other.test", ["b@other.test"]), ("b@third.test", [])]:
            self.assertEqual(self.asked(other, consent=[f"v=DMARC1; rua=mailto:{instead}"]), expected)

    def test_that_are_hidden_in_a_uri_are_nobodys(self) -> None:
        for uri in [
            "mailto:victim%40bank.test%2Cother%40shop.test%2Cx@asks.test",
            "mailto:victim%40bank.test@asks.test",
            "mailto:victim@bank.test%2Cx@asks.test",
            "mailto:victim%40other.test%3F@asks.test",
        ]:
            with self.subTest(uri):
                self.assertEqual(self.asked(uri), [])
                self.assertEqual(self.asked("mailto:a@other.test", consent=[f"v=DMARC1; rua={uri}"]), [])

    def test_of_others_are_unknown_while_they_cant_be_asked(self) -> None:
        with self.assertRaises(policy.Unknown):
            self.asked("mailto:a@other.test", consent=None)


class TheOrganization(unittest.TestCase):
    CASES = [
        ("is the domain itself where there are no records", "a.b.test", {}, "a.b.test"),
        ("is the highest with a record", "a.b.test", {"_dmarc.a.b.test": "", "_dmarc.b.test": ""}, "b.test"),
        ("is one that says so", "a.b.test", {"_dmarc.a.b.test": " psd=n", "_dmarc.b.test": ""}, "a.b.test"),
        ("is below a public suffix that says so", "a.b.test", {"_dmarc.test": " psd=y", "_dmarc.a.b.test": ""}, "b.test"),
        ("is a public suffix that sends mail", "test", {"_dmarc.test": " psd=y"}, "test"),
        ("is found from a long name by its last seven labels", "1.2.3.4.5.6.7.8.b.test", {"_dmarc.b.test": ""}, "b.test"),
    ]

    def test_is_found_on_the_way_up(self) -> None:
        for name, domain, tags, expected in self.CASES:
            with self.subTest(name):
                world = World({owner: [f"v=DMARC1; p=none;{more}"] for owner, more in tags.items()})
                self.assertEqual(policy.organization(domain, world), expected)

    def test_takes_eight_questions_at_most(self) -> None:
        asked = []
        world = World()

        def question(name: str, kind: int):
            asked.append(name)
            return world(name, kind)

        policy.organization(".".join("abcdefghijklmnop") + ".test", question)
        self.assertEqual(len(asked), 8)


if __name__ == "__main__":
    unittest.main()
