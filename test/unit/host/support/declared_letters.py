"""The module that writes the host's mail, and what a test's host declares to it."""

import json
import os
import sys
from pathlib import Path

HOST = os.path.join(os.path.dirname(__file__), "../../../../host")
sys.path[:0] = [os.path.join(HOST, "letters"), os.path.join(HOST, "reporting")]
sys.dont_write_bytecode = True

import letters  # noqa: E402

DECLARED = {
    "hostname": "mx1.example.test",
    "postmaster": "alice@example.test",
    "sender": "root@example.test",
    "displayNames": {},
}


def declare(folder: Path, **changes) -> None:
    letters.CONFIGURATION = folder / "letters.json"
    letters.CONFIGURATION.write_text(json.dumps(DECLARED | changes, ensure_ascii=False), encoding="utf-8")
