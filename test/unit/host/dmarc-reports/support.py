"""The modules of the reports, a redis-cli that answers from files, and a DNS that is a table."""

import os
import sys

HOST = os.path.join(os.path.dirname(__file__), "../../../../host")
SUPPORT = os.path.join(os.path.dirname(__file__), "../support")
sys.path[:0] = [os.path.join(HOST, "dmarc-reports/reports"), os.path.join(HOST, "dns"), SUPPORT]
sys.dont_write_bytecode = True

import json  # noqa: E402

import declared_letters  # noqa: E402, F401
from dns import NOERROR, NXDOMAIN, SERVFAIL, TXT, Answer  # noqa: E402
from fake_sendmail import WithSendmail  # noqa: E402
from settings import Settings  # noqa: E402

DAY = 24 * 3600
NOON = 1_800_014_400.0  # 2027-01-15 12:00 UTC
YESTERDAY = "2027-01-14"

# Answers with what is in the file that is called as the command's first two words, and keeps sets of its own.
REDIS = """#!/bin/sh
[ -e "$FAKE_HOME/redis-is-down" ] && { echo "Could not connect" >&2; exit 1; }
while [ "$1" != SMEMBERS ] && [ "$1" != ZRANGE ] && [ "$1" != SADD ] && [ "$1" != EXPIRE ]; do shift; done
echo "$1 $2" >>"$FAKE_HOME/asked"
case "$1 $2" in
  SADD*) echo "$2 $3" >>"$FAKE_HOME/sets"; echo 1 ;;
  "SMEMBERS dmarc_delivered"*)
    echo "[$(sed -n "s/^$2 \\(.*\\)/\\"\\1\\"/p" "$FAKE_HOME/sets" 2>/dev/null | paste -sd,)]" ;;
  EXPIRE*) echo 1 ;;
  *) cat "$FAKE_HOME/$1 $2" 2>/dev/null || echo "[]" ;;
esac
"""


class World(dict):
    """Text records by name; a name with None can't be looked up."""

    def __call__(self, name: str, kind: int) -> Answer:
        assert kind == TXT
        if name not in self:
            return Answer(NXDOMAIN, False)
        texts = self[name]
        return Answer(SERVFAIL, False) if texts is None else Answer(NOERROR, False, tuple(t.encode() for t in texts))


def row(**changes) -> str:
    """As dmarc_results.lua writes it."""
    fields = {
        "ip": "192.0.2.1",
        "header_from": "asks.test",
        "disposition": "reject",
        "spf_ok": "fail",
        "dkim_ok": "fail",
        "spf_domain": "stranger.test",
        "spf_result": "pass",
        "signatures": [],
    }
    assert changes.keys() <= fields.keys()
    return json.dumps(list((fields | changes).values()))


class Reporting(WithSendmail):
    def setUp(self) -> None:
        super().setUp()
        (self.home / "redis-cli").write_text(REDIS)
        (self.home / "redis-cli").chmod(0o755)
        self.settings = Settings(
            hostname="mx1.example.test",
            organization="example.test",
            sender="postmaster@example.test",
            redis="/run/redis/redis.sock",
        )

    def counted(self, domain: str, rows: list[tuple[str, int]], day: str = "20270114", rua: str = "mailto:x") -> None:
        """@param rua with surrogates for bytes that are no UTF-8, which redis-cli writes as they are"""
        key = f"dmarc_rpt;{domain};{rua};{day}"
        index = self.home / f"SMEMBERS dmarc_idx;{day}"
        keys = json.loads(index.read_text(errors="surrogateescape")) if index.exists() else []
        index.write_text(json.dumps([*keys, key], ensure_ascii=False), errors="surrogateescape")
        if "\0" in key:
            return
        (self.home / f"ZRANGE {key}").write_text(json.dumps([[text, float(count)] for text, count in rows]))
