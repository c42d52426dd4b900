import datetime
import unittest

import support  # noqa: F401
from upkeep_state import of_restart, of_upgrades

NOW = datetime.datetime(2026, 11, 26, 12, tzinfo=datetime.timezone.utc)


def ago(**span: float) -> str:
    return (NOW - datetime.timedelta(**span)).isoformat()


def state(**changes) -> dict:
    return {"refused": {}, "worked": ago(hours=9), "trouble": "", "since": ago(days=90)} | changes


def refusal(version: str, part: str = "dovecot", message: str = "Unknown setting: x") -> dict:
    return {"version": version, "part": part, "message": message, "at": ago(hours=9)}


class Upgrades(unittest.TestCase):
    def test_that_work_and_those_that_were_never_due_are_not_worth_a_word(self) -> None:
        self.assertEqual(of_upgrades(None, NOW), [])
        self.assertEqual(of_upgrades(state(), NOW), [])

    def test_that_are_refused_are_told_with_the_program_and_its_words_and_once_for_what_belongs_together(self) -> None:
        refused = {"dovecot-imapd": refusal("2"), "dovecot-core": refusal("2"), "nginx": refusal("3", "nginx", "no")}
        self.assertEqual(
            of_upgrades(state(refused=refused), NOW),
            [
                "not upgraded to dovecot-core 2, dovecot-imapd 2, because dovecot refuses the host's configuration "
                "with it, and goes on as it is: Unknown setting: x",
                "not upgraded to nginx 3, because nginx refuses the host's configuration with it, and goes on as it "
                "is: no",
            ],
        )

    def test_that_fail_are_told_after_some_days_of_it(self) -> None:
        trouble = "apt-get failed\nCould not resolve 'deb.debian.org'"
        self.assertEqual(of_upgrades(state(trouble=trouble, worked=ago(days=2)), NOW), [])
        self.assertEqual(
            of_upgrades(state(trouble=trouble, worked=ago(days=4)), NOW),
            [f"no upgrade has worked since 2026-11-22: {trouble}"],
        )

    def test_that_never_worked_count_from_the_first_attempt(self) -> None:
        self.assertEqual(of_upgrades(state(worked=None, since=ago(days=1)), NOW), [])
        self.assertEqual(len(of_upgrades(state(worked=None, since=ago(days=5)), NOW)), 1)

    def test_that_nothing_tries_any_more_are_told(self) -> None:
        told = of_upgrades(state(worked=ago(days=10)), NOW)
        self.assertEqual(told, ["no upgrade has worked since 2026-11-16: none was tried"])


class Restart(unittest.TestCase):
    def test_is_told_when_its_window_was_missed_or_there_is_none(self) -> None:
        self.assertEqual(of_restart(None, NOW), [])
        self.assertEqual(of_restart((NOW - datetime.timedelta(days=1)).timestamp(), NOW), [])
        self.assertEqual(
            of_restart((NOW - datetime.timedelta(days=5)).timestamp(), NOW),
            ["an upgrade requires a restart since 2026-11-21: systemctl reboot"],
        )


if __name__ == "__main__":
    unittest.main()
