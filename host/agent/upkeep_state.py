"""What the host has to say of its upgrades: what host/upkeep has written down, and whether a restart is overdue."""

import datetime
import json
import os

STATE = "/var/lib/mailserver/upkeep.json"
REBOOT_REQUIRED = "/run/reboot-required"
PATIENCE = datetime.timedelta(days=3)  # a mirror may be down for a night, and the window for a restart comes daily


def warnings() -> list[str]:
    now = datetime.datetime.now(datetime.timezone.utc)
    try:
        with open(STATE) as file:
            state = json.load(file)
    except FileNotFoundError:
        state = None
    due = os.path.getmtime(REBOOT_REQUIRED) if os.path.exists(REBOOT_REQUIRED) else None
    return [*of_upgrades(state, now), *of_restart(due, now)]


def of_upgrades(state: dict | None, now: datetime.datetime) -> list[str]:
    if state is None:
        return []
    # One refusal is of all packages that belong together.
    causes: dict[tuple[str, str], list[str]] = {}
    for name, said in sorted(state["refused"].items()):
        causes.setdefault((said["part"], said["message"]), []).append(f"{name} {said['version']}")
    told = [
        f"not upgraded to {', '.join(names)}, because {part} refuses the host's configuration with it, "
        f"and goes on as it is: {message}"
        for (part, message), names in causes.items()
    ]
    last = datetime.datetime.fromisoformat(state["worked"] or state["since"])
    if now - last > PATIENCE:
        told.append(f"no upgrade has worked since {last:%Y-%m-%d}: {state['trouble'] or 'none was tried'}")
    return told


def of_restart(due: float | None, now: datetime.datetime) -> list[str]:
    if due is None:
        return []
    since = datetime.datetime.fromtimestamp(due, datetime.timezone.utc)
    return [f"an upgrade requires a restart since {since:%Y-%m-%d}: systemctl reboot"] if now - since > PATIENCE else []
