"""The watching program's modules, and lines as the mail programs write them."""

import os
import sys

HOST = os.path.join(os.path.dirname(__file__), "../../../../host")
SUPPORT = os.path.join(os.path.dirname(__file__), "../support")
sys.path[:0] = [os.path.join(HOST, "watch/watch"), os.path.join(HOST, "agent"), SUPPORT]
sys.dont_write_bytecode = True

import declared_letters  # noqa: E402, F401
from journal import Line  # noqa: E402

number = 0


def line(text: str) -> Line:
    """@param text as `PROGRAM: WORDS`"""
    global number
    number += 1
    program, _, words = text.partition(": ")
    return Line(program, words, f"cursor-{number}", 1_800_000_000.0 + number)
