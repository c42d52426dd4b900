"""Brings this host's software up to date, as far as its configuration takes it: runs once and ends.

unattended-upgrade stops at the first set of packages that is refused (rehearse.py). The others must not wait for that:
it runs again without the refused ones, which are tried anew the next time.

On SIGTERM the present set is installed to the end, and nothing is begun after it.
"""

import os
import re
import signal
import subprocess
import sys

import state

HELD = "/run/mailserver/held.conf"  # apt.conf(5), read after all others
LINES_KEPT = 8
ENVIRONMENT = os.environ | {"APT_CONFIG": HELD, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}


class Stop:
    """Whether this is to end. The program that runs is told too, it alone: unattended-upgrade ends after its present set,
    and what it has started knows nothing of it."""

    def __init__(self) -> None:
        self.asked = False
        self._running: subprocess.Popen | None = None
        signal.signal(signal.SIGTERM, self._ask)

    def _ask(self, *_signal: object) -> None:
        self.asked = True
        if self._running:
            self._running.terminate()

    def watch(self, process: subprocess.Popen | None) -> None:
        self._running = process
        # It may have been asked while that was started.
        if process and self.asked:
            process.terminate()


def main() -> None:
    began = state.now()
    stop = Stop()
    hold(set())
    trouble = run(stop, ["apt-get", "-o", "DPkg::Lock::Timeout=600", "-o", "APT::Update::Error-Mode=any", "update"])
    held: set[str] = set()
    while not stop.asked:
        failed = run(stop, ["unattended-upgrade"])
        refused = {name for name, said in state.read()["refused"].items() if said["at"] >= began}
        if refused <= held:
            break
        held |= refused
        hold(held)
    if stop.asked:
        # It says nothing about what it did not come to.
        print("asked to end: the rest is for the next time", flush=True)
        return
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


def run(stop: Stop, command: list[str]) -> str:
    """Why it failed, or nothing."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, errors="replace", env=ENVIRONMENT)
    stop.watch(process)
    stdout, stderr = process.communicate()
    stop.watch(None)
    said = f"{stdout.strip()}\n{stderr.strip()}".strip()
    print(f"{' '.join(command)}: exit status {process.returncode}\n{said}", flush=True)
    if process.returncode == 0:
        return ""
    return "\n".join([f"{command[0]} failed", *said.splitlines()[-LINES_KEPT:]])


if __name__ == "__main__":
    main()
