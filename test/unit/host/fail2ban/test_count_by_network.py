import os
import sys
import types
import unittest
from unittest import mock

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../../host/fail2ban"))
sys.dont_write_bytecode = True

import count_by_network  # noqa: E402


class Network(unittest.TestCase):
    def test_is_the_64_around_an_address_of_ipv6(self) -> None:
        for address, network in [
            ("2001:db8::66", "2001:db8::/64"),
            ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
            ("2a00::d:1:2:3:4", "2a00:0:0:d::/64"),
        ]:
            self.assertEqual(count_by_network.network(address), network)

    def test_is_none_of_what_is_counted_as_it_is(self) -> None:
        for address in ["192.0.2.1", "2001:db8::/64", "somebody", ""]:
            self.assertIsNone(count_by_network.network(address))


class Counting(unittest.TestCase):
    def count(self, address: str, code: int = 0) -> tuple[int, list]:
        """@returns the exit status and what fail2ban was told"""
        told: list = []

        class CSocket:
            def __init__(self, path: str) -> None:
                self.path = path

            def send(self, command: list) -> tuple[int, object]:
                told.append((self.path, command))
                return code, None

        module = types.SimpleNamespace(CSocket=CSocket)
        names = {"fail2ban": module, "fail2ban.client": module, "fail2ban.client.csocket": module}
        with mock.patch.dict(sys.modules, names):
            return count_by_network.main("mail", address), told

    def test_is_for_the_network_instead(self) -> None:
        told = [("/run/fail2ban/fail2ban.sock", ["set", "mail", "attempt", "2001:db8::/64"])]
        self.assertEqual(self.count("2001:db8::66"), (0, told))

    def test_is_for_the_address_where_that_is_all_somebody_has(self) -> None:
        self.assertEqual(self.count("192.0.2.1"), (1, []))

    def test_is_for_the_address_rather_than_for_nothing_when_fail2ban_refuses(self) -> None:
        self.assertEqual(self.count("2001:db8::66", code=1)[0], 1)


if __name__ == "__main__":
    unittest.main()
