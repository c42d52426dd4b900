import io
import json
import sys
import unittest
from unittest import mock

import support
import rehearse
import state

KERNEL = "linux-image-6.12.117+deb13-cloud-amd64"


class Trial(support.Host):
    """What is tried of a set of packages. Debian's kernel and GRUB ask for the disk that / is on, and fail on a copy."""

    def setUp(self) -> None:
        super().setUp()
        bundle = self.home / "bundle.json"
        bundle.write_text(json.dumps({"parts": [{"name": "postfix", "checks": [["true"]]}]}))
        self.enterContext(mock.patch.object(rehearse, "BUNDLE", str(bundle)))
        self.enterContext(mock.patch.object(rehearse, "named", lambda deb: (deb.split("/")[-1].split("_")[0], "2")))
        self.trial = self.enterContext(mock.patch.object(rehearse, "rehearse", return_value=None))

    def ask(self, *names: str) -> None:
        listing = "".join(f"/var/cache/apt/archives/{name}_2_amd64.deb\n" for name in names)
        with mock.patch.object(sys, "stdin", io.StringIO(listing)):
            rehearse.main()

    def tried(self) -> list[str]:
        return [deb.split("/")[-1].split("_")[0] for call in self.trial.call_args_list for deb in call.args[0]]

    def test_is_not_of_what_boots_the_machine(self) -> None:
        self.ask("linux-image-cloud-amd64", KERNEL, "grub-cloud-amd64", "grub2-common", "shim-signed")
        self.assertEqual(self.tried(), [])

    def test_is_of_all_else_in_the_set(self) -> None:
        self.ask("postfix", KERNEL, "linux-libc-dev", "libgrub-like")
        self.assertEqual(self.tried(), ["postfix", "linux-libc-dev", "libgrub-like"])

    def test_notes_the_whole_set_when_a_part_refuses(self) -> None:
        self.trial.return_value = {"part": "postfix", "message": "no"}
        with self.assertRaises(SystemExit):
            self.ask("postfix", KERNEL)
        self.assertEqual(sorted(state.read()["refused"]), [KERNEL, "postfix"])


if __name__ == "__main__":
    unittest.main()
