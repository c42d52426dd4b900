"""The program that mounts the data volume, with other people's programs that only note how they were called."""

import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../../host/volume"))
sys.dont_write_bytecode = True

import volume  # noqa: E402

NOTE = """#!/bin/sh
echo "$(basename "$0") $*" >>"$NOTED"
[ "$(basename "$0")" != blkid ] || exit "$BLKID"
"""


class Volume(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.device = self.home / "device"
        self.device.touch()
        for name in ("blkid", "mkfs.ext4", "mount", "resize2fs"):
            (self.home / name).write_text(NOTE)
            (self.home / name).chmod(0o755)
        noted = self.home / "noted"
        noted.touch()
        self.environment = {"PATH": f"{self.home}:{os.environ['PATH']}", "NOTED": str(noted), "BLKID": "0"}

    def mounted(self, **environment: str) -> list[str]:
        """The programs that were called, in their order."""
        with mock.patch.dict(os.environ, self.environment | environment):
            volume.main(str(self.device), str(self.home / "data"))
        return [line.split()[0] for line in (self.home / "noted").read_text().splitlines()]

    def test_has_all_of_its_room_in_use_once_it_is_mounted_again(self) -> None:
        self.assertEqual(self.mounted(), ["blkid", "mount", "resize2fs"])

    def test_gets_a_file_system_when_it_is_blank_and_only_then(self) -> None:
        self.assertEqual(self.mounted(BLKID="2"), ["blkid", "mkfs.ext4", "mount", "resize2fs"])

    def test_is_left_alone_when_nobody_can_tell_what_is_on_it(self) -> None:
        with self.assertRaises(SystemExit):
            self.mounted(BLKID="4")


if __name__ == "__main__":
    unittest.main()
