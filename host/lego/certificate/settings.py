"""What the bundle declares about certificates."""

import json
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = Path("/etc/mailserver/certificate.json")
RUNTIME = Path("/run/mailserver")


@dataclass(frozen=True)
class WebSite:
    """The names of a mail domain that the host answers by HTTPS."""

    domain: str
    names: list[str]
    pair: Path


@dataclass(frozen=True)
class Settings:
    hostname: str
    directory: str
    """The URL of the authority's directory (RFC 8555 section 7.1.1)."""
    email: str
    eab_key_id: str | None
    """Of the external account that the authority's account is to be bound to; its key is in `eab_key`."""
    eab_key: Path
    webroot: Path
    state: Path
    """On the data volume."""
    key: Path
    request: Path
    bootstrap: Path
    pair: Path
    """Where the services read the host's certificate in force and its key."""
    web_pairs: Path
    """The folder of those of the web sites."""
    services: list[str]
    """Those that read the host's certificate."""
    web_service: str
    web: list[WebSite]


def load() -> Settings:
    fields = json.loads(CONFIGURATION.read_text())
    web = [WebSite(site["domain"], site["names"], Path(site["pair"])) for site in fields["web"]]
    return Settings(
        hostname=fields["hostname"],
        directory=fields["directory"],
        email=fields["email"],
        eab_key_id=fields["eabKeyId"],
        eab_key=Path(fields["eabKey"]),
        webroot=Path(fields["webroot"]),
        state=Path(fields["state"]),
        key=Path(fields["key"]),
        request=Path(fields["request"]),
        bootstrap=Path(fields["bootstrap"]),
        pair=Path(fields["pair"]),
        web_pairs=Path(fields["webPairs"]),
        services=fields["services"],
        web_service=fields["webService"],
        web=web,
    )
