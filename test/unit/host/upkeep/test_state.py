import unittest

import support
import state


class State(support.Host):
    def test_is_empty_before_the_first_upgrade(self) -> None:
        self.assertEqual(state.read() | {"since": ""}, {"refused": {}, "worked": None, "trouble": "", "since": ""})

    def test_remembers_when_it_began(self) -> None:
        before = state.now()
        state.finish(before, "no network")
        began = state.read()["since"]
        state.finish(state.now(), "no network")
        self.assertGreaterEqual(began, before)
        self.assertEqual(state.read()["since"], began)

    def test_keeps_a_refusal_until_the_package_is_installed(self) -> None:
        state.refuse({"dovecot-core": "2", "dovecot-imapd": "2"}, "dovecot", "no")
        state.forget(["dovecot-core"])
        self.assertEqual(list(state.read()["refused"]), ["dovecot-imapd"])
        said = state.read()["refused"]["dovecot-imapd"]
        self.assertEqual((said["version"], said["part"], said["message"]), ("2", "dovecot", "no"))

    def test_drops_a_refusal_that_a_whole_run_did_not_repeat(self) -> None:
        state.refuse({"gone": "1"}, "nginx", "no")
        state.write(state.read() | {"refused": {"gone": state.read()["refused"]["gone"] | {"at": "2026-01-01"}}})
        began = state.now()
        state.refuse({"still": "1"}, "nginx", "no")
        state.finish(began, "")
        self.assertEqual(list(state.read()["refused"]), ["still"])

    def test_tells_when_a_run_last_worked_and_what_was_wrong_since(self) -> None:
        state.finish(state.now(), "")
        worked = state.read()["worked"]
        self.assertIsNotNone(worked)
        state.finish(state.now(), "apt-get failed")
        self.assertEqual((state.read()["worked"], state.read()["trouble"]), (worked, "apt-get failed"))


if __name__ == "__main__":
    unittest.main()
