"""What the agent is to tell of upgrades, in one file: which were refused and why, and when they last worked."""

import datetime
import json
import os
from collections.abc import Iterable

FILE = "/var/lib/mailserver/upkeep.json"


def read() -> dict:
    try:
        with open(FILE) as file:
            return json.load(file)
    except FileNotFoundError:
        return {"refused": {}, "worked": None, "trouble": "", "since": now()}


def write(state: dict) -> None:
    os.makedirs(os.path.dirname(FILE), mode=0o700, exist_ok=True)
    with open(f"{FILE}.new", "w") as file:
        json.dump(state, file)
    os.replace(f"{FILE}.new", FILE)


def refuse(packages: dict[str, str], part: str, message: str) -> None:
    state = read()
    for name, version in packages.items():
        state["refused"][name] = {"version": version, "part": part, "message": message, "at": now()}
    write(state)


def forget(packages: Iterable[str]) -> None:
    """They are about to be installed."""
    state = read()
    state["refused"] = {name: said for name, said in state["refused"].items() if name not in packages}
    write(state)


def finish(began: str, trouble: str) -> None:
    """A whole run has ended. What it did not refuse again is no longer to be had."""
    state = read()
    state["refused"] = {name: said for name, said in state["refused"].items() if said["at"] >= began}
    state["trouble"] = trouble
    if not trouble:
        state["worked"] = now()
    write(state)


def now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds")
