import json
import unittest
from unittest import mock

import support
import files
import host

SYSTEM = "/etc/systemd/system"


def part(name: str, unit: str, change: str, *paths: str) -> dict:
    return {"name": name, "files": [{"path": path} for path in paths], "services": [{"unit": unit, "onChange": change}]}


FILTER = part(
    "filter",
    "filter.service",
    "reload",
    "/etc/filter.conf",
    f"{SYSTEM}/filter.service.d/mailserver.conf",
    f"{SYSTEM}/filter.service",
)
OTHER = part("other", "filter.service.d.timer", "reload", f"{SYSTEM}/filter.service.d.timer")
CLOCK = part("clock", "clock.timer", "restart", f"{SYSTEM}/clock.timer")
BOOT = part("boot", "boot.service", "wait", f"{SYSTEM}/boot.service")
BUNDLE = {"parts": [FILTER, OTHER, CLOCK, BOOT]}


class ChangedFiles(support.Host):
    """systemctl says that all services run, and notes what it is asked to do."""

    def setUp(self) -> None:
        super().setUp()
        self.asked = self.home / "asked"
        self.asked.touch()
        self.program(
            "systemctl",
            f"""
            import sys
            verb, *units = sys.argv[1:]
            states = {{"is-enabled": "enabled", "is-active": "active"}}
            if verb in states:
                print("\\n".join(states[verb] for _ in units))
            else:
                with open({str(self.asked)!r}, "a") as log:
                    print(verb, *units, file=log)
            """,
        )
        former = mock.patch.object(files, "IN_FORCE", str(self.home / "bundle.json"))
        former.start()
        self.addCleanup(former.stop)

    def settle(self, *paths: str) -> list[str]:
        host.settle(BUNDLE, files.touched(BUNDLE, dict.fromkeys(paths)))
        return self.asked.read_text().splitlines()

    def test_of_a_program_are_read_again_by_what_runs(self) -> None:
        self.assertEqual(self.settle("/etc/filter.conf"), ["reload filter.service"])

    def test_of_its_unit_need_a_new_process(self) -> None:
        self.assertEqual(self.settle(f"{SYSTEM}/filter.service.d/mailserver.conf"), ["restart filter.service"])

    def test_of_its_unit_itself_too(self) -> None:
        self.assertEqual(self.settle("/etc/filter.conf", f"{SYSTEM}/filter.service"), ["restart filter.service"])

    def test_that_the_bundle_no_longer_has_count_as_well(self) -> None:
        before = {"parts": [part("clock", "clock.timer", "restart", "/etc/clock.conf")]}
        (self.home / "bundle.json").write_text(json.dumps(before))
        self.assertEqual(self.settle("/etc/clock.conf"), ["restart clock.timer"])

    def test_are_left_to_the_next_boot_where_the_service_says_so(self) -> None:
        self.assertEqual(self.settle(f"{SYSTEM}/boot.service"), [])

    def test_of_one_part_are_nothing_to_another(self) -> None:
        self.assertEqual(self.settle("/etc/unknown"), [])


if __name__ == "__main__":
    unittest.main()
