"""Debian packages, brought in without anything being started in its stock configuration."""

import fcntl
import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import host
from run import run

POLICY = "/usr/sbin/policy-rc.d"  # asked by maintainer scripts before they start a service; 101 forbids it
APT = ["apt-get", "--yes", "--no-install-recommends"]
APT += ["-o", "DPkg::Lock::Timeout=600", "-o", "Acquire::Retries=3", "-o", "Dpkg::Options::=--force-confold"]
APT_SECONDS = 1800
LOCK = "/var/lib/dpkg/lock-frontend"
FLOCK = "hhqqi"  # struct flock of fcntl(2): l_type, l_whence, l_start, l_len, l_pid


def install(bundle: dict) -> None:
    missing = missing_of(bundle["packages"])
    if not missing:
        return
    print(f"installing {' '.join(missing)}", flush=True)
    with nothing_started():
        run("packages", ["dpkg", "--configure", "--pending"], APT_SECONDS)
        run("packages", [*APT, "update"], APT_SECONDS)
        run("packages", [*APT, "install", *missing], APT_SECONDS)
    # Nor by a reboot: they are enabled again once their configuration is in place.
    for unit in host.units_of(bundle):
        subprocess.run(["systemctl", "disable", "--quiet", unit], capture_output=True)


def busy() -> bool:
    """Whether another program is installing packages: meanwhile services come and go."""
    if not os.path.exists(LOCK):
        return False
    with open(LOCK, "r+b") as lock:
        # Only asked: a lock held for a moment could be what the other program fails at.
        asked = struct.pack(FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        return struct.unpack(FLOCK, fcntl.fcntl(lock, fcntl.F_GETLK, asked))[0] != fcntl.F_UNLCK


def missing_of(wanted: list[str]) -> list[str]:
    command = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *wanted]
    listed = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    return [name for name in wanted if f"{name} installed" not in listed]


@contextmanager
def nothing_started() -> Iterator[None]:
    with open(POLICY, "w") as file:
        file.write("#!/bin/sh\nexit 101\n")
    os.chmod(POLICY, 0o755)
    try:
        yield
    finally:
        os.unlink(POLICY)
