"""What is wrong with the virus scanner, if one is declared: while it does not answer, mail waits."""

import datetime
import socket
import time

PART = "clamav"
SOCKET = "/run/clamav/clamd.ctl"
TIMEOUT = 2
LOADING_SECONDS = 300  # it is silent while it loads new signatures
PATIENCE = datetime.timedelta(days=7)  # there are new ones every day
WHY = "journalctl -u clamav-freshclam tells why, systemctl restart clamav-freshclam tries again"
NO_ANSWER = (
    "the virus scanner does not answer, so all mail is told to come again; it starts by itself once there are "
    f"signatures: {WHY}; journalctl -u clamav-daemon has its own words"
)


class Antivirus:
    def __init__(self) -> None:
        self._told: list[str] = []
        self._heard = 0.0

    def warnings(self, bundle: dict | None) -> list[str]:
        if not bundle or all(part["name"] != PART for part in bundle["parts"]):
            return []
        try:
            self._told = of_signatures(version(), datetime.datetime.now())
            self._heard = time.monotonic()
        except OSError as error:
            silent = time.monotonic() - self._heard
            if not isinstance(error, TimeoutError) or silent > LOADING_SECONDS:
                self._told = [NO_ANSWER]
        return self._told


def version() -> str:
    """As clamd(8) tells it: its own and, behind slashes, number and date of ClamAV's signatures if it has these."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(TIMEOUT)
        connection.connect(SOCKET)
        connection.sendall(b"zVERSION\0")
        said = connection.recv(512)
    if not said:
        raise ConnectionError("clamd has hung up")
    return said.rstrip(b"\0").decode()


def of_signatures(said: str, now: datetime.datetime) -> list[str]:
    _, *signatures = said.split("/")
    if not signatures:
        return [f"the virus scanner has no signatures of ClamAV's: {WHY}"]
    made = datetime.datetime.strptime(signatures[-1], "%a %b %d %H:%M:%S %Y")
    return [f"the virus scanner's signatures are of {made:%Y-%m-%d}: {WHY}"] if now - made > PATIENCE else []
