"""The version of planweave, as installed, and of its code as it stands."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

__all__ = ["VERSION", "engine_hash"]

VERSION = version("planweave")


@cache
def engine_hash() -> str:
    """Tell one state of the code from another: a checkout under development has one version for many."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
