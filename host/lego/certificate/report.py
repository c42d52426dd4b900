"""What the agent repeats in the host's status. Small, however many domains there are."""

import json
import time

import account
import alarm
import settings
import sites
import x509
from settings import Settings
from sites import Site
from store import Kept, write

REPORT = "certificates.json"
# Of those in trouble so many are told one by one, each with so many characters of why.
TOLD = 20
WORDS = 400


def publish(declared: Settings) -> None:
    settings.RUNTIME.mkdir(mode=0o700, exist_ok=True)
    write(settings.RUNTIME / REPORT, json.dumps(contents(declared)).encode(), 0o600)


def contents(declared: Settings) -> dict:
    host, web = sites.host(declared), sites.web(declared)
    served = x509.read(declared.pair)
    wanting = [site for site in [host, *web] if not site.own.is_valid()]
    return {
        "certificate": {
            "source": "acme" if host.in_force else "bootstrap",
            "notAfter": moment(served.end),
            "issuer": served.issuer,
            "keySha256": served.key_sha256,
            # Of the authority's: the bootstrap one that is served once that has expired ends in years.
            "issuedNotAfter": moment(host.last.note.end) if host.last else None,
        },
        "issued": host.in_force is not None,
        "trouble": words(host) or "waiting for the authority to issue the certificate",
        "webCertificates": summary(web) if web else None,
        # Since when each that is still to be issued has been in trouble; null while it has not been tried.
        "unsettled": [site.own.note.since for site in wanting],
        "warnings": warnings(host, web),
        "acmeAccount": account.uri(declared),
    }


def summary(web: list[Site]) -> dict:
    ends = [site.last.note.end for site in web if site.last]
    troubled = [site for site in web if site.trouble]
    return {
        "domains": len(web),
        "issued": sum(site.in_force is not None for site in web),
        # Also of those that have expired.
        "firstNotAfter": moment(min(ends)) if ends else None,
        "troubled": [detail(site) for site in troubled[:TOLD]],
        "troubledDomains": len(troubled),
    }


def detail(site: Site) -> dict:
    kept: Kept | None = site.last
    return {
        "domain": site.title,
        "names": site.names,
        "notAfter": moment(kept.note.end) if kept else None,
        "since": moment(site.own.note.since) if site.own.note.since else None,
        "trouble": words(site),
    }


def warnings(host: Site, web: list[Site]) -> list[str]:
    """What somebody should mend, though mail works."""
    said: list[str] = []
    for site in [host, *web]:
        if alarm.is_endangered(site):
            said.append(alarm.warning(site)[:WORDS])
        elif site.in_force not in (site.own, None):
            said.append(f"{site.title} still has its former certificate: {words(site) or 'the new one is on its way'}")
        elif site.trouble and (site is not host or host.in_force):
            said.append(f"{site.title}: {words(site)}")
    return said[:TOLD] + ([f"and {len(said) - TOLD} more"] if len(said) > TOLD else [])


def words(site: Site) -> str:
    return " ".join(site.trouble.split())[:WORDS]


def moment(when: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(when))
