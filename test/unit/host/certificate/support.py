"""A host of its own for each test: a configuration, a data volume and other people's programs that only pretend."""

import json
import os
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
from pathlib import Path

HERE = os.path.dirname(__file__)
sys.path[:0] = [os.path.join(HERE, "../../../../host/lego/certificate"), os.path.join(HERE, "../support")]
sys.dont_write_bytecode = True

import declared_letters  # noqa: E402
import settings  # noqa: E402

DAY = 24 * 3600

# Issues with openssl what lego would, unless told to refuse a name; notes what it was called with.
LEGO = """
import os, re, subprocess, sys
home = os.environ["FAKE_HOME"]
arguments = sys.argv[1:]
value = lambda option: arguments[arguments.index(option) + 1]
csr = value("--csr") if "--csr" in arguments else None
names = [value for option, value in zip(arguments, arguments[1:]) if option == "--domains"]
if csr:
    text = subprocess.run(["openssl", "req", "-in", csr, "-noout", "-text"], capture_output=True, text=True).stdout
    names = re.findall(r"DNS:([^,\\s]+)", text)
with open(f"{home}/calls", "a") as calls:
    calls.write(" ".join(names) + "\\n")
refusals = open(f"{home}/refuse").read().split("\\n") if os.path.exists(f"{home}/refuse") else []
for refusal in refusals:
    name, _, words = refusal.partition(" ")
    if name in names:
        print("2026/11/25 22:13:26 [INFO] acme: use http-01 solver", file=sys.stderr)
        sys.exit("2026/11/25 22:13:31 Could not obtain certificates:\\n\\t" + words)
account = f"{value('--path')}/accounts/acme.test/{value('--email')}"
os.makedirs(account, exist_ok=True)
with open(f"{account}/account.json", "w") as file:
    file.write('{"registration": {"uri": "https://acme.test/account/1"}}')
days = open(f"{home}/days").read() if os.path.exists(f"{home}/days") else "90"
out = f"{value('--path')}/certificates/{names[0]}"
os.makedirs(os.path.dirname(out))
common = ["-subj", "/", "-addext", "subjectAltName=" + ",".join(f"DNS:{name}" for name in names)]
if csr:
    authority = f"{home}/authority"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", f"{authority}.key", "-out", f"{authority}.crt", "-subj", "/CN=authority"], check=True)
    subprocess.run(["openssl", "x509", "-req", "-in", csr, "-CA", f"{authority}.crt", "-CAkey", f"{authority}.key",
        "-days", days, "-copy_extensions", "copy", "-out", f"{out}.crt"], check=True)
else:
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-keyout", f"{out}.key", "-out", f"{out}.crt", "-days", days, *common], check=True)
"""

NOTED = """
import os, sys
with open(os.environ["FAKE_HOME"] + "/" + os.path.basename(sys.argv[0]), "a") as file:
    file.write(" ".join(sys.argv[1:]) + "\\n" + ("" if sys.stdin.isatty() or "-t" not in sys.argv else sys.stdin.read()))
"""


class Host(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        for name, source in {"lego": LEGO, "systemctl": NOTED, "sendmail": NOTED}.items():
            path = self.home / "bin" / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"#!{sys.executable}\n{textwrap.dedent(source)}")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        self.environment = os.environ | {"PATH": f"{self.home}/bin:{os.environ['PATH']}", "FAKE_HOME": str(self.home)}
        before = dict(os.environ)
        os.environ.update(self.environment)
        self.addCleanup(lambda: (os.environ.clear(), os.environ.update(before)))
        settings.CONFIGURATION = self.home / "certificate.json"
        settings.RUNTIME = self.home / "run"
        declared_letters.declare(self.home)
        self.declare()
        self.new_key("mx1.example.test")

    def declare(self, web: dict[str, list[str]] | None = None, **changes) -> None:
        """@param web names of each domain"""
        fields = {
            "hostname": "mx1.example.test",
            "directory": "https://acme.test/dir",
            "email": "alice@example.test",
            "eabKeyId": None,
            "eabKey": str(self.home / "eab"),
            "webroot": str(self.home / "webroot"),
            "state": str(self.home / "acme"),
            "key": str(self.home / "tls/key.pem"),
            "request": str(self.home / "tls/request.pem"),
            "bootstrap": str(self.home / "tls/bootstrap.pem"),
            "pair": str(self.home / "tls/pair.pem"),
            "webPairs": str(self.home / "tls/web"),
            "services": ["postfix.service", "dovecot.service", "nginx.service"],
            "webService": "nginx.service",
            "web": [
                {"domain": domain, "names": names, "pair": str(self.home / f"tls/web/{domain}.pem")}
                for domain, names in (web or {}).items()
            ],
        }
        settings.CONFIGURATION.write_text(json.dumps(fields | changes))

    def new_key(self, name: str) -> None:
        """Another declared key, with its request and its bootstrap certificate."""
        tls = self.home / "tls"
        tls.mkdir(exist_ok=True)
        subject = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
        self.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(tls / "key.pem"))
        self.openssl("req", "-new", "-key", str(tls / "key.pem"), "-out", str(tls / "request.pem"), *subject)
        self.openssl("req", "-x509", "-key", str(tls / "key.pem"), "-out", str(tls / "bootstrap.pem"), *subject)

    def openssl(self, *arguments: str) -> str:
        return subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=True).stdout

    def refuse(self, name: str, words: str) -> None:
        (self.home / "refuse").write_text(f"{name} {words}")

    def relent(self) -> None:
        (self.home / "refuse").unlink()

    def noted(self, program: str) -> list[str]:
        """What a program was called with, a line each time; forgotten once it is read."""
        path = self.home / program
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return lines

    def public_key(self, path: Path) -> str:
        return self.openssl("x509", "-in", str(path), "-noout", "-pubkey")

    def fits(self, pair: Path) -> bool:
        return self.openssl("pkey", "-in", str(pair), "-pubout") == self.public_key(pair)

    def age(self, note: Path, start: float, end: float) -> None:
        """Makes a certificate's life another one, in days from now; nothing waits for it to be tried again."""
        fields = json.loads(note.read_text())
        now = time.time()
        fields |= {"start": now + start * DAY, "end": now + end * DAY, "retry_at": 0}
        note.write_text(json.dumps(fields))
