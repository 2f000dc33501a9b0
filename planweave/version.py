"""The version of planweave, as installed, and of its code as it stands."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

__all__ = ["VERSION", "engine_hash"]

VERSION = version("planweave")

FACES = frozenset(("web", "cli"))
"""What stands above all else, and is imported by nothing else."""


@cache
def engine_hash() -> str:
    """Tell one state of the code from another: a checkout under development has one version for many.

    How things are shown does not count: nothing that is read, woven, checked or answered depends on it.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        if path.relative_to(package).parts[0] not in FACES:
            digest.update(path.read_bytes())
    return digest.hexdigest()
