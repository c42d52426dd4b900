import os
import signal
import subprocess
import sys
import time
import unittest

import support
import state
import upgrade


class Programs(support.Host):
    def setUp(self) -> None:
        super().setUp()
        upgrade.HELD = str(self.home / "run/held.conf")
        path = f"{self.home}:{os.environ['PATH']}"
        upgrade.ENVIRONMENT = os.environ | {"PATH": path, "APT_CONFIG": upgrade.HELD}
        os.environ["PATH"], former = path, os.environ["PATH"]
        self.addCleanup(os.environ.update, PATH=former)
        self.addCleanup(signal.signal, signal.SIGTERM, signal.getsignal(signal.SIGTERM))
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


class Upgrade(Programs):
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


class Shutdown(Programs):
    # Two sets of packages; on SIGTERM the real one, too, ends after the present set. dpkg is a child of its own.
    SETS = """
        import signal, subprocess, sys
        asked = []
        signal.signal(signal.SIGTERM, lambda *_: asked.append(True))
        for name in ["first", "second"]:
            if not asked:
                subprocess.run(["dpkg", name], check=True)
        """

    def begin(self) -> subprocess.Popen:
        """Runs it as systemd does, as a process of its own."""
        self.program(
            "dpkg",
            f"""
            import os, sys, time
            home, name = {str(self.home)!r}, sys.argv[1]
            open(home + "/begun", "a").write(name + "\\n")
            for _ in range(500):
                if os.path.exists(home + "/go"):
                    break
                time.sleep(0.01)
            open(home + "/installed", "a").write(name + "\\n")
            """,
        )
        driver = f"""
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, {os.path.dirname(upgrade.__file__)!r})
import state, upgrade
state.FILE, upgrade.HELD = {state.FILE!r}, {upgrade.HELD!r}
upgrade.ENVIRONMENT = {{**upgrade.os.environ, "APT_CONFIG": upgrade.HELD}}
upgrade.main()
"""
        process = subprocess.Popen([sys.executable, "-c", driver], stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        return process

    def until(self, name: str) -> None:
        deadline = time.monotonic() + 20
        while not (self.home / name).exists():
            self.assertLess(time.monotonic(), deadline, name)
            time.sleep(0.01)

    def test_waits_for_the_set_that_is_being_installed_and_begins_no_other(self) -> None:
        state.refuse({"kept": "1"}, "nginx", "no")
        self.program("unattended-upgrade", self.SETS)
        process = self.begin()
        self.until("begun")
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        self.assertIsNone(process.poll(), "it has not waited")
        (self.home / "go").touch()
        self.assertEqual(process.wait(20), 0)
        self.assertEqual(self.installed(), ["first"])
        self.assertEqual(list(state.read()["refused"]), ["kept"], "a run that did not end forgets nothing")
        self.assertIsNone(state.read()["worked"])

    def test_does_not_wait_for_package_lists(self) -> None:
        self.program("apt-get", f"import time; open({str(self.home)!r} + '/begun', 'w'); time.sleep(60)")
        self.program("unattended-upgrade", self.SETS)
        process = self.begin()
        self.until("begun")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(20), 0)
        self.assertFalse((self.home / "installed").exists())


if __name__ == "__main__":
    unittest.main()
