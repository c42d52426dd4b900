"""The agent: makes this host what its bundle says and reports how far it is. One round after another, for ever."""

import hashlib
import json
import os
import sys
import time
import traceback

import boot
import certificate_state
import files
import host
import packages
import upkeep_state
from antivirus_state import Antivirus
from cloud import Bucket, CloudError, Metadata
from mail_queue import MailQueue
from problems import Failed, Waiting
from report import Report

POLL_SECONDS = 10
POLL_SECONDS_AT_FIRST = 2
RETRY_SECONDS_MAX = 600
FORMAT = 1


class Agent:
    def __init__(self, config: dict) -> None:
        metadata = Metadata()
        self.bucket = Bucket(config["bucket"], config["region"], metadata)
        self.key = config["bundleKey"]
        self.report = Report(self.bucket, config["statusKey"], config["hostname"], metadata)
        self.queue = MailQueue()
        self.antivirus = Antivirus()
        self.etag: str | None = None
        self.bundle: dict | None = None
        self.digest = ""
        self.trouble = ""
        self.applied = False
        self.probed = b""  # the certificate that was in force when the ports last answered
        self.failures = 0
        self.retry_at = 0.0

    def round(self) -> None:
        self.fetch()
        if self.bundle and not self.applied and time.monotonic() >= self.retry_at:
            self.apply(self.bundle)
        if self.bundle and self.applied and not packages.busy():
            self.observe(self.bundle)
        self.report.queue = self.queue.look()
        self.report.others = [*self.antivirus.warnings(self.bundle), *upkeep_state.warnings()]
        self.report.publish()

    def fetch(self) -> None:
        try:
            fetched = self.bucket.get(self.key, self.etag)
        except CloudError as error:
            if str(error) != self.trouble:
                log(f"the bundle can't be fetched: {error}")
            self.trouble = str(error)
            return
        self.trouble = ""
        if not fetched:
            return
        body, self.etag = fetched
        digest = hashlib.sha256(body).hexdigest()
        if digest != self.digest:
            self.bundle, self.digest, self.applied = json.loads(body), digest, False
            self.failures, self.retry_at = 0, 0.0
            self.report.start(digest)

    def apply(self, bundle: dict) -> None:
        try:
            renewed = self.take_steps(bundle)
        except Waiting as reason:
            self.report.waiting(reason.part, reason.message)
        except Failed as reason:
            self.fail(reason.part, reason.message)
        except Exception as error:
            self.fail("agent", "".join(traceback.format_exception(error)[-3:]))
        else:
            self.applied = True
            self.report.stage("certificate")
            log(f"applied {self.digest}")
            if renewed:
                log("the agent itself has changed: starting it again")
                self.report.publish()
                os.execv(sys.executable, [sys.executable, "-B", boot.__file__])

    def fail(self, part: str, message: str) -> None:
        self.failures += 1
        self.retry_at = time.monotonic() + min(RETRY_SECONDS_MAX, 5 * 2**self.failures)
        log(f"{part}: {message}")
        self.report.failed(part, message)

    def take_steps(self, bundle: dict) -> bool:
        """Applies the bundle; whatever fails, the host is left as it was before. True if the agent has changed."""
        if bundle["format"] != FORMAT:
            raise Failed("bundle", f"its format is {bundle['format']}, this agent knows {FORMAT}")
        stage = self.report.stage
        stage("packages")
        if packages.busy():
            raise Waiting("packages", "an upgrade is under way")
        packages.install(bundle)
        stage("volume")
        host.require_volume(bundle)
        stage("check")
        changes = files.changes(bundle)
        if changes:
            files.check(bundle)
        stage("switch")
        with files.switched(bundle, changes):
            stage("services")
            host.bring_up(bundle, files.touched(bundle, changes))
            host.require_active(bundle)
            host.probe(bundle)
        self.probed = certificate_state.leaf()
        return any(path.startswith(boot.HERE) for path in changes)

    def observe(self, bundle: dict) -> None:
        """Whether what was applied still holds, and which certificates are in force."""
        try:
            host.require_active(bundle)
            if self.probed != certificate_state.leaf():
                host.probe(bundle)
                self.probed = certificate_state.leaf()
            state = certificate_state.read()
        except Failed as reason:
            log(f"applying again, {reason}")
            self.report.waiting(reason.part, reason.message)
            self.applied = False
            return
        self.report.certificates = state.summary
        if not state.issued:
            self.report.waiting("lego", state.trouble)
        elif state.settled:
            self.report.ready()
        else:
            self.report.unsettled("lego", "\n".join(state.summary["warnings"]))


def main() -> None:
    with open("/etc/mailserver/boot.json") as file:
        agent = Agent(json.load(file))
    files.recover()
    while True:
        agent.round()
        if os.path.exists(boot.UNPROVEN):
            os.unlink(boot.UNPROVEN)
        time.sleep(POLL_SECONDS if agent.report.state == "ready" else POLL_SECONDS_AT_FIRST)


def log(message: str) -> None:
    print(message, flush=True)


if __name__ == "__main__":
    main()
