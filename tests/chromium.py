"""Make sure that there is a Chromium for the tests of pages: found, or installed.

``make test`` runs this first; it does nothing where one is found. Without one it tries what Playwright
offers, then the system's package, and says in one sentence when neither works. It never asks anything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
MINUTES = 10


def find() -> str | None:
    """Give the path of a Chromium: the system's, or the one that Playwright has installed."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - takes a while, and mostly is not needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Try to install one: by Playwright, else by apt-get, as root or with a sudo that asks no password."""
    _try([sys.executable, "-m", "playwright", "install", "chromium"])
    if find() or not shutil.which("apt-get"):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not sudo or shutil.which("sudo"):
        apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
        _try([*apt, "update"])
        _try([*apt, "install", "chromium"])


def _try(command: list[str]) -> None:
    """Run a command that may fail, without a terminal to ask at and without end."""
    try:
        subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=MINUTES * 60)
    except (OSError, subprocess.TimeoutExpired):
        return


def main() -> None:
    """Find a Chromium or install one; leave with a sentence where there is none."""
    if find():
        return
    sys.stderr.write("No Chromium is found; trying to install one …\n")
    install()
    if not find():
        sys.exit("There is no Chromium for the tests of pages, and it could not be installed; install it by hand.")


if __name__ == "__main__":
    main()
