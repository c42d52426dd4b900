"""The running host: its volume, directories, services and ports."""

import grp
import os
import pwd
import socket
import ssl
import subprocess
import time

import certificate_state
from problems import Failed, Waiting
from run import run

SLOW_SECONDS = 900  # a first start that compiles, the owner of every message
PROBE_SECONDS = 30


def require_volume(bundle: dict) -> None:
    if not os.path.exists(bundle["volume"]):
        raise Waiting("volume", f"{bundle['volume']} is not attached")


def bring_up(bundle: dict, touched: dict[str, set[str]]) -> None:
    """Prepares every part, then starts what is not running and makes those touched see their changed files."""
    reload_units()
    for part in bundle["parts"]:
        for command in part["prepare"]:
            run(part["name"], command)
        for directory in part["directories"]:
            make(directory)
    settle(bundle, touched)


def reload_units() -> None:
    run("systemd", ["systemctl", "daemon-reload"])


def retire(bundle: dict, successor: dict | None) -> None:
    """Stops the services that the successor does not have, while their unit files are still there."""
    kept = units_of(successor) if successor else []
    for unit in units_of(bundle):
        if unit not in kept:
            run("systemd", ["systemctl", "disable", "--now", "--quiet", unit])


def settle(bundle: dict, touched: dict[str, set[str]]) -> None:
    """Every service enabled and running, and those of touched parts aware of it."""
    boots = states_of(bundle, "is-enabled")
    if late := [unit for unit, state in boots.items() if state != "enabled"]:
        run("systemd", ["systemctl", "enable", "--quiet", *late])
    running = states_of(bundle, "is-active")
    todo: dict[str, list[str]] = {"restart": [], "reload": [], "start": [], "wait": []}
    for part in bundle["parts"]:
        for service in part["services"]:
            if running[service["unit"]] != "active":
                todo["start"].append(service["unit"])
            elif part["name"] in touched:
                todo[verb_for(service, touched[part["name"]])].append(service["unit"])
    for verb, units in todo.items():
        if units and verb != "wait":
            systemctl(bundle, verb, units)


def verb_for(service: dict, changed: set[str]) -> str:
    """What makes a running service see changed files: what its unit says is for a new process only."""
    unit = f"/etc/systemd/system/{service['unit']}"
    of_unit = any(path == unit or path.startswith(f"{unit}.d/") for path in changed)
    return "restart" if of_unit and service["onChange"] == "reload" else service["onChange"]


def systemctl(bundle: dict, verb: str, units: list[str]) -> None:
    try:
        run("systemd", ["systemctl", verb, *units], SLOW_SECONDS)
    except Failed:
        require_active(bundle)
        raise


def require_active(bundle: dict) -> None:
    states = states_of(bundle, "is-active")
    for part in bundle["parts"]:
        for service in part["services"]:
            unit = service["unit"]
            if states[unit] != "active":
                raise Failed(part["name"], f"{unit} is {states[unit]}\n{last_words(unit)}".strip())


def states_of(bundle: dict, question: str) -> dict[str, str]:
    units = units_of(bundle)
    answer = subprocess.run(["systemctl", question, *units], capture_output=True, text=True)
    return dict(zip(units, answer.stdout.split(), strict=True))


def units_of(bundle: dict) -> list[str]:
    return [service["unit"] for part in bundle["parts"] for service in part["services"]]


def last_words(unit: str) -> str:
    command = ["journalctl", "--unit", unit, "--lines", "8", "--output", "cat", "--no-pager"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def probe(bundle: dict) -> None:
    """Waits until every port answers as it should."""
    deadline = time.monotonic() + PROBE_SECONDS
    for part in bundle["parts"]:
        for port in part["ports"]:
            while (trouble := trouble_of(port)) and time.monotonic() < deadline:
                time.sleep(0.2)
            if trouble:
                raise Failed(part["name"], f"port {port['port']}: {trouble}")


def trouble_of(port: dict) -> str | None:
    try:
        with socket.create_connection(("127.0.0.1", port["port"]), timeout=5) as connection:
            if not port["tls"]:
                return greeting_trouble(connection, port["greeting"])
            # Only whether it is the certificate in force: whether the world trusts it is for the world to say.
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            with context.wrap_socket(connection) as tls:
                if tls.getpeercert(binary_form=True) != certificate_state.leaf():
                    return "serves another certificate than the one in force"
                return greeting_trouble(tls, port["greeting"])
    except OSError as error:
        return str(error)


def greeting_trouble(connection: socket.socket, greeting: str) -> str | None:
    if not greeting:
        return None
    said = connection.recv(512)
    return None if said.startswith(greeting.encode()) else f"says {said!r} instead of {greeting!r}"


def make(directory: dict) -> None:
    path = directory["path"]
    owner = ids(directory["owner"])
    os.makedirs(path, exist_ok=True)
    status = os.stat(path)
    if (status.st_uid, status.st_gid) != owner:
        # On a volume that another machine has filled, the same user may have had another number.
        run("volume", ["chown", "--recursive", directory["owner"], path], SLOW_SECONDS)
    os.chmod(path, int(directory["mode"], 8))


def ids(owner: str) -> tuple[int, int]:
    user, group = owner.split(":")
    try:
        return pwd.getpwnam(user).pw_uid, grp.getgrnam(group).gr_gid
    except KeyError as missing:
        raise Failed("bundle", f"owner {owner}: {missing.args[0]}") from None
