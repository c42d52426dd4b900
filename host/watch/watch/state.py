"""What is known from one run to the next, on the data volume. A run that is broken off leaves it as it was."""

import json
import os
import time
from pathlib import Path

import journal
from tally import Tally

FORMAT = 1


class State:
    def __init__(self, fields: dict) -> None:
        self.machine: str = fields.get("machine", "")
        self.cursor: str | None = fields.get("cursor")
        self.since: float | None = fields.get("since")
        """When the period began that the next report is about."""
        self.tally = Tally(fields.get("total"), fields.get("period"), fields.get("under_way"))

    def catch_up(self) -> None:
        """Counts what has been logged meanwhile."""
        machine = journal.machine()
        if machine != self.machine:
            self.machine, self.cursor = machine, None
        for line in journal.read(self.cursor):
            self.since = self.since or line.at
            self.tally.see(line)
            self.cursor = line.cursor
        self.since = self.since or time.time()

    def begin_period(self, now: float) -> None:
        self.since = now
        self.tally.period = type(self.tally.period)()

    def contents(self) -> dict:
        return {
            "format": FORMAT,
            "machine": self.machine,
            "cursor": self.cursor,
            "since": self.since,
            **self.tally.contents(),
        }


def load(path: Path) -> State:
    try:
        fields = json.loads(path.read_text())
    except FileNotFoundError:
        return State({})
    except ValueError:
        # Numbers are not worth more than the mail: a disk that was full must not end the watching for good.
        print(f"{path} can't be read and is begun anew", flush=True)
        return State({})
    return State(fields if fields.get("format") == FORMAT else {})


def save(path: Path, state: State) -> None:
    write(path, json.dumps(state.contents()).encode(), 0o600)


def write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(draft, mode)
    os.replace(draft, path)
