"""Mounts the data volume, all of it, making a file system on it only if it has never held anything.

usage: volume.py DEVICE MOUNTPOINT [NAME:PATH ...]

Each NAME is a directory on the volume that is bound to PATH. Safe to repeat.
"""

import os
import subprocess
import sys
import time

BLKID_NOTHING_FOUND = 2  # blkid(8): no token was found; any other failure says nothing about the contents


def main(device: str, mountpoint: str, *bindings: str) -> None:
    wait_for(device)
    if not os.path.ismount(mountpoint):
        if is_blank(device):
            subprocess.run(["mkfs.ext4", "-q", "-L", "mailserver", device], check=True)
        os.makedirs(mountpoint, exist_ok=True)
        subprocess.run(["mount", "-o", "noatime,nodev,nosuid", device, mountpoint], check=True)
        # It may have grown while the machine was off.
        subprocess.run(["resize2fs", device], check=True)
    for binding in bindings:
        name, path = binding.split(":", 1)
        bind(os.path.join(mountpoint, name), path)


def wait_for(device: str) -> None:
    if not os.path.exists(device):
        print(f"waiting for {device} to be attached", flush=True)
    while not os.path.exists(device):
        time.sleep(0.5)


def is_blank(device: str) -> bool:
    probe = subprocess.run(["blkid", "--probe", device], capture_output=True, text=True)
    if probe.returncode not in (0, BLKID_NOTHING_FOUND):
        sys.exit(f"{device}: blkid can't tell what is on it: {probe.stderr.strip() or probe.stdout.strip()}")
    return probe.returncode == BLKID_NOTHING_FOUND


def bind(source: str, path: str) -> None:
    if os.path.ismount(path):
        return
    os.makedirs(path, exist_ok=True)
    if not os.path.isdir(source):
        os.makedirs(source)
        stock = os.stat(path)  # the package's choice of owner and mode holds on the volume too
        os.chown(source, stock.st_uid, stock.st_gid)
        os.chmod(source, stock.st_mode & 0o7777)
    subprocess.run(["mount", "--bind", source, path], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
