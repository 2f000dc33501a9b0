"""Results that are kept from one check to the next: a plan that has not changed is not asked again.

They lie in the workspace, in a folder of a name that says all they depend on: the shapes, what is given,
the way they were checked, and planweave itself. Each file says of which state of its plan it is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import weakref
import zlib
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import get_ident
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.checking import Result
from planweave.errors import StoreError
from planweave.terms import segment

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = ["Counts", "Kept"]

FOLDER: Final = ".checks"
MOST: Final = 3
"""So many different checks are kept, the latest used."""

MAX_NAME: Final = 120
ATTEMPTS: Final = 5

Counts = dict[str, int]
"""The IRI of a shape → how many results name it."""


class _Known(msgspec.Struct, frozen=True):
    """Of one plan: which state of it was asked, and the counts."""

    state: str
    counts: Counts


class _Page(msgspec.Struct, frozen=True):
    """The results of one plan as they are kept."""

    state: str
    results: tuple[Result, ...]


class Kept:
    """The results of one kind of check.

    Parameters
    ----------
    workspace
        The folder of the graph. Where it cannot be written, results are kept for as long as this object.
    key
        Names all that the results depend on but the plans.
    """

    def __init__(self, workspace: Path, key: str) -> None:
        self._folder = workspace / FOLDER / key
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            os.utime(self._folder)
            writable = os.access(self._folder, os.W_OK)
        except OSError:
            writable = False
        self._stays = writable
        if not writable:
            self._folder = Path(mkdtemp(prefix="planweave-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._index = self._read_index()

    @property
    def folder(self) -> Path:
        """Where the results are."""
        return self._folder

    def counts(self, plan: str, state: str) -> Counts | None:
        """Give the counts of a plan in a state, or None where it was not asked."""
        known = self._index.get(plan)
        return known.counts if known and known.state == state else None

    def results(self, plan: str, state: str) -> tuple[Result, ...]:
        """Give the results of a plan in a state.

        Raises
        ------
        StoreError
            If they are not there, or damaged.
        """
        path = _file(self._folder, plan)
        try:
            page = msgspec.json.decode(zlib.decompress(path.read_bytes()), type=_Page)
        except (OSError, zlib.error, msgspec.DecodeError) as error:
            raise StoreError("the kept results cannot be read", file=path, fix="remove the file") from error
        if page.state != state:
            raise StoreError("the kept results are of another state of the plan", file=path, fix="check again")
        return page.results

    def remember(self, known: Mapping[str, tuple[str, Counts]]) -> None:
        """Write down which plans were asked, beside those already known; older kinds of check are forgotten."""
        self._index |= {plan: _Known(state, counts) for plan, (state, counts) in known.items()}
        _put(self._folder / "index.json", msgspec.json.encode(self._index))
        if self._stays:
            _forget(self._folder.parent)

    def _read_index(self) -> dict[str, _Known]:
        try:
            return msgspec.json.decode((self._folder / "index.json").read_bytes(), type=dict[str, _Known])
        except (OSError, msgspec.DecodeError):
            return {}


def write_results(folder: Path, plan: str, state: str, results: tuple[Result, ...]) -> None:
    """Keep the results of one plan; the file appears whole."""
    _put(_file(folder, plan), zlib.compress(msgspec.json.encode(_Page(state, results)), 1))


def _put(path: Path, data: bytes) -> None:
    """Write a file that appears whole, again where another check forgets its folder at that moment."""
    beside = path.with_name(f".{os.getpid()}-{get_ident()}-{path.name}")
    for left in reversed(range(ATTEMPTS)):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(data)
            beside.replace(path)
        except OSError as error:
            if left and isinstance(error, FileNotFoundError):
                continue
            raise StoreError(
                f"the results of the check cannot be written ({error.strerror})",
                file=path.parent,
                fix="check the space and the permissions there",
            ) from error
        return


def _file(folder: Path, plan: str) -> Path:
    name = segment(plan)
    return folder / (f"{name}.z" if len(name) <= MAX_NAME else f"{hashlib.sha256(plan.encode()).hexdigest()}.z")


def _forget(folder: Path) -> None:
    # Another check may be forgetting the same.
    with suppress(FileNotFoundError):
        kinds = sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda path: -path.stat().st_mtime)
        for path in kinds[MOST:]:
            shutil.rmtree(path, ignore_errors=True)
