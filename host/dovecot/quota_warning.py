"""Tells a user by mail that the mailbox is nearly full. Dovecot runs it as the mailboxes' user: PERCENT ADDRESS."""

import email.message
import subprocess
import sys

import letters


def message(percent: str, address: str) -> email.message.EmailMessage:
    domain = address.rpartition("@")[2]
    sender = f"Postmaster <postmaster@{domain}>"
    mail = letters.begin(sender, letters.named(address), f"Your mailbox is {percent} % full", domain)
    mail.set_content(
        f"The mailbox {address} is {percent} % full.\n\n"
        "Once it is full, mail to you is refused and its senders are told so. Delete what you no longer need, in "
        "Trash and\nJunk too, and empty Trash; large messages count most. If you need more room, ask your "
        "postmaster by answering\nthis message.\n",
        cte="7bit",
    )
    return mail


def deliver(percent: str, address: str) -> None:
    """Into the mailbox itself and past its quota: over SMTP it would be refused like any other."""
    mail = message(percent, address)
    subprocess.run(
        ["/usr/lib/dovecot/dovecot-lda", "-d", address, "-f", mail["From"].addresses[0].addr_spec]
        + ["-o", "quota_enforce=no"],
        input=mail.as_bytes(),
        check=True,
    )


if __name__ == "__main__":
    deliver(*sys.argv[1:])
