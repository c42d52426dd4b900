"""The host's state as others may know it: an object in the bucket, written when there is news. docs/verify.md has its
format."""

import datetime
import json
import os
import time

from cloud import Bucket, CloudError, Metadata
from news import is_news

# The same for programs of this host that tell of it.
HERE = "/run/mailserver/status.json"


class Report:
    def __init__(self, bucket: Bucket, key: str, hostname: str, metadata: Metadata) -> None:
        self._bucket = bucket
        self._key = key
        self._metadata = metadata
        self._published: dict | None = None
        self._published_at = 0.0
        self.hostname = hostname
        self.instance_id = ""
        self.digest = ""
        self.state = "applying"
        self.certificates: dict = {"certificate": None, "webCertificates": None, "warnings": [], "acmeAccount": None}
        self.queue: dict | None = None
        self.others: list[str] = []
        """Warnings beside those of the certificates."""
        self._errors: list[dict[str, str]] = []
        self._stage = ""
        self._stages: dict[str, float] = {}
        self._since = time.monotonic()

    def start(self, digest: str) -> None:
        """Another bundle."""
        self.digest = digest
        self.state, self._errors = "applying", []
        self._stage, self._stages, self._since = "", {}, time.monotonic()

    def stage(self, name: str) -> None:
        """Ends the stage before; a stage entered again goes on."""
        if name == self._stage:
            return
        self._close_stage()
        self._stage = name
        self._stages.setdefault(name, 0.0)
        self.state, self._errors = "applying", []
        self.publish()

    def waiting(self, part: str, message: str) -> None:
        self.state, self._errors = "applying", [{"part": part, "message": message}]

    def failed(self, part: str, message: str) -> None:
        self.state, self._errors = "failed", [{"part": part, "message": message}]

    def unsettled(self, part: str, message: str) -> None:
        """Something is on its way that a host which is ready already goes without."""
        if self.state != "ready":
            self.waiting(part, message or "waiting for the authority to issue the certificates")

    def ready(self) -> None:
        if self.state != "ready":
            self._close_stage()
            self._stage = "ready"
        self.state, self._errors = "ready", []

    def publish(self) -> None:
        """Writes the object if it would say something new. Being unable to is no reason to stop."""
        try:
            self.instance_id = self.instance_id or self._metadata.read("meta-data/instance-id")
            said, now = self._contents(), datetime.datetime.now(datetime.timezone.utc)
            keep(said)
            if is_news(said, now.timestamp(), self._published, self._published_at):
                body = json.dumps(said | {"updated": now.isoformat(timespec="seconds")}).encode()
                self._bucket.put(self._key, body, "application/json")
                self._published, self._published_at = said, now.timestamp()
        except CloudError as error:
            print(f"the status could not be reported: {error}", flush=True)

    def _contents(self) -> dict:
        return {
            "format": 1,
            "hostname": self.hostname,
            "instanceId": self.instance_id,
            "bundle": self.digest,
            "state": self.state,
            "stage": self._stage,
            "errors": list(self._errors),
            **self.certificates,
            "warnings": [*self.certificates["warnings"], *self.others],
            "queue": self.queue,
            "stages": [{"name": name, "seconds": round(seconds, 2)} for name, seconds in self._stages.items()],
        }

    def _close_stage(self) -> None:
        elapsed, self._since = time.monotonic() - self._since, time.monotonic()
        if self._stage in self._stages:
            self._stages[self._stage] += elapsed


def keep(said: dict) -> None:
    os.makedirs(os.path.dirname(HERE), mode=0o700, exist_ok=True)
    draft = f"{HERE}.new"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(said, file)
    os.replace(draft, HERE)
