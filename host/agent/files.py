"""The bundle's files: what differs, a staged tree for the checks, and a switch that can be taken back."""

import base64
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager

import host
from problems import Failed
from run import run

STATE = "/var/lib/mailserver"
IN_FORCE = f"{STATE}/bundle.json"
UNDO = f"{STATE}/undo.json"  # what was there before; exists only while a switch is under way
STAGE = "/run/mailserver/stage"
TREES = ("/etc", "/usr/local/lib/mailserver")
# In a mount namespace of its own a check sees the staged trees in place of the real ones; nothing else does.
STAGED = f"for tree in {' '.join(TREES)}; do mount --bind {STAGE}$tree $tree; done; exec \"$@\""


def changes(bundle: dict) -> dict[str, dict | None]:
    """Path to file, for each that is not yet as the bundle has it; None for one that the bundle no longer has."""
    wanted = {file["path"]: file for part in bundle["parts"] for file in part["files"]}
    for path in wanted:
        if not path.startswith(tuple(f"{tree}/" for tree in TREES)) or os.path.normpath(path) != path:
            raise Failed("bundle", f"{path}: a bundle's files are below {' and '.join(TREES)}")
    changed: dict[str, dict | None] = {path: file for path, file in wanted.items() if differs(file)}
    before = in_force()
    placed = [file["path"] for part in before["parts"] for file in part["files"]] if before else []
    return changed | dict.fromkeys(path for path in placed if path not in wanted and os.path.lexists(path))


def in_force() -> dict | None:
    """The last bundle that was applied to the end."""
    return read_json(IN_FORCE, None)


def touched(bundle: dict, changed: dict[str, dict | None]) -> dict[str, set[str]]:
    """The parts that have, or had, one of the changed files: name to the paths of these."""
    bundles = [bundle, in_force() or bundle]
    found: dict[str, set[str]] = {}
    for part in (part for each in bundles for part in each["parts"]):
        if own := {file["path"] for file in part["files"]} & changed.keys():
            found.setdefault(part["name"], set()).update(own)
    return found


def check(bundle: dict) -> None:
    """Has each program judge its part in the staged tree. Raises Failed with its words."""
    shutil.rmtree(STAGE, ignore_errors=True)
    try:
        for tree in TREES:
            os.makedirs(tree, exist_ok=True)
            os.makedirs(os.path.dirname(STAGE + tree), mode=0o700, exist_ok=True)
            run("stage", ["cp", "--archive", tree, STAGE + tree])
        for path, file in changes(bundle).items():
            put(STAGE + path, file)
        for part in bundle["parts"]:
            for command in part["checks"]:
                run(part["name"], ["unshare", "--mount", "sh", "-ec", STAGED, "sh", *command])
    finally:
        shutil.rmtree(STAGE, ignore_errors=True)


@contextmanager
def switched(bundle: dict, changed: dict[str, dict | None]) -> Iterator[None]:
    """Puts the changes in force; if what is done meanwhile fails, the bundle before is."""
    before = in_force()
    write_json(UNDO, {path: capture(path) for path in changed})
    try:
        if before:
            host.retire(before, bundle)
        for path, file in changed.items():
            put(path, file)
        yield
    except Exception:
        fall_back(bundle, before, changed)
        raise
    write_json(IN_FORCE, bundle)
    os.unlink(UNDO)


def fall_back(bundle: dict, before: dict | None, changed: dict) -> None:
    try:
        host.retire(bundle, before)
        recover()
        host.reload_units()
        if before:
            host.settle(before, touched(bundle, changed))
    except Failed as reason:
        print(f"falling back: {reason}", flush=True)


def recover() -> None:
    """Takes back a switch that did not come to its end."""
    for path, before in read_json(UNDO, {}).items():
        restore(path, before)
    if os.path.exists(UNDO):
        os.unlink(UNDO)


def differs(file: dict) -> bool:
    try:
        status = os.lstat(file["path"])
        if not stat.S_ISREG(status.st_mode) or stat.S_IMODE(status.st_mode) != int(file["mode"], 8):
            return True
        if (status.st_uid, status.st_gid) != host.ids(file["owner"]):
            return True
        with open(file["path"], "rb") as current:
            return current.read() != file["content"].encode()
    except FileNotFoundError:
        return True


def put(path: str, file: dict | None) -> None:
    if file is None:
        remove(path)
    else:
        replace(path, file["content"].encode(), int(file["mode"], 8), *host.ids(file["owner"]))


def capture(path: str) -> dict | None:
    """All it takes to bring a path back; None if there is nothing."""
    if os.path.islink(path):
        return {"link": os.readlink(path)}
    if not os.path.exists(path):
        return None
    status = os.stat(path)
    with open(path, "rb") as file:
        content = base64.b64encode(file.read()).decode()
    return {"content": content, "mode": stat.S_IMODE(status.st_mode), "uid": status.st_uid, "gid": status.st_gid}


def restore(path: str, before: dict | None) -> None:
    if before is None:
        remove(path)
    elif "link" in before:
        remove(path)
        os.symlink(before["link"], path)
    else:
        replace(path, base64.b64decode(before["content"]), before["mode"], before["uid"], before["gid"])


def replace(path: str, content: bytes, mode: int, uid: int, gid: int) -> None:
    """Writes a file beside the old one and renames it, so that readers see one or the other, even after a crash."""
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
    new = f"{path}.mailserver-new"
    remove(new)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        os.fchown(file.fileno(), uid, gid)
        os.fchmod(file.fileno(), mode)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)


def remove(path: str) -> None:
    if os.path.lexists(path):
        os.unlink(path)


def read_json(path: str, default):
    if not os.path.exists(path):
        return default
    with open(path) as file:
        return json.load(file)


def write_json(path: str, value) -> None:
    os.makedirs(STATE, mode=0o700, exist_ok=True)
    replace(path, json.dumps(value).encode(), 0o600, 0, 0)
