"""Why mail was refused, in few words out of many: what a server answers is written for the other side."""

import re

# The first that fits, in Postfix's, Rspamd's and Dovecot's own words.
RULES = [
    ("unknown recipient", r"user unknown|recipient address rejected: undeliverable|doesn't exist"),
    ("relaying", r"relay access denied"),
    ("sender not owned", r"sender address rejected: not owned|not logged in"),
    ("not logged in", r"client host rejected: access denied"),
    ("send limit", r"limit (?:is )?exceeded|too many messages|too many recipients|sending limit|rate ?limit"),
    # Whatever a signature is called.
    ("virus scanner not ready", r"virus scanner is not ready"),
    ("malware", r"virus|malware|clam"),
    ("greylisted", r"greylist|try again later"),
    ("DMARC policy", r"dmarc"),
    ("listed sender", r"blocked using|blocklist|blacklist|rbl|listed"),
    ("attachment", r"attach|executable|file type"),
    ("mailbox full", r"quota|mailbox is full|insufficient (?:system )?storage"),
    ("too large", r"message size|size exceeds|file too big|message too (?:large|big)"),
    ("spam", r"spam|gtube"),
    ("filter unavailable", r"service unavailable|tempfail"),
    ("sender's domain", r"sender address rejected: (?:domain not found|malformed)|need fully-qualified"),
    ("protocol error", r"pipelin|bare <?(?:lf|newline)|helo|command rejected|syntax|data command"),
]
PATTERNS = [(reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in RULES]
OTHER = "other"

REASONS = [reason for reason, _ in RULES] + [OTHER]


def of(text: str) -> str:
    """@param text the answer without the addresses, which others choose"""
    return next((reason for reason, pattern in PATTERNS if pattern.search(text)), OTHER)
