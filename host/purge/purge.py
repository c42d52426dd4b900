"""Deletes the mail of the mailboxes that a list names. Usage: purge.py LIST MAIL USERS

MAIL holds a folder for each domain, and that one for each mailbox. Of what USERS, Dovecot's file, still has, nothing is
deleted, whatever the list says.
"""

import os
import re
import shutil
import subprocess
import sys

# As the configuration has it: nothing that could be a way out of the folder.
ADDRESS = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+")


def main(listed: str, mail: str, users: str) -> int:
    with open(users) as file:
        declared = {line.split(":", 1)[0] for line in file}
    with open(listed) as file:
        return max([purge(line.strip(), mail, declared) for line in file], default=0)


def purge(address: str, mail: str, declared: set[str]) -> int:
    if not ADDRESS.fullmatch(address):
        print(f"{address}: no address of a mailbox, nothing was deleted")
        return 1
    if address in declared:
        print(f"{address}: a mailbox still, nothing was deleted")
        return 1
    user, domain = address.split("@")
    folder = os.path.join(mail, domain, user)
    # What a deletion that was cut short has left, under a name that no user can have.
    doomed = os.path.join(mail, domain, f".purged {user}")
    if not os.path.isdir(folder) and not os.path.isdir(doomed):
        print(f"{address}: there is no mail")
        return 0
    end_sessions(address)
    if os.path.isdir(doomed):
        shutil.rmtree(doomed)
    if os.path.isdir(folder):
        messages, size = count(folder)
        # Out of the way at once: whoever still has it open makes no new folder of this name.
        os.rename(folder, doomed)
        shutil.rmtree(doomed)
        print(f"{address}: deleted, {messages} messages, {size} bytes")
    if not os.listdir(os.path.dirname(folder)):
        os.rmdir(os.path.dirname(folder))
    return 0


def end_sessions(address: str) -> None:
    """Nobody can log in any more; who is logged in still could."""
    subprocess.run(["doveadm", "kick", address], capture_output=True)


def count(folder: str) -> tuple[int, int]:
    """The messages in a mailbox's Maildir folders, and the bytes of all of its files."""
    messages = size = 0
    for path, _, names in os.walk(folder):
        messages += len(names) if os.path.basename(path) in ("cur", "new") else 0
        size += sum(os.lstat(os.path.join(path, name)).st_size for name in names)
    return messages, size


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
