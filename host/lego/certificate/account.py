"""The account at the authority, as lego keeps it; one for each directory and external account."""

import hashlib
import json
import shutil
import threading
import urllib.parse
from pathlib import Path

from settings import Settings
from store import read, write

REGISTERING = threading.Lock()


class Refused(Exception):
    """In the authority's own words, or those of the program that speaks to it."""


def folder(settings: Settings) -> Path:
    identity = f"{settings.directory}\n{settings.eab_key_id or ''}".encode()
    return settings.state / "accounts" / hashlib.sha256(identity).hexdigest()[:16]


def contact(settings: Settings) -> str:
    """The address that the account is registered with, which lego knows it by: it stays the account of the CAA records
    when somebody else becomes the postmaster."""
    registered = sorted(server(settings).glob("*/account.json"), key=lambda file: file.stat().st_mtime)
    return registered[0].parent.name if registered else settings.email


def files(settings: Settings) -> tuple[Path, Path]:
    """lego's account and its key."""
    email = contact(settings)
    path = server(settings) / email
    return path / "account.json", path / "keys" / f"{email}.key"


def server(settings: Settings) -> Path:
    return folder(settings) / "accounts" / urllib.parse.urlsplit(settings.directory).netloc.replace(":", "_")


def exists(settings: Settings) -> bool:
    return files(settings)[0].exists()


def uri(settings: Settings) -> str | None:
    """As a CAA record's `accounturi` has it (RFC 8657)."""
    registration = json.loads(read(files(settings)[0]) or b"{}").get("registration")
    return registration["uri"] if registration else None


def forget(settings: Settings) -> None:
    shutil.rmtree(folder(settings) / "accounts", ignore_errors=True)


def register(settings: Settings) -> None:
    """Binds a new account to the external one (RFC 8555 section 7.3.4). Without one, lego registers by itself.

    lego 4.9 takes the external account's key as an argument only, where every process list shows it.
    """
    if not settings.eab_key_id:
        return
    with REGISTERING:
        if not exists(settings):
            bind(settings)


def bind(settings: Settings) -> None:
    # Slow to load, and of no use without an external account.
    import josepy
    from acme import client, errors, messages
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    jwk = josepy.JWKEC(key=key)
    try:
        network = client.ClientNetwork(jwk, alg=josepy.ES256, user_agent="pulumi-mailserver")
        directory = client.ClientV2.get_directory(settings.directory, network)
        binding = messages.ExternalAccountBinding.from_data(
            account_public_key=jwk.public_key(),
            kid=settings.eab_key_id,
            hmac_key=read(settings.eab_key).decode().strip(),
            directory=directory,
        )
        client.ClientV2(directory, network).new_account(
            messages.NewRegistration.from_data(
                email=settings.email, terms_of_service_agreed=True, external_account_binding=binding
            )
        )
    except (errors.Error, messages.Error, OSError, ValueError) as error:
        raise Refused(f"the account could not be bound to {settings.eab_key_id}: {error}") from error
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    account, key_file = files(settings)
    write(key_file, pem, 0o600)
    # lego asks the authority for the rest when it first reads this.
    write(account, json.dumps({"email": settings.email, "registration": None}).encode(), 0o600)
