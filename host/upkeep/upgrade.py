"""Brings this host's software up to date, as far as its configuration takes it: runs once and ends.

unattended-upgrade stops at the first set of packages that is refused (rehearse.py). The others must not wait for that:
it runs again without the refused ones, which are tried anew the next time.
"""

import os
import re
import subprocess
import sys

import state

HELD = "/run/mailserver/held.conf"  # apt.conf(5), read after all others
LINES_KEPT = 8
ENVIRONMENT = os.environ | {"APT_CONFIG": HELD, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}


def main() -> None:
    began = state.now()
    hold(set())
    trouble = run(["apt-get", "-o", "DPkg::Lock::Timeout=600", "-o", "APT::Update::Error-Mode=any", "update"])
    held: set[str] = set()
    while True:
        failed = run(["unattended-upgrade"])
        refused = {name for name, said in state.read()["refused"].items() if said["at"] >= began}
        if refused <= held:
            break
        held |= refused
        hold(held)
    # What the rehearsal refuses is told by itself.
    trouble = trouble or ("" if held else failed)
    state.finish(began, trouble)
    if trouble:
        sys.exit(trouble)


def hold(packages: set[str]) -> None:
    os.makedirs(os.path.dirname(HELD), mode=0o700, exist_ok=True)
    names = " ".join(f'"^{re.escape(name)}$";' for name in sorted(packages))
    with open(HELD, "w") as file:
        file.write(f"Unattended-Upgrade::Package-Blacklist {{ {names} }};\n")


def run(command: list[str]) -> str:
    """Why it failed, or nothing."""
    result = subprocess.run(command, capture_output=True, text=True, errors="replace", env=ENVIRONMENT)
    said = f"{result.stdout.strip()}\n{result.stderr.strip()}".strip()
    print(f"{' '.join(command)}: exit status {result.returncode}\n{said}", flush=True)
    if result.returncode == 0:
        return ""
    return "\n".join([f"{command[0]} failed", *said.splitlines()[-LINES_KEPT:]])


if __name__ == "__main__":
    main()
