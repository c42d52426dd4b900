"""Keeps the certificate in force: the bootstrap one until the authority has issued one, renewed in time.

usage: certificate.py place     puts the best certificate there is where the services read it
       certificate.py install   the same, and has the services read it if it is another one
       certificate.py obtain    has the authority issue one if that is due, then installs it

An issued certificate is kept on the data volume under a name made from the authority and the request, so it is found
again by a new machine, and not taken for the answer to another request.
"""

import glob
import hashlib
import json
import os
import secrets
import shutil
import ssl
import subprocess
import sys
import time
import urllib.request

CONFIGURATION = "/etc/mailserver/certificate.json"
TROUBLE = "/run/mailserver/certificate.trouble"  # why there is none yet, for the agent's report
RENEW_AFTER = 2 / 3  # of its lifetime, as Let's Encrypt advises
SELF_TEST_SECONDS = 300


def main(command: str) -> None:
    with open(CONFIGURATION) as file:
        config = json.load(file)
    if command == "place":
        place(config)
    elif command == "install":
        install(config)
    elif command == "obtain":
        obtain(config)
    else:
        sys.exit(__doc__)


def place(config: dict) -> bool:
    """True if it is another one than before."""
    issued = issued_path(config)
    content = read(issued if is_valid(issued) else config["bootstrap"])
    if content == read(config["certificate"]):
        return False
    write(config["certificate"], content)
    return True


def install(config: dict) -> None:
    if place(config):
        subprocess.run(["systemctl", "try-reload-or-restart", *config["serving"]], check=True)


def obtain(config: dict) -> None:
    if is_due(issued_path(config)):
        wait_until_reachable(config)
        report(None)
        issue(config)
    install(config)
    report(None)


def issue(config: dict) -> None:
    path = os.path.join(config["state"], "lego")
    certificates = os.path.join(path, "certificates")
    shutil.rmtree(certificates, ignore_errors=True)
    failure = lego(config, path)
    if failure and "accountDoesNotExist" in failure:
        # The authority has forgotten the account, as a test authority does when it restarts: register again.
        shutil.rmtree(os.path.join(path, "accounts"))
        failure = lego(config, path)
    if failure:
        report(failure)
        sys.exit(failure)
    [issued] = [file for file in glob.glob(f"{certificates}/*.crt") if not file.endswith(".issuer.crt")]
    write(issued_path(config), read(issued))


def lego(config: dict, path: str) -> str | None:
    """Runs lego and returns what it said if it failed."""
    os.makedirs(path, mode=0o700, exist_ok=True)
    command = ["lego", "--path", path, "--server", config["directory"], "--email", config["email"], "--accept-tos"]
    command += ["--csr", config["request"], "--http", "--http.webroot", config["webroot"], "run"]
    result = subprocess.run(command, capture_output=True, text=True)
    print(result.stdout, result.stderr, sep="", flush=True)
    return None if result.returncode == 0 else "\n".join(result.stderr.strip().splitlines()[-6:])


def wait_until_reachable(config: dict) -> None:
    """Fetches a file of its own by its public name, as the authority will: an attempt that must fail is counted by it.

    Gives up waiting after a while, since some networks let the world reach this host but not the host itself.
    """
    name = secrets.token_urlsafe(16)
    directory = os.path.join(config["webroot"], ".well-known/acme-challenge")
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, name)
    write(path, name.encode())
    url = f"http://{config['hostname']}/.well-known/acme-challenge/{name}"
    try:
        deadline = time.monotonic() + SELF_TEST_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(url, timeout=5) as response:
                    if response.read() == name.encode():
                        return
                    reason = "it answers, but is not this host"
            except OSError as error:
                reason = str(error)
            report(f"waiting for http://{config['hostname']}/ to reach this host: {reason}")
            time.sleep(1)
    finally:
        os.unlink(path)


def issued_path(config: dict) -> str:
    identity = config["directory"].encode() + b"\n" + (read(config["request"]) or b"")
    return os.path.join(config["state"], "issued", hashlib.sha256(identity).hexdigest()[:16] + ".pem")


def is_valid(path: str) -> bool:
    return os.path.exists(path) and time.time() < lifetime(path)[1]


def is_due(path: str) -> bool:
    if not os.path.exists(path):
        return True
    start, end = lifetime(path)
    return time.time() > start + (end - start) * RENEW_AFTER


def lifetime(path: str) -> tuple[int, int]:
    command = ["openssl", "x509", "-in", path, "-noout", "-startdate", "-enddate"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    dates = dict(line.split("=", 1) for line in output.splitlines())
    return ssl.cert_time_to_seconds(dates["notBefore"]), ssl.cert_time_to_seconds(dates["notAfter"])


def report(trouble: str | None) -> None:
    if trouble:
        write(TROUBLE, trouble.encode())
    elif os.path.exists(TROUBLE):
        os.unlink(TROUBLE)


def read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def write(path: str, content: bytes) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(f"{path}.new", "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(f"{path}.new", 0o644)
    os.replace(f"{path}.new", path)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
