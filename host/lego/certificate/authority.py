"""Has the authority issue certificates (RFC 8555), by lego."""

import os
import re
import ssl
import subprocess
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import account
import settings
from settings import Settings
from sites import Site
from store import Kept

# lego waits most of the time.
WORKERS = 6
LEGO_SECONDS = 600
# It has forgotten the account, as a test authority does when it restarts.
FORGOTTEN = "accountDoesNotExist"


def issue_all(declared: Settings, due: list[Site], said: Callable[[], None]) -> None:
    forgotten = attempt(declared, due, said)
    if forgotten:
        account.forget(declared)
        attempt(declared, forgotten, said)


def attempt(declared: Settings, due: list[Site], said: Callable[[], None]) -> list[Site]:
    """@returns those that the authority does not know the account for"""

    def one(site: Site) -> str:
        failure = issue(declared, site.own, site.reachable)
        said()
        return failure

    # There is one account, which the first of all registers.
    alone = 0 if account.exists(declared) else 1
    failures = [one(site) for site in due[:alone]]
    with ThreadPoolExecutor(WORKERS) as pool:
        failures += pool.map(one, due[alone:])
    return [site for site, failure in zip(due, failures, strict=True) if FORGOTTEN in failure]


def issue(declared: Settings, kept: Kept, names: list[str]) -> str:
    """Replaces a pair. @returns why not, if it fails"""
    try:
        account.register(declared)
        kept.succeed(*lego(declared, kept, names))
    except (account.Refused, subprocess.TimeoutExpired, ssl.SSLError) as error:
        kept.fail(kind_of(str(error)), str(error))
        return str(error)
    return ""


def lego(declared: Settings, kept: Kept, names: list[str]) -> tuple[bytes, bytes]:
    """Key and chain, in PEM."""
    settings.RUNTIME.mkdir(mode=0o700, exist_ok=True)
    # In memory, so that a key that comes to nothing leaves nothing.
    with tempfile.TemporaryDirectory(dir=settings.RUNTIME) as path:
        accounts = account.folder(declared) / "accounts"
        accounts.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.symlink(accounts, f"{path}/accounts")
        command = ["lego", "--path", path, "--server", declared.directory, "--accept-tos"]
        command += ["--email", account.contact(declared)]
        command += ["--http", "--http.webroot", str(declared.webroot), "--key-type", "ec256"]
        if declared.eab_key_id:
            # It wants to be told, though the account is registered already.
            command.append("--eab")
        is_declared = kept.request.exists()
        if is_declared:
            command += ["--csr", str(kept.request)]
        else:
            command += [argument for name in names for argument in ("--domains", name)]
        result = subprocess.run([*command, "run"], capture_output=True, text=True, timeout=LEGO_SECONDS)
        print(result.stdout, result.stderr, sep="", flush=True)
        if result.returncode != 0:
            raise account.Refused(words(result.stderr) or f"lego: exit status {result.returncode}")
        [chain] = [file for file in Path(path, "certificates").glob("*.crt") if not file.name.endswith(".issuer.crt")]
        key = kept.key if is_declared else chain.with_suffix(".key")
        return key.read_bytes(), chain.read_bytes()


def words(log: str) -> str:
    """What went wrong, out of all that lego says on the way."""
    lines = [re.sub(r"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d ", "", line).strip() for line in log.splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith(("[INFO]", "[WARN]")))


def kind_of(failure: str) -> str:
    """What the authority has seen of it."""
    if "error:rateLimited" in failure:
        return "limited"
    return "refused" if "urn:ietf:params:acme:error:" in failure else "unreachable"
