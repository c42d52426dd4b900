"""Starts the agent, fetching it first if it is not here or was not fit to work when it last ran.

This file and cloud.py come with the instance's user-data, everything else with the bundle. So the user-data stays
small and never changes: a changed one would stop the machine.
"""

import json
import os
import sys
import time

from cloud import Bucket, CloudError, Metadata

HERE = os.path.dirname(os.path.abspath(__file__))
MAIN = os.path.join(HERE, "main.py")
UNPROVEN = "/run/mailserver/agent-unproven"  # the agent removes it after its first good round


def main() -> None:
    with open("/etc/mailserver/boot.json") as file:
        boot = json.load(file)
    if not os.path.exists(MAIN) or os.path.exists(UNPROVEN):
        fetch_agent(Bucket(boot["bucket"], boot["region"], Metadata()), boot["bundleKey"])
    os.makedirs(os.path.dirname(UNPROVEN), mode=0o700, exist_ok=True)
    open(UNPROVEN, "w").close()
    os.execv(sys.executable, [sys.executable, "-B", MAIN])


def fetch_agent(bucket: Bucket, key: str) -> None:
    said = ""
    while True:
        try:
            body, _ = bucket.get(key)
            break
        except CloudError as error:
            # The role, the network and the bundle may all come later than the machine.
            if str(error) != said:
                print(f"waiting for the bundle: {error}", flush=True)
            said = str(error)
            time.sleep(1)
    [agent] = [part for part in json.loads(body)["parts"] if part["name"] == "agent"]
    for file in agent["files"]:
        if os.path.dirname(file["path"]) == HERE:
            with open(file["path"], "w") as target:
                target.write(file["content"])


if __name__ == "__main__":
    main()
