"""Accepting a draft: what is written into the workspace's own library, and how it is taken back where it must be.

The document goes to ``library/documents``, its definition to ``library/loaders``, what names mean to
``library/ontology``. What was there before is kept beside the draft until the graph is built; where that fails, or is
killed, everything is as it was before.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from planweave.correcting.definitions import base_of, definition_text
from planweave.correcting.kit import decisions_of
from planweave.correcting.understanding import understand
from planweave.errors import PlanweaveError, StoreError
from planweave.flat_files import whole_file
from planweave.library import DOCUMENTS, OWN
from planweave.reviewing.decisions import FILE, write_decision
from planweave.terms import slug
from planweave.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.correcting.drafts import Draft
    from planweave.correcting.understanding import Understood
    from planweave.library import Library
    from planweave.workspace import Entry

__all__ = ["Journal", "Placed", "check_id", "journal_of", "place", "plans_here", "put_back", "write", "write_journal"]

JOURNAL: Final = "accepting.json"
BEFORE: Final = "before"
LONGEST_ID: Final = 60
NO_NAMES: Final = frozenset({"common", "con", "prn", "aux", "nul"})

Stage = Literal["starting", "waiting", "writing", "building", "done", "failed"]


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    """How far the accepting of a draft is.

    ``files`` are those that are written, within the workspace, and whether there was one before.
    """

    stage: Stage
    plan: str
    started: float
    words: str = ""
    done: int = 0
    of: int = 0
    error: str = ""
    files: dict[str, bool] = {}


@dataclass(frozen=True)
class Placed:
    """Where a draft's plan stands to those that are here.

    ``taken`` is the plan that has its id, ``same`` the plan that was read from the very same document. ``free`` is an
    id that nobody has.
    """

    taken: Entry | None
    same: Entry | None
    loader: bool
    free: str

    @property
    def clashes(self) -> bool:
        """Whether it has to be said where the plan goes."""
        return self.taken is not None or self.same is not None or self.loader


def plans_here(workspace: Path) -> tuple[Entry, ...]:
    """Give the plans that the workspace has."""
    build = Workspace(workspace).current()
    return build.manifest().entries if build else ()


def place(draft: Draft, workspace: Path, library: Library, plan: str | None = None) -> Placed:
    """Look where a draft's plan, or one of another id, stands to the plans that are here."""
    state = draft.state
    wanted = plan or state.plan
    entries = plans_here(workspace)
    known = {entry.plan.casefold(): entry for entry in entries}
    loaders = {path.stem.casefold() for path in library.files("loaders", ".toml")} - {(state.base or "").casefold()}
    same = next((entry for entry in entries if entry.sha256 == state.sha256), None)
    number = 2
    while f"{wanted}-{number}" in known or f"{wanted}-{number}" in loaders:
        number += 1
    taken = known.get(wanted.casefold())
    return Placed(taken, same, taken is None and wanted.casefold() in loaders, f"{wanted}-{number}")


def check_id(plan: str) -> str:
    """Give an id that a plan can have.

    Raises
    ------
    PlanweaveError
        If it cannot be part of an address and of a file's name.
    """
    if slug(plan) != plan or plan in NO_NAMES or len(plan) > LONGEST_ID:
        made = slug(plan)[:LONGEST_ID].strip("-")
        raise PlanweaveError(f"{plan!r} cannot be the id of a plan", fix=f"write it like {made or 'northmoor-2025'}")
    return plan


def check_ready(draft: Draft, workspace: Path, library: Library) -> Understood:
    """Make sure that a draft can be accepted, and give what it says.

    Raises
    ------
    PlanweaveError
        If it has to be said first where the plan goes, or a document that the workspace was built from is gone.
    """
    state = draft.state
    seen = understand(draft, library)
    placed = place(draft, workspace, library)
    if state.placing != "instead" and placed.taken:
        raise PlanweaveError(f"there is a plan {state.plan} already", fix="say whether this one takes its place")
    if placed.same and placed.same.plan != state.plan:
        raise PlanweaveError(
            f"this very document is here already, as the plan {placed.same.plan}", fix="have it take that plan's place"
        )
    if placed.loader and state.placing != "instead":
        raise PlanweaveError(f"the library has a loader {state.plan} for another document", fix="give another id")
    lost = [entry for entry in _others(state.plan, workspace) if not Path(entry.document).is_file()]
    if lost:
        more = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
        raise PlanweaveError(
            f"the document of the plan {lost[0].plan} is not where it was read, {lost[0].document}{more}",
            fix="put it back, or build the graph again without it",
        )
    return seen


def _others(plan: str, workspace: Path) -> list[Entry]:
    return [entry for entry in plans_here(workspace) if entry.plan.casefold() != plan.casefold()]


def sources(plan: str, workspace: Path) -> list[Path]:
    """Give the documents that the workspace was built from, but for those that were added in it and the plan's own."""
    own = (workspace / OWN / DOCUMENTS).absolute()
    found = (Path(entry.document) for entry in _others(plan, workspace))
    return [path for path in found if own not in path.parents]


def journal_of(folder: Path) -> Journal | None:
    """Give how far the accepting of a draft is; None where it was not begun."""
    try:
        return msgspec.json.decode((folder / JOURNAL).read_bytes(), type=Journal)
    except (OSError, msgspec.DecodeError):
        return None


def write_journal(folder: Path, journal: Journal) -> None:
    """Say how far it is; a reader sees this or what was said before, and never half of it."""
    beside = folder / f".{JOURNAL}"
    try:
        beside.write_bytes(msgspec.json.encode(journal))
        beside.replace(folder / JOURNAL)
    except OSError as error:
        raise PlanweaveError(
            f"the draft cannot be written ({error.strerror or error})", fix="check the space and the permissions there"
        ) from error


def write(draft: Draft, workspace: Path, library: Library, journal: Journal) -> Journal:
    """Write document, definition and names into the workspace's library.

    What is there before is copied beside the draft first, and the journal says so before anything is written.
    """
    seen = check_ready(draft, workspace, library)
    own = workspace / OWN
    state = seen.state
    document = own / DOCUMENTS / f"{state.plan}{state.suffix}"
    definition = own / "loaders" / f"{state.plan}.toml"
    register = own / "ontology" / FILE
    decisions = decisions_of(state, seen.record.plan.publisher_id, seen.kit.register)
    older = [
        path
        for path in (own / DOCUMENTS).glob(f"{state.plan}.*")
        if path.stem == state.plan and path != document and path.is_file()
    ]
    targets = [document, definition, *([register] if decisions else []), *older]
    journal = msgspec.structs.replace(journal, files=_backed_up(draft.folder, workspace, targets), stage="writing")
    write_journal(draft.folder, journal)
    try:
        for path in targets:
            path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(document) as beside:
            shutil.copyfile(draft.file, beside)
        base = base_of(draft.base)
        with whole_file(definition) as beside:
            beside.write_text(definition_text(state, base, seen.record), encoding="utf-8", newline="\n")
        taken = set(seen.kit.register.bodies)
        for decision in decisions:
            write_decision(own, decision, taken)
        for path in older:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise PlanweaveError(
            f"the library of the workspace cannot be written ({error.strerror or error})",
            fix="check the space and the permissions there; nothing was changed",
        ) from error
    return journal


def _backed_up(folder: Path, workspace: Path, targets: Iterable[Path]) -> dict[str, bool]:
    before = folder / BEFORE
    shutil.rmtree(before, ignore_errors=True)
    found = {}
    try:
        before.mkdir()
        for path in targets:
            name = path.relative_to(workspace).as_posix()
            found[name] = path.is_file()
            if found[name]:
                shutil.copy2(path, before / _backup(name))
    except OSError as error:
        raise PlanweaveError(
            f"there is no room to keep what was there before ({error.strerror or error})",
            fix="check the space and the permissions there; nothing was changed",
        ) from error
    return found


def _backup(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def put_back(folder: Path, workspace: Path, journal: Journal, error: str) -> Journal:
    """Have the library be as it was before, and say why."""
    for name, had in journal.files.items():
        path, kept = workspace / name, folder / BEFORE / _backup(name)
        with suppress(OSError):
            if had:
                beside = path.with_name(f".{path.name}.back")
                shutil.copy2(kept, beside)
                beside.replace(path)
            else:
                path.unlink(missing_ok=True)
    for name in journal.files:
        with suppress(OSError):  # a folder that was made for it
            (workspace / name).parent.rmdir()
    with suppress(OSError):
        (workspace / OWN).rmdir()
    failed = msgspec.structs.replace(journal, stage="failed", error=error, files={})
    write_journal(folder, failed)
    shutil.rmtree(folder / BEFORE, ignore_errors=True)
    return failed


def is_built(workspace: Path, journal: Journal) -> bool:
    """Say whether the graph has the plan of a draft as its definition in the library has it now."""
    definition = workspace / OWN / "loaders" / f"{journal.plan}.toml"
    try:
        written = hashlib.sha256(definition.read_bytes()).hexdigest()
        entries = plans_here(workspace)
    except (OSError, StoreError):
        return False
    return journal.stage != "starting" and any(
        entry.plan == journal.plan and entry.loader_hash == written for entry in entries
    )


def finish(folder: Path, journal: Journal) -> Journal:
    """Say that it is done, and let go of the draft."""
    done = msgspec.structs.replace(journal, stage="done", error="", files={})
    write_journal(folder, done)
    for path in list(folder.iterdir()):
        if path.name == JOURNAL or path.suffix == ".lock":
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
    return done
