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

EACH = """
import sys
from planweave.cli import main

for line in sys.stdin.read().splitlines():
    try:
        main(line.split("\\t"))
    except SystemExit as end:
        assert end.code == 0, f"{line}: {end.code}"
    print("done:", line)
"""


@pytest.fixture
def denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Deny sockets in every Python process started from here, workers included."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(DENY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "hook"))
    return tmp_path


def run(*lines: tuple[object, ...]) -> subprocess.CompletedProcess[str]:
    """Run verbs one after another in one process."""
    asked = "\n".join("\t".join(map(str, arguments)) for arguments in lines)
    return subprocess.run([sys.executable, "-c", EACH], input=asked, capture_output=True, text=True, check=False)


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
    engines, suffixes = ("sparql", "pyshacl"), ("nq", "trig", "ttl", "jsonld", "csv", "json", "xlsx")
    verbs: list[tuple[object, ...]] = [
        ("build", folder, "--into", weave),
        ("read", folder / "1.txt"),
        *(("check", "--from", weave, "--engine", one, "-o", denied / f"{one}.html") for one in engines),
        *(("export", "--from", weave, "-o", denied / f"all.{suffix}") for suffix in suffixes),
    ]
    done = run(*verbs)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("done: ") == len(verbs)
