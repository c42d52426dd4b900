import json
import os
import time
import unittest
from pathlib import Path
from unittest import mock

from support import Host

import main
import rules

REFUSED = "acme: error: 400 :: urn:ietf:params:acme:error:caa :: CAA record forbids it"


class Certificates(Host):
    def setUp(self) -> None:
        super().setUp()
        self.elsewhere: dict[str, str] = {}
        for target, replacement in {
            "reach.trouble_of": lambda name, _token: self.elsewhere.get(name, ""),
            "reach.PATIENCE_SECONDS": -1,
            "reach.PATIENCE_SECONDS_AT_FIRST": -1,
            "reach.time.sleep": lambda _seconds: None,
        }.items():
            patch = mock.patch(target, replacement)
            patch.start()
            self.addCleanup(patch.stop)

    @property
    def pair(self) -> Path:
        return self.home / "tls/pair.pem"

    def obtain(self) -> int:
        return main.main("obtain")

    def report(self) -> dict:
        return json.loads((self.home / "run/certificates.json").read_text())

    def notes(self, pattern: str) -> list[Path]:
        return list(self.home.glob(f"acme/certificates/*/{pattern}/note.json"))

    def keys(self) -> list[str]:
        """Private keys of certificates that are anywhere, but for the declared one."""
        found = [path for path in self.home.glob("**/*.pem") if b"PRIVATE KEY" in path.read_bytes()]
        return sorted({self.openssl("pkey", "-in", str(path), "-pubout") for path in found})


class TheHosts(Certificates):
    def test_is_the_bootstrap_one_until_the_authority_has_issued(self) -> None:
        main.main("install")
        self.assertTrue(self.fits(self.pair))
        self.assertEqual(self.report()["certificate"]["source"], "bootstrap")
        self.assertFalse(self.report()["issued"])
        self.assertEqual((self.report()["certificate"]["issuedNotAfter"], self.report()["warnings"]), (None, []))
        self.assertEqual(self.obtain(), 0)
        self.assertTrue(self.fits(self.pair))
        report = self.report()
        self.assertEqual(report["certificate"]["source"], "acme")
        self.assertEqual(report["certificate"]["issuedNotAfter"], report["certificate"]["notAfter"])
        self.assertEqual(report["acmeAccount"], "https://acme.test/account/1")
        self.assertEqual((report["issued"], report["warnings"], report["unsettled"]), (True, [], []))

    def test_is_renewed_by_the_same_account_when_another_is_postmaster(self) -> None:
        self.obtain()
        self.declare(email="bob@example.test")
        [note] = self.notes("host/*")
        self.age(note, -61, 29)
        self.noted("calls")
        self.assertEqual(self.obtain(), 0)
        self.assertEqual(len(self.noted("calls")), 1)
        self.assertEqual([file.parent.name for file in self.home.glob("**/account.json")], ["alice@example.test"])

    def test_is_read_by_root_alone(self) -> None:
        self.obtain()
        for path in self.home.glob("**/pair.pem"):
            self.assertEqual(path.stat().st_mode & 0o777, 0o600, path)

    def test_is_left_alone_until_it_is_due_and_then_renewed_with_the_same_key(self) -> None:
        self.obtain()
        self.noted("calls")
        self.noted("systemctl")
        key, before = self.public_key(self.pair), self.pair.read_bytes()
        self.obtain()
        self.assertEqual((self.noted("calls"), self.noted("systemctl")), ([], []))
        [note] = self.notes("host/*")
        self.age(note, -61, 29)
        self.obtain()
        self.assertEqual(self.noted("calls"), ["mx1.example.test"])
        self.assertEqual(self.noted("systemctl"), ["try-reload-or-restart postfix.service dovecot.service nginx.service"])
        self.assertEqual(self.public_key(self.pair), key)
        self.assertNotEqual(self.pair.read_bytes(), before)

    def test_stays_with_its_key_when_another_is_declared_until_that_one_is_issued(self) -> None:
        self.obtain()
        before = self.pair.read_bytes()
        self.new_key("mx1.example.test")
        main.main("install")
        self.assertEqual(self.pair.read_bytes(), before)
        self.refuse("mx1.example.test", REFUSED)
        self.assertEqual(self.obtain(), 1)
        self.assertEqual(self.pair.read_bytes(), before)
        self.assertIn("still has its former certificate", " ".join(self.report()["warnings"]))
        self.relent()
        for note in self.notes("host/*"):
            fields = json.loads(note.read_text())
            note.write_text(json.dumps(fields | {"retry_at": 0}))
        self.assertEqual(self.obtain(), 0)
        self.assertTrue(self.fits(self.pair))
        self.assertEqual(self.public_key(self.pair), self.openssl("pkey", "-in", str(self.home / "tls/key.pem"), "-pubout"))

    def test_leaves_nothing_of_a_key_that_is_not_used_any_more(self) -> None:
        self.obtain()
        former = self.public_key(self.pair)
        self.new_key("mx1.example.test")
        self.obtain()
        self.assertEqual(len(self.keys()), 1)
        self.assertNotIn(former, self.keys())

    def test_is_renewed_with_the_former_key_while_the_authority_refuses_the_new_one(self) -> None:
        self.obtain()
        [former] = self.notes("host/*")
        key, before = self.public_key(self.pair), self.pair.read_bytes()
        self.new_key("mx1.example.test")
        self.refuse("mx1.example.test", REFUSED)
        self.obtain()
        self.relent()
        self.age(former, -61, 29)
        # The new key is left alone for a while, the former one is not.
        self.noted("calls")
        self.obtain()
        self.assertEqual(self.noted("calls"), ["mx1.example.test"])
        self.assertEqual(self.public_key(self.pair), key)
        self.assertNotEqual(self.pair.read_bytes(), before)

    def test_is_not_taken_from_another_name(self) -> None:
        self.obtain()
        self.new_key("mx2.example.test")
        self.declare(hostname="mx2.example.test")
        main.main("install")
        self.assertEqual(self.report()["certificate"]["source"], "bootstrap")

    def test_is_found_again_by_a_new_machine(self) -> None:
        self.obtain()
        before = self.pair.read_bytes()
        self.noted("calls")
        self.pair.unlink()
        self.assertEqual(self.obtain(), 0)
        self.assertEqual(self.pair.read_bytes(), before)
        self.assertEqual(self.noted("calls"), [])

    def test_serves_on_from_one_authority_until_another_has_issued(self) -> None:
        self.obtain()
        before = self.pair.read_bytes()
        self.declare(directory="https://other.test/dir")
        main.main("install")
        self.assertEqual(self.pair.read_bytes(), before)
        self.obtain()
        self.assertNotEqual(self.pair.read_bytes(), before)

    def test_is_placed_without_touching_the_data_volume(self) -> None:
        main.main("place")
        self.assertFalse((self.home / "acme").exists())
        self.assertTrue(self.fits(self.pair))


class TheDomains(Certificates):
    WEB = {
        "example.test": ["mta-sts.example.test", "autoconfig.example.test"],
        "example.org": ["autoconfig.example.org", "autodiscover.example.org"],
    }

    def setUp(self) -> None:
        super().setUp()
        self.declare(self.WEB)

    def web_pair(self, domain: str) -> Path:
        return self.home / f"tls/web/{domain}.pem"

    def test_are_the_bootstrap_one_at_first_then_each_domains_own_after_the_hosts(self) -> None:
        main.main("install")
        self.assertEqual(self.web_pair("example.org").read_bytes(), self.pair.read_bytes())
        self.assertEqual(self.report()["unsettled"], [None, None, None])
        self.assertEqual(self.obtain(), 0)
        calls = self.noted("calls")
        self.assertEqual(calls[0], "mx1.example.test")
        self.assertCountEqual(calls[1:], [" ".join(names) for names in self.WEB.values()])
        self.assertEqual(len(self.keys()), 3)
        self.assertEqual(self.report()["webCertificates"] | {"firstNotAfter": ""}, {
            "domains": 2, "issued": 2, "firstNotAfter": "", "troubled": [], "troubledDomains": 0,
        })
        for domain in self.WEB:
            self.assertTrue(self.fits(self.web_pair(domain)))

    def test_have_only_the_web_server_read_them_again(self) -> None:
        self.obtain()
        self.noted("systemctl")
        [note] = self.notes("web/example.org")
        self.age(note, -61, 29)
        self.obtain()
        self.assertEqual(self.noted("systemctl"), ["try-reload-or-restart nginx.service"])

    def test_are_not_held_up_by_one_that_the_authority_refuses(self) -> None:
        self.refuse("autoconfig.example.org", REFUSED)
        self.assertEqual(self.obtain(), 1)
        report = self.report()
        self.assertEqual(report["webCertificates"]["issued"], 1)
        [troubled] = report["webCertificates"]["troubled"]
        self.assertEqual(troubled["domain"], "example.org")
        self.assertIn("CAA record forbids it", troubled["trouble"])
        self.assertIn("example.org", " ".join(report["warnings"]))
        self.noted("calls")
        # It is left alone for a time.
        self.assertEqual(self.obtain(), 1)
        self.assertEqual(self.noted("calls"), [])

    def test_are_asked_only_for_names_that_lead_here_and_again_when_more_do(self) -> None:
        self.elsewhere["mta-sts.example.test"] = "http://mta-sts.example.test/ does not lead to this host: no address"
        self.assertEqual(self.obtain(), 1)
        self.assertIn("autoconfig.example.test", self.noted("calls"))
        [troubled] = self.report()["webCertificates"]["troubled"]
        self.assertIn("no address", troubled["trouble"])
        self.assertEqual(self.report()["unsettled"], [])
        self.elsewhere.clear()
        self.assertEqual(self.obtain(), 0)
        self.assertEqual(self.noted("calls"), ["mta-sts.example.test autoconfig.example.test"])

    def test_are_not_asked_for_at_all_when_no_name_leads_here(self) -> None:
        for name in self.WEB["example.org"]:
            self.elsewhere[name] = f"http://{name}/ does not lead to this host: no address"
        self.assertEqual(self.obtain(), 1)
        self.assertFalse([call for call in self.noted("calls") if "example.org" in call])
        [since] = self.report()["unsettled"]
        self.assertLessEqual(since, time.time())

    def test_keep_a_name_that_leads_elsewhere_for_a_moment_until_the_alarm(self) -> None:
        self.obtain()
        self.noted("calls")
        [note] = self.notes("web/example.test")
        self.age(note, -65, 25)
        self.elsewhere["mta-sts.example.test"] = "gone"
        self.obtain()
        self.assertEqual(self.noted("calls"), [])
        self.age(note, -75, 15)
        self.obtain()
        self.assertEqual(self.noted("calls"), ["autoconfig.example.test"])

    def test_are_told_of_once_they_have_expired(self) -> None:
        self.obtain()
        [note] = self.notes("web/example.org")
        self.age(note, -91, -1)
        self.refuse("autoconfig.example.org", REFUSED)
        self.obtain()
        self.assertIn("example.org ended on", "\n".join(self.noted("sendmail")))
        told = self.report()["webCertificates"]
        self.assertEqual(told["issued"], 1)
        self.assertLess(told["firstNotAfter"], time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))

    def test_leave_nothing_when_a_domain_is_not_declared_any_more(self) -> None:
        self.obtain()
        self.declare({"example.org": self.WEB["example.org"]})
        self.obtain()
        self.assertEqual(len(self.keys()), 2)
        self.assertFalse(self.web_pair("example.test").exists())
        self.assertTrue(self.web_pair("example.org").exists())

    def test_are_told_in_few_words_however_many_are_in_trouble(self) -> None:
        domains = {f"d{number}.test": [f"autoconfig.d{number}.test"] for number in range(200)}
        self.declare(domains)
        for [name] in domains.values():
            self.elsewhere[name] = f"http://{name}/ does not lead to this host: {'no ' * 500}"
        self.obtain()
        report = self.report()
        self.assertEqual(report["webCertificates"]["troubledDomains"], 200)
        self.assertIn("and 180 more", report["warnings"])
        self.assertLess(len(json.dumps(report | {"unsettled": []})), 25_000)


class TheAlarm(Certificates):
    def setUp(self) -> None:
        super().setUp()
        self.obtain()
        [self.note] = self.notes("host/*")

    def test_is_mailed_to_the_postmaster_once_a_day_with_what_to_do(self) -> None:
        self.age(self.note, -71, 19)
        self.refuse("mx1.example.test", REFUSED)
        self.obtain()
        mail = "\n".join(self.noted("sendmail"))
        for words in ("To: alice@example.test", "mx1.example.test", "CAA record forbids it", "journalctl"):
            self.assertIn(words, mail)
        self.assertNotIn("INFO", mail)
        self.assertEqual(len(self.report()["warnings"]), 1)
        self.assertIn("could not be renewed", " ".join(self.report()["warnings"]))
        self.obtain()
        self.assertEqual(self.noted("sendmail"), [])
        (self.home / "acme/alarmed.json").write_text(str(time.time() - rules.DAY - 1))
        self.obtain()
        self.assertNotEqual(self.noted("sendmail"), [])

    def test_goes_on_once_it_has_expired_though_the_one_that_is_served_ends_in_years(self) -> None:
        self.age(self.note, -91, -1)
        self.refuse("mx1.example.test", REFUSED)
        self.obtain()
        mail = "\n".join(self.noted("sendmail"))
        self.assertRegex(mail, r"certificates ended on \d{4}-\d\d-\d\d and could not be renewed")
        report = self.report()
        self.assertEqual(report["certificate"]["source"], "bootstrap")
        yesterday = time.strftime("%Y-%m-%d", time.gmtime(time.time() - rules.DAY))
        self.assertTrue(report["certificate"]["issuedNotAfter"].startswith(yesterday))
        self.assertIn("ended on", " ".join(report["warnings"]))
        self.relent()
        self.age(self.note, -91, -1)
        self.assertEqual(self.obtain(), 0)
        self.assertEqual(self.report()["warnings"], [])

    def test_is_not_raised_of_a_new_host_that_never_had_one(self) -> None:
        self.new_key("mx2.example.test")
        self.declare(hostname="mx2.example.test")
        self.age(self.note, -91, -1)
        self.refuse("mx2.example.test", REFUSED)
        self.obtain()
        self.assertEqual(self.noted("sendmail"), [])
        self.assertIsNone(self.report()["certificate"]["issuedNotAfter"])

    def test_is_not_raised_while_there_is_time_nor_once_it_is_renewed(self) -> None:
        self.age(self.note, -69, 21)
        self.refuse("mx1.example.test", REFUSED)
        self.obtain()
        self.assertEqual(self.noted("sendmail"), [])
        self.age(self.note, -71, 19)
        self.relent()
        self.assertEqual(self.obtain(), 0)
        self.assertEqual(self.noted("sendmail"), [])
        self.assertEqual(self.report()["warnings"], [])


if __name__ == "__main__":
    os.umask(0o022)
    unittest.main()
