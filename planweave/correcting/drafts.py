"""Drafts on disk: a folder each, the document in it, and one file a state, so that nothing written is ever lost.

::

    weave/
      .drafts/
        0123456789abcdef/
          document.docx        as it was handed in
          grid.msgpack         its lines and tables; made again where it is missing
          base.toml            the loader that recognised it, if one did
          state-000001.json    one a change; the last one counts
          accepting.json       how far the accepting is

A state is written whole beside and then linked to its name, which fails where somebody else was first: of two tabs
that save on the same state, the second is told.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.correcting.state import State
from planweave.documents import SUFFIXES, Document, open_document
from planweave.errors import DocumentError, NotFound, PlanweaveError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FOLDER", "Draft", "Drafts", "Outdated", "now"]

FOLDER: Final = ".drafts"
ID: Final = re.compile(r"[0-9a-f]{16}")
STATE: Final = re.compile(r"state-(\d{6})\.json")
GRID: Final = "grid.msgpack"
BASE: Final = "base.toml"
LONGEST_NAME: Final = 200
DAY: Final = 86_400
WEEK: Final = 7 * DAY
ROOM: Final = "check the space and the permissions there"


class Outdated(PlanweaveError):  # noqa: N818 - named for the situation
    """A draft was changed elsewhere meanwhile, and what was to be saved rests on what it was before."""


def now() -> str:
    """Give the moment, as it is kept."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


class Draft:
    """One document that is being added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def id(self) -> str:
        """What names it in an address."""
        return self.folder.name

    @property
    def state(self) -> State:
        """What it is now: the last state that can be read.

        Raises
        ------
        NotFound
            If there is none any more.
        """
        for number in sorted(self._revisions(), reverse=True):
            try:
                return msgspec.json.decode(self._path(number).read_bytes(), type=State)
            except (OSError, msgspec.DecodeError):
                continue
        raise NotFound("there is no such draft", fix="it may have been accepted or discarded; begin with Add a plan")

    @property
    def file(self) -> Path:
        """The document."""
        return self.folder / f"document{self.state.suffix}"

    @property
    def base(self) -> Path | None:
        """The loader that recognised the document, as it was then."""
        path = self.folder / BASE
        return path if path.is_file() else None

    def document(self) -> Document:
        """Give the lines and tables of the document; they are read once and kept."""
        kept = self.folder / GRID
        state = self.state
        try:
            document = msgspec.msgpack.decode(kept.read_bytes(), type=Document)
            if document.sha256 == state.sha256:
                return document
        except (OSError, msgspec.DecodeError, ValueError):
            pass
        document = _opened(self.file, state.name)
        if document.sha256 != state.sha256:
            raise DocumentError("the document of this draft was changed", fix="discard the draft and add the file anew")
        write_grid(kept, document)
        return document

    def save(self, state: State) -> State:
        """Write the state that comes after the one it was made from.

        Raises
        ------
        Outdated
            If somebody else has changed the draft meanwhile.
        PlanweaveError
            If it cannot be written; the draft is as it was.
        """
        after = msgspec.structs.replace(state, revision=state.revision + 1)
        if max(self._revisions(), default=0) != state.revision:
            raise _outdated()
        _write_state(self._path(after.revision), after)
        return after

    def discard(self) -> None:
        """Remove it for good."""
        gone = self.folder.with_name(f".gone-{self.id}")
        try:
            self.folder.rename(gone)
        except FileNotFoundError:
            return
        except OSError as error:
            raise PlanweaveError(f"the draft cannot be removed ({error.strerror})", fix=ROOM) from error
        shutil.rmtree(gone, ignore_errors=True)

    def _revisions(self) -> list[int]:
        try:
            names = [path.name for path in self.folder.iterdir()]
        except OSError:
            return []
        return [int(match[1]) for name in names if (match := STATE.fullmatch(name))]

    def _path(self, revision: int) -> Path:
        return self.folder / f"state-{revision:06d}.json"


class Drafts:
    """The drafts of a workspace.

    Parameters
    ----------
    workspace
        Its folder.
    """

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.folder = workspace / FOLDER

    def __iter__(self) -> Iterator[Draft]:
        """Go through the drafts, the latest changed first."""
        found: list[tuple[float, Draft]] = []
        for path in self.folder.glob("*"):
            if ID.fullmatch(path.name):
                with suppress(OSError, NotFound):
                    draft = Draft(path)
                    _ = draft.state  # one that was accepted has none any more
                    found.append((path.stat().st_mtime, draft))
        return (draft for _, draft in sorted(found, key=lambda each: -each[0]))

    def draft(self, id_: str) -> Draft:
        """Give a draft by its id.

        Raises
        ------
        NotFound
            If there is none; an id that is none never reaches the disk.
        """
        if ID.fullmatch(id_) and (self.folder / id_).is_dir():
            return Draft(self.folder / id_)
        raise NotFound("there is no such draft", fix="it may have been accepted or discarded; begin with Add a plan")

    def put(self, name: str, data: bytes) -> tuple[Path, Document, str]:
        """Put a document into a folder that is no draft yet, and open it; where it cannot be, nothing is kept.

        Returns
        -------
        The folder, the document, and the suffix it got.
        """
        suffix = PurePath(name.replace("\\", "/")).suffix.lower()
        suffix = suffix if suffix in SUFFIXES else ""
        folder = self.folder / f".new-{secrets.token_hex(8)}"
        self._tidy()
        try:
            folder.mkdir(parents=True)
            file = folder / f"document{suffix}"
            file.write_bytes(data)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise _unwritable(error) from error
        try:
            document = _opened(file, name)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder, document, suffix

    def keep(self, folder: Path, document: Document, state: State, base: str | None) -> Draft:
        """Make a draft of a folder that :meth:`put` gave."""
        final = self.folder / secrets.token_hex(8)
        try:
            write_grid(folder / GRID, document)
            if base is not None:
                (folder / BASE).write_text(base, encoding="utf-8", newline="\n")
            _write_state(folder / f"state-{state.revision:06d}.json", state)
            folder.rename(final)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise _unwritable(error) from error
        except PlanweaveError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return Draft(final)

    def _tidy(self) -> None:
        """Remove what a killed server left half done, and what is left of drafts that were accepted long ago."""
        for path in self.folder.glob("*"):
            with suppress(OSError):
                old = time.time() - path.stat().st_mtime
                begun = path.name.startswith((".new-", ".gone-")) and old > DAY
                ended = bool(ID.fullmatch(path.name)) and old > WEEK and not list(path.glob("state-*.json"))
                if begun or ended:
                    shutil.rmtree(path, ignore_errors=True)


def write_grid(path: Path, document: Document) -> None:
    """Keep the lines and tables; it is a copy, and may be missing."""
    beside = path.with_name(f".{secrets.token_hex(4)}")
    try:
        beside.write_bytes(msgspec.msgpack.encode(document))
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)


def digest(data: bytes) -> str:
    """Give what tells one file from another."""
    return hashlib.sha256(data).hexdigest()


def shown_name(name: str) -> str:
    """Give what a file was called, as it can be shown: without folders, on one line, not without end."""
    last = PurePath(name.replace("\\", "/")).name
    return " ".join("".join(each if each.isprintable() else " " for each in last).split())[:LONGEST_NAME] or "document"


def _opened(file: Path, name: str) -> Document:
    try:
        return open_document(file)
    except DocumentError as error:
        raise DocumentError(error.what, file=shown_name(name), where=error.where, fix=error.fix) from error


def _write_state(path: Path, state: State) -> None:
    """Write a state whole, under a name that nobody has taken."""
    beside = path.with_name(f".{secrets.token_hex(6)}")
    try:
        with beside.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(state), indent=1))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, path)
        except FileExistsError:
            raise
        except OSError:  # a disk without links
            with path.open("xb") as file:
                file.write(beside.read_bytes())
    except FileExistsError as error:
        raise _outdated() from error
    except OSError as error:
        raise _unwritable(error) from error
    finally:
        beside.unlink(missing_ok=True)


def _outdated() -> Outdated:
    return Outdated(
        "this draft was changed in another tab meanwhile, so this was not saved; nothing of the other change is lost",
        fix="look at the draft as it is now, and do it again",
    )


def _unwritable(error: OSError) -> PlanweaveError:
    return PlanweaveError(f"the draft cannot be written ({error.strerror or error})", fix=ROOM)
