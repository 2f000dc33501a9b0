"""No network: nothing is fetched while plans are read, woven, opened or exported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

DENY = """
import socket, sys

def deny(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto"):
        raise RuntimeError(f"the network was used: {event} {arguments}")
    if event == "socket.connect" and arguments[0].family != socket.AF_UNIX:
        raise RuntimeError(f"the network was used: {event} {arguments[1]}")

sys.addaudithook(deny)
"""


@pytest.fixture
def denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Deny sockets in every Python process started from here, workers included."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(DENY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "hook"))
    return tmp_path


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "planweave.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_hook_denies(denied: Path) -> None:
    """The denial itself works, so that the other test can fail."""
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "the network was used" in done.stderr


def test_build_read_check_and_export_use_no_socket(denied: Path) -> None:
    """A build large enough for worker processes, a read, checks of both kinds and every export: sockets denied."""
    folder = denied / "plans"
    folder.mkdir()
    for n in range(18):
        (folder / f"{n}.txt").write_text(
            f"Plan\n\nRef\tAction\tLead\tDue date\n{n}.1\tOpen a hub\tHousing Options\tMay 2024\n"
        )
    weave = denied / "weave"
    done = run("build", folder, "--into", weave)
    assert done.returncode == 0, done.stderr
    assert run("read", folder / "1.txt").returncode == 0
    for engine in ("sparql", "pyshacl"):
        done = run("check", "--from", weave, "--engine", engine, "-o", denied / f"{engine}.html")
        assert done.returncode == 0, done.stderr
    for suffix in ("nq", "trig", "ttl", "jsonld", "csv", "json", "xlsx"):
        done = run("export", "--from", weave, "-o", denied / f"all.{suffix}")
        assert done.returncode == 0, done.stderr
