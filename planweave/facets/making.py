"""Making the index: a piece of each plan, in processes of their own where there are many, and all of them put together.

It lies in a folder of a name that says which plans it is of, in which states. The folder appears whole: it is written
under another name, and what was left by a process that was killed is removed by the next one.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, ClassVar, Final

import msgspec

from planweave.errors import PlanweaveError, StoreError
from planweave.facets.assembling import Assembly
from planweave.facets.pieces import Lean, Part, Piece, piece_of
from planweave.processes import ProcessDied, in_processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from planweave.workspace import Build

    Progress = Callable[[str, int, int], None]

__all__ = ["FOLDER", "Contents", "Part", "folder_of", "make_index", "read_contents"]

FOLDER: Final = ".facets"
CONTENTS: Final = "contents.msgpack"
FORMAT: Final = 1
"""Of the files: an index of another format is made anew."""

ALONE: Final = 16
"""Up to so many plans are read in this process: starting others would take longer."""

AT_ONCE: Final = 20
HOUR: Final = 3600


class Contents(msgspec.Struct, frozen=True):
    """What an index holds: its plans, and the size of each of its files."""

    parts: tuple[Part, ...]
    sizes: dict[str, int]


def folder_of(workspace: Path, states: Mapping[str, str]) -> Path:
    """Say where the index of some plans in some states is."""
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for plan, state in states.items():
        digest.update(f"\n{len(plan)} {plan} {state}".encode())
    return workspace / FOLDER / digest.hexdigest()[:20]


def read_contents(folder: Path) -> Contents | None:
    """Say what an index holds; None where there is none.

    Raises
    ------
    StoreError
        If it is damaged.
    """
    if not folder.is_dir():
        return None
    try:
        contents = msgspec.msgpack.decode((folder / CONTENTS).read_bytes(), type=Contents)
        for name, size in contents.sizes.items():
            if (folder / name).stat().st_size != size:
                raise StoreError("the index of actions is damaged", file=folder / name, fix="it is made again")
    except (OSError, msgspec.DecodeError) as error:
        raise StoreError("the index of actions is damaged", file=folder, fix="it is made again") from error
    return contents


def make_index(workspace: Path, states: Mapping[str, str], build: Build, progress: Progress = lambda *_: None) -> Path:
    """Make the index, with the pieces of plans that have not changed; what is of no use any more is removed.

    Parameters
    ----------
    workspace
        The folder of the graph. Where it cannot be written, the index is made in a folder for temporary files.
    states
        Plan → what tells one state of it from another, in the order of the graph.
    build
        Has the records.
    progress
        Told what is done, how far it is and how far it goes.

    Returns
    -------
    Its folder.

    Raises
    ------
    PlanweaveError
        If a record cannot be read, the index cannot be written, or a process dies.
    """
    target = folder_of(workspace, states)
    try:
        beside = _beside(target)
        try:
            _Making(beside, _last(target), build, progress).run(states)
            return _put(beside, target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise PlanweaveError(
            f"the index of actions cannot be written ({error.strerror or error})",
            file=target.parent,
            fix="make room there",
        ) from error
    except ProcessDied as error:
        raise PlanweaveError("a process that made the index of actions died", fix="free some memory") from error


def _beside(target: Path) -> Path:
    """Make a folder to write into; where the workspace may not be written, elsewhere."""
    try:
        target.parent.mkdir(exist_ok=True)
        return Path(mkdtemp(prefix=".making-", dir=target.parent))
    except OSError:
        return Path(mkdtemp(prefix="planweave-facets-"))


def _put(beside: Path, target: Path) -> Path:
    """Give the folder its name; where another process was quicker, take its own."""
    if beside.parent != target.parent:
        kept = beside.with_name(f"{beside.name}-made")
        beside.rename(kept)
        return kept
    if target.exists():
        shutil.rmtree(target, ignore_errors=True)
    with suppress(OSError):
        beside.rename(target)
    _tidy(target)
    return target


def _tidy(current: Path) -> None:
    """Remove other indexes, and what killed processes left; on some systems not while they are read."""
    for path in current.parent.iterdir():
        with suppress(OSError):
            unfinished = path.name.startswith(".making-")
            if path != current and (not unfinished or path.stat().st_mtime < time.time() - HOUR):
                shutil.rmtree(path, ignore_errors=True)


def _last(target: Path) -> tuple[Path, Contents] | None:
    """Find the index that was made last, whole, of whichever states."""
    found = sorted(
        (path for path in target.parent.glob("[0-9a-f]*") if path != target), key=lambda path: -path.stat().st_mtime
    )
    for path in found:
        with suppress(StoreError):
            contents = read_contents(path)
            if contents is not None:
                return path, contents
    return None


class _Making:
    """One index while it is made."""

    def __init__(self, folder: Path, last: tuple[Path, Contents] | None, build: Build, progress: Progress) -> None:
        self._folder, self._build, self._progress = folder, build, progress
        self._old = _Old(*last) if last else None

    def run(self, states: Mapping[str, str]) -> None:
        fresh = [plan for plan, state in states.items() if not (self._old and self._old.has(plan, state))]
        made = self._made(fresh)
        parts, pieces = [], []
        with (self._folder / "pieces.bin").open("wb") as out, (self._folder / "printed.bin").open("wb") as words:
            waiting = set(fresh)
            for number, (plan, state) in enumerate(states.items(), start=1):
                packed, printed = next(made) if plan in waiting else self._kept(plan)
                piece = msgspec.msgpack.decode(packed, type=Piece)
                out.write(packed)
                words.write(printed)
                parts.append(Part(plan, state, "", len(piece.columns["status"]), len(packed), len(printed)))
                pieces.append(piece)
                self._progress("listing the actions", number, len(states))
        if self._old:
            self._old.close()
        self._progress("sorting the actions", len(states), len(states))
        parts = [msgspec.structs.replace(part, name=name) for part, name in zip(parts, _names(pieces), strict=True)]
        Assembly(self._folder, parts, pieces).write()
        sizes = {path.name: path.stat().st_size for path in self._folder.iterdir()}
        contents = Contents(tuple(parts), sizes)
        # Written last: without it the folder is no index.
        (self._folder / CONTENTS).write_bytes(msgspec.msgpack.encode(contents))

    def _kept(self, plan: str) -> tuple[bytes, bytes]:
        assert self._old  # noqa: S101 - it has the plan
        return self._old.take(plan)

    def _made(self, plans: Sequence[str]) -> Iterator[tuple[bytes, bytes]]:
        if len(plans) <= ALONE:
            yield from (_read(self._build, plan) for plan in plans)
            return
        groups = [plans[at : at + AT_ONCE] for at in range(0, len(plans), AT_ONCE)]
        for found in in_processes(_read_here, groups, _start_process, (self._build,)):
            yield from found


def _names(pieces: Sequence[Piece]) -> list[str]:
    """Name plans for a list: by who published it, where that is one plan only; else by the title, too."""
    publishers = Counter(piece.publisher for piece in pieces)
    return [
        piece.title
        if not piece.publisher
        else piece.publisher
        if publishers[piece.publisher] == 1
        else f"{piece.publisher}: {piece.title}"
        for piece in pieces
    ]


class _Old:
    """The index that was made before, for the pieces that have not changed."""

    def __init__(self, folder: Path, contents: Contents) -> None:
        self._known: dict[str, tuple[Part, int, int]] = {}
        piece = words = 0
        for part in contents.parts:
            self._known[part.plan] = (part, piece, words)
            piece, words = piece + part.piece, words + part.words
        self._pieces, self._words = (folder / "pieces.bin").open("rb"), (folder / "printed.bin").open("rb")

    def has(self, plan: str, state: str) -> bool:
        return plan in self._known and self._known[plan][0].state == state

    def take(self, plan: str) -> tuple[bytes, bytes]:
        part, piece, words = self._known[plan]
        self._pieces.seek(piece)
        self._words.seek(words)
        return self._pieces.read(part.piece), self._words.read(part.words)

    def close(self) -> None:
        self._pieces.close()
        self._words.close()


class _Process:
    """What a process was started with."""

    build: ClassVar[Build]


def _start_process(build: Build) -> None:
    _Process.build = build


def _read_here(plans: Sequence[str]) -> list[tuple[bytes, bytes]]:
    return [_read(_Process.build, plan) for plan in plans]


def _read(build: Build, plan: str) -> tuple[bytes, bytes]:
    path = build.record(plan)
    try:
        record = msgspec.json.decode(path.read_bytes(), type=Lean)
    except (OSError, msgspec.DecodeError) as error:
        raise StoreError("the record cannot be read", file=path, fix="build again with --fresh") from error
    piece, printed = piece_of(record)
    return msgspec.msgpack.encode(piece), printed
