import os
import unittest

import support
import state
import upgrade


class Upgrade(support.Host):
    def setUp(self) -> None:
        super().setUp()
        upgrade.HELD = str(self.home / "run/held.conf")
        path = f"{self.home}:{os.environ['PATH']}"
        upgrade.ENVIRONMENT = os.environ | {"PATH": path, "APT_CONFIG": upgrade.HELD}
        os.environ["PATH"], former = path, os.environ["PATH"]
        self.addCleanup(os.environ.update, PATH=former)
        self.program("apt-get", "")

    def unattended_upgrade(self, refuses: list[str]) -> None:
        """Tries packages one after the other and ends at the first that is refused, as the real one does."""
        self.program(
            "unattended-upgrade",
            f"""
            import os, re, sys
            sys.path.insert(0, {os.path.dirname(upgrade.__file__)!r})
            import state
            state.FILE = {state.FILE!r}
            held = open(os.environ["APT_CONFIG"]).read()
            for name in ["libc6", "dovecot-core", "libstdc++6", "postfix"]:
                if re.escape(name) in held:
                    continue
                if name in {refuses!r}:
                    state.refuse({{name: "2"}}, "dovecot", "no")
                    sys.exit(1)
                open({str(self.home)!r} + "/installed", "a").write(name + "\\n")
            """,
        )

    def installed(self) -> list[str]:
        return (self.home / "installed").read_text().split()

    def test_installs_the_others_when_some_are_refused(self) -> None:
        self.unattended_upgrade(["dovecot-core", "libstdc++6"])
        upgrade.main()
        self.assertIn("postfix", self.installed())
        self.assertEqual(sorted(state.read()["refused"]), ["dovecot-core", "libstdc++6"])
        self.assertIsNotNone(state.read()["worked"])

    def test_tries_a_refused_one_anew_the_next_time(self) -> None:
        self.unattended_upgrade(["dovecot-core"])
        upgrade.main()
        self.unattended_upgrade([])
        upgrade.main()
        self.assertIn("dovecot-core", self.installed())
        self.assertEqual(state.read()["refused"], {})

    def test_tells_why_the_lists_can_not_be_had_and_fails(self) -> None:
        self.program("apt-get", "import sys; sys.exit('E: Could not resolve deb.debian.org')")
        self.unattended_upgrade([])
        with self.assertRaises(SystemExit):
            upgrade.main()
        self.assertEqual(state.read()["trouble"], "apt-get failed\nE: Could not resolve deb.debian.org")
        self.assertIsNone(state.read()["worked"])

    def test_tells_why_packages_can_not_be_installed(self) -> None:
        self.program("unattended-upgrade", "import sys; sys.exit('No space left on device')")
        with self.assertRaises(SystemExit):
            upgrade.main()
        self.assertIn("No space left on device", state.read()["trouble"])


if __name__ == "__main__":
    unittest.main()
