"""The agent's modules, and programs of others that only pretend."""

import os
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../../host/agent"))
sys.dont_write_bytecode = True


class Host(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        path = os.environ["PATH"]
        os.environ["PATH"] = f"{self.home}:{path}"
        self.addCleanup(os.environ.update, PATH=path)

    def program(self, name: str, source: str) -> None:
        file = self.home / name
        file.write_text(f"#!{sys.executable} -S\n{textwrap.dedent(source)}")
        file.chmod(0o755)
