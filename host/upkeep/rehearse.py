"""Tries an upgrade on a copy of this system before it is made: apt asks this for every set of packages (apt.conf(5),
DPkg::Pre-Install-Pkgs) and installs them only if it succeeds.

The copy sees the system's files and keeps what is written to itself. The packages are installed in it, and then every
part of the bundle in force is judged with the new programs, as the agent judges a new bundle with the present ones. On
a refusal nothing has changed, and every service goes on as it is.
"""

import json
import os
import re
import shutil
import subprocess
import sys

import state

BUNDLE = "/var/lib/mailserver/bundle.json"
# What boots the machine: it is installed for the disk below the root file system, and the copy has none. No part of the
# bundle depends on it.
BOOTS = re.compile(r"linux-image-|grub|shim-")
# Not on the root file system: a container's may be an overlay itself, which can't hold the writes of another.
PLACE = "/srv/mailserver/rehearsal"
STAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "stage.py")
# Nothing in there reaches a process, the network or a message queue of the system, and what was started or mounted
# ends with it.
APART = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--net", "--ipc", "--uts"]


def main() -> None:
    debs = [line for line in sys.stdin.read().splitlines() if line.endswith(".deb")]
    # Only removals, or a host without a bundle in force, which has nothing that could break.
    if not debs or not os.path.exists(BUNDLE):
        return
    packages = {deb: named(deb) for deb in debs}
    with open(BUNDLE) as file:
        checks = [(part["name"], command) for part in json.load(file)["parts"] for command in part["checks"]]
    tried = [deb for deb, (name, _) in packages.items() if not BOOTS.match(name)]
    refusal = rehearse(tried, checks) if tried else None
    versions = dict(packages.values())
    if refusal is None:
        state.forget(versions)
        return
    state.refuse(versions, refusal["part"], refusal["message"])
    sys.exit(f"Not installed, nothing has changed. {refusal['part']} refuses it: {refusal['message']}")


def named(deb: str) -> tuple[str, str]:
    """A package's name and version."""
    command = ["dpkg-deb", "--show", "--showformat", "${Package}\t${Version}", deb]
    name, version = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\t")
    return name, version


def rehearse(debs: list[str], checks: list[tuple[str, list[str]]]) -> dict | None:
    """The program that refuses (`part`) and its words (`message`), or nothing."""
    shutil.rmtree(PLACE, ignore_errors=True)
    for name in ("upper", "work", "root"):
        os.makedirs(os.path.join(PLACE, name))
    os.chmod(PLACE, 0o700)
    try:
        task = json.dumps({"place": PLACE, "debs": debs, "checks": checks})
        command = [*APART, sys.executable, "-B", STAGE]
        result = subprocess.run(command, input=task, capture_output=True, text=True)
        if result.returncode != 0:
            return {"part": "packages", "message": f"no copy of the system can be made:\n{result.stderr.strip()}"}
        return json.loads(result.stdout)
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)


if __name__ == "__main__":
    main()
