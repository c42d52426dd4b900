"""The modules of host/upkeep with their files in a folder of their own, and programs that only pretend."""

import os
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../../host/upkeep"))
sys.dont_write_bytecode = True

import state  # noqa: E402


class Host(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        state.FILE = str(self.home / "upkeep.json")

    def program(self, name: str, source: str) -> str:
        file = self.home / name
        file.write_text(f"#!{sys.executable} -S\n{textwrap.dedent(source)}")
        file.chmod(0o755)
        return str(file)
