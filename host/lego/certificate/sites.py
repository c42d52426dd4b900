"""What needs a certificate: the host, and the web names of each domain. Which one is in force for it."""

import glob
import hashlib
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import rules
from settings import Settings
from store import Kept, read, write


@dataclass
class Site:
    title: str
    names: list[str]
    own: Kept
    """What the authority has issued, or is to issue, for what is declared."""
    others: list[Kept]
    """What it has issued for another key before, or another authority has."""
    pair: Path
    """Where the services read the one in force."""

    @property
    def in_force(self) -> Kept | None:
        """What the services have; none while it is the bootstrap one."""
        if self.own.is_valid():
            return self.own
        fit = [kept for kept in self.others if kept.is_valid() and set(kept.note.names) & set(self.names)]
        return max(fit, key=lambda kept: kept.note.start, default=None)

    @property
    def last(self) -> Kept | None:
        """The one in force, or if that has expired without another, the one that did so last; none of a new site."""
        now = time.time()
        fit = [self.own, *(kept for kept in self.others if set(kept.note.names) & set(self.names))]
        expired = [kept for kept in fit if 0 < kept.note.end <= now]
        return self.in_force or max(expired, key=lambda kept: kept.note.end, default=None)

    @property
    def absent(self) -> dict[str, str]:
        return {name: why for name, why in self.own.note.absent.items() if name in self.names}

    @property
    def reachable(self) -> list[str]:
        return [name for name in self.names if name not in self.absent]

    @property
    def trouble(self) -> str:
        """Why not everything is as declared, if that is known."""
        error = self.own.note.error
        return "; ".join([*([error] if error else []), *self.absent.values()])

    def may_try(self) -> bool:
        return self.own.may_try() and (self.own.is_due() or not self.is_complete() or bool(self.absent))

    def is_due(self) -> bool:
        """Also if a name leads to this host now that did not when the certificate was issued."""
        if not self.reachable or (self.own.is_valid() and self.is_postponed()):
            return False
        return self.own.is_due() or not self.is_complete()

    def is_complete(self) -> bool:
        return set(self.reachable) <= set(self.own.note.names)

    def is_postponed(self) -> bool:
        """A name that it has does not lead here, perhaps for a moment only: it is not given up before it must be."""
        note = self.own.note
        return bool(set(note.names) & set(self.absent)) and time.time() < rules.alarm_time(note.start, note.end)


def every(settings: Settings) -> list[Site]:
    return [host(settings), *web(settings)]


def host(settings: Settings) -> Site:
    request = read(settings.request)
    folder = certificates(settings) / "host" / digest(request)
    return Site(
        settings.hostname, [settings.hostname], Kept(folder), others(settings, "host/*", folder), settings.pair
    )


def declare(settings: Settings, site: Site) -> bool:
    """Keeps request and key beside what will be issued for them. False if they are others by now."""
    request, key = read(settings.request), read(settings.key)
    if digest(request) != site.own.folder.name:
        return False
    if request != read(site.own.request):
        site.own.declare(request, key)
    return True


def web(settings: Settings) -> list[Site]:
    root = certificates(settings) / "web"
    return [
        Site(
            site.domain,
            site.names,
            Kept(root / site.domain),
            others(settings, f"web/{site.domain}", root / site.domain),
            site.pair,
        )
        for site in settings.web
    ]


def certificates(settings: Settings) -> Path:
    """Each authority's are apart: what one has issued is not taken for another's."""
    return settings.state / "certificates" / digest(settings.directory.encode())


def others(settings: Settings, pattern: str, own: Path) -> list[Kept]:
    found = glob.glob(f"{glob.escape(str(settings.state))}/certificates/*/{pattern}")
    return [Kept(Path(path)) for path in found if Path(path) != own]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def place(settings: Settings) -> list[str]:
    """Puts each pair in force where it is read. @returns the services that have another one to read than before"""
    bootstrap = read(settings.key).rstrip() + b"\n" + read(settings.bootstrap)
    changed: list[str] = []
    readers = [(host(settings), settings.services)]
    readers += [(site, [settings.web_service]) for site in web(settings)]
    for site, services in readers:
        kept = site.in_force
        content = read(kept.pair) if kept else bootstrap
        if content != read(site.pair):
            write(site.pair, content, 0o600)
            changed += [service for service in services if service not in changed]
    return changed


def install(settings: Settings) -> None:
    if changed := place(settings):
        subprocess.run(["systemctl", "try-reload-or-restart", *changed], check=True)


def tidy(settings: Settings) -> None:
    """Removes what will not be used again, private keys before all."""
    for site in every(settings):
        if site.own.is_valid():
            for kept in site.others:
                shutil.rmtree(kept.folder)
    domains = [site.domain for site in settings.web]
    for folder in glob.glob(f"{glob.escape(str(settings.state))}/certificates/*/web/*"):
        if os.path.basename(folder) not in domains:
            shutil.rmtree(folder)
    declared = [site.pair for site in settings.web]
    for pair in settings.web_pairs.glob("*.pem"):
        if pair not in declared:
            pair.unlink()
