"""The inside of a rehearsal, in namespaces of its own: reads a task from standard input and writes who refuses it, or
null. rehearse.py has the whole story."""

import json
import os
import subprocess
import sys

DATA = "/srv/mailserver"
SECONDS = 1800
LINES_KEPT = 8
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "DEBIAN_FRONTEND": "noninteractive",
    "LC_ALL": "C.UTF-8",
}
# In which order packages are to be installed is for apt to know; here all of them are, at once.
DPKG = ["dpkg", "--force-confold", "--force-depends", "--force-breaks", "--force-conflicts", "--install"]


class Refused(Exception):
    def __init__(self, part: str, message: str) -> None:
        super().__init__(message)
        self.part = part


def main() -> None:
    task = json.load(sys.stdin)
    root = copy(task["place"])
    debs = [show(root, deb, f"/run/{i}.deb") for i, deb in enumerate(task["debs"])]
    refusal = None
    try:
        run(root, "packages", [*DPKG, *debs])
        for part, command in task["checks"]:
            run(root, part, command)
    except Refused as error:
        refusal = {"part": error.part, "message": str(error)}
    json.dump(refusal, sys.stdout)


def copy(place: str) -> str:
    root = f"{place}/root"
    mount("-t", "overlay", "-o", f"lowerdir=/,upperdir={place}/upper,workdir={place}/work", "overlay", root)
    mount("-t", "proc", "proc", f"{root}/proc")
    mount("--rbind", "/dev", f"{root}/dev")
    # Without systemd's, and with nothing of the running services.
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", f"{root}/run")
    mount("--bind", DATA, root + DATA)
    mount("-o", "remount,bind,ro", root + DATA)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    policy = f"{root}/usr/sbin/policy-rc.d"  # asked by maintainer scripts before they start a service
    with open(policy, "w") as file:
        file.write("#!/bin/sh\nexit 101\n")
    os.chmod(policy, 0o755)
    initramfs = f"{root}/etc/initramfs-tools"
    if os.path.isdir(initramfs):  # nothing is booted from the copy
        with open(f"{initramfs}/update-initramfs.conf", "w") as file:
            file.write("update_initramfs=no\n")
    return root


def show(root: str, file: str, path: str) -> str:
    """Makes a file of the system, wherever it is, seen in the copy."""
    open(root + path, "w").close()
    mount("--bind", file, root + path)
    return path


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def run(root: str, part: str, command: list[str]) -> None:
    apart = ["unshare", "--mount", "chroot", root, *command]
    try:
        result = subprocess.run(
            apart, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=SECONDS, env=ENVIRONMENT,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Refused(part, f"{' '.join(command)}: not done after {SECONDS} s") from None
    if result.returncode != 0:
        said = (result.stderr.strip() or result.stdout.strip()).splitlines()[-LINES_KEPT:]
        raise Refused(part, "\n".join(said) or f"{' '.join(command)}: exit status {result.returncode}")


if __name__ == "__main__":
    main()
