"""Work in processes of their own: what is started there ends with who started it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import multiprocessing, sys, threading, time
from planweave.processes import in_processes
def say():
    while not (known := multiprocessing.active_children()):
        time.sleep(0.01)
    time.sleep(2)
    print(*(one.pid for one in known), flush=True)
threading.Thread(target=say).start()
list(in_processes(time.sleep, [60, 60], str, ()))
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes as Linux has them")
def test_processes_end_with_who_started_them() -> None:
    """Also where that is killed: nothing goes on working for nobody."""
    with subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, text=True) as begun:
        assert begun.stdout is not None
        pids = begun.stdout.readline().split()
        assert pids
        begun.kill()
        begun.stdout.close()
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < until, pids
        time.sleep(0.05)
