"""Runs other programs and keeps what they say when they fail."""

import os
import subprocess

from problems import Failed

LINES_KEPT = 12
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "SYSTEMD_COLORS": "0", "SYSTEMD_PAGER": ""}
# Nor does an installation restart what it finds running: that is for the agent, in its order.
QUIET |= {"NEEDRESTART_SUSPEND": "1"}


def run(part: str, command: list[str], timeout: float = 120) -> str:
    """Its standard output. Raises Failed with the end of what it printed."""
    try:
        result = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=timeout, env=os.environ | QUIET
        )
    except subprocess.TimeoutExpired:
        raise Failed(part, f"{' '.join(command)}: not done after {timeout:g} s") from None
    except OSError as error:
        raise Failed(part, f"{command[0]}: {error.strerror}") from None
    if result.returncode != 0:
        said = (result.stderr.strip() or result.stdout.strip()).splitlines()[-LINES_KEPT:]
        raise Failed(part, "\n".join(said) or f"{' '.join(command)}: exit status {result.returncode}")
    return result.stdout

