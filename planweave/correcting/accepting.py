"""A draft is accepted in a process of its own: files are written, the graph is built, and how far it is can be seen.

Run as ``python -m planweave.correcting.accepting WORKSPACE DRAFT ROOT…``. The process that started it may end; who
looks next finds it done, still going, or dead, and then has everything put back.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.building import build_graph
from planweave.correcting.drafts import Draft, Drafts
from planweave.correcting.keeping import (
    Journal,
    check_ready,
    finish,
    is_built,
    journal_of,
    put_back,
    sources,
    write,
    write_journal,
)
from planweave.errors import BuildError, PlanweaveError
from planweave.library import Library
from planweave.workspace import Workspace, alone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["accept", "progress_of", "start"]

LOCK: Final = "accepting.lock"
PATIENCE: Final = 600
"""So many seconds another build may take that is under way."""

BIRTH: Final = 30
"""So many seconds a process may take to begin."""

OFTEN: Final = 0.2
INTERRUPTED: Final = "the accepting was interrupted, and everything is as it was before; accept the draft again"

_running: dict[Path, subprocess.Popen[bytes]] = {}


def start(draft: Draft, workspace: Path, library: Library) -> Journal:
    """Begin to accept a draft in a process of its own, unless that is under way.

    Raises
    ------
    PlanweaveError
        If the draft cannot be accepted as it is; nothing is changed then.
    """
    under_way = progress_of(draft.folder, workspace)
    if under_way and under_way.stage not in {"failed", "done"}:
        return under_way
    check_ready(draft, workspace, library)
    journal = Journal(stage="starting", plan=draft.state.plan, started=time.time())
    write_journal(draft.folder, journal)
    command = [
        sys.executable,
        "-m",
        "planweave.correcting.accepting",
        str(workspace.absolute()),
        draft.id,
        *(str(root.absolute()) for root in library.roots),
    ]
    quiet = subprocess.DEVNULL
    try:
        _running[draft.folder] = subprocess.Popen(  # noqa: S603 - this Python, this module; no text of a request in it
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as error:
        raise PlanweaveError(f"no process can be started ({error.strerror or error})", fix="try again") from error
    return journal


def progress_of(folder: Path, workspace: Path) -> Journal | None:
    """Give how far the accepting of a draft is; where its process is gone, it is settled first."""
    journal = journal_of(folder)
    if journal is None or journal.stage in {"done", "failed"}:
        return journal
    process = _running.get(folder)
    if process is None:
        lives = journal.stage == "starting" and time.time() - journal.started < BIRTH
    else:
        lives = process.poll() is None
    return journal if lives else _settled(folder, workspace, journal)


def _settled(folder: Path, workspace: Path, journal: Journal) -> Journal:
    """Have what a process left be done or put back, unless some process is at it still."""
    with alone(folder / LOCK) as had:
        if not had:
            return journal
        journal = journal_of(folder) or journal
        if journal.stage in {"done", "failed"}:
            return journal
        if is_built(workspace, journal):
            return finish(folder, journal)
        return put_back(folder, workspace, journal, INTERRUPTED)


def accept(draft: Draft, workspace: Path, library: Library) -> Journal:
    """Accept a draft in this process: write its files, build the graph, and take all back where that fails.

    Returns
    -------
    How it ended: done, or failed with a sentence.
    """
    with alone(draft.folder / LOCK) as had:
        if not had:
            raise BuildError("this draft is being accepted already", fix="wait until that is done")
        journal = Journal(stage="waiting", plan=draft.state.plan, started=time.time())
        try:
            journal = write(draft, workspace, library, journal)
            journal = _built(draft, workspace, library, journal)
        except Exception as error:  # noqa: BLE001 - whatever it is, everything is put back and it is told
            known = journal_of(draft.folder) or journal
            said = (
                str(error) if isinstance(error, PlanweaveError) else f"planweave failed ({error!r}); please report it"
            )
            return put_back(draft.folder, workspace, known, said)
        return finish(draft.folder, journal)


def _built(draft: Draft, workspace: Path, library: Library, journal: Journal) -> Journal:
    documents = sources(journal.plan, workspace)
    journal = msgspec.structs.replace(journal, stage="building", words="starting")
    write_journal(draft.folder, journal)
    told = 0.0

    def progress(words: str, done: int, of: int) -> None:
        nonlocal told
        if time.monotonic() - told > OFTEN or done == of:
            told = time.monotonic()
            write_journal(draft.folder, msgspec.structs.replace(journal, words=words, done=done, of=of))

    report = _when_free(
        lambda: build_graph(documents, workspace, library, progress=progress),
        lambda: write_journal(draft.folder, msgspec.structs.replace(journal, words="waiting for another build")),
    )
    if report.errors:
        raise BuildError("the graph could not be built: " + " ".join(report.errors))
    return journal


def _when_free(build: Callable[[], BuildReport], waits: Callable[[], None]) -> BuildReport:
    """Build once no other build is under way."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return build()
        except BuildError as error:
            if "another build is under way" not in error.what or time.monotonic() > until:
                raise
        waits()
        time.sleep(1)


if TYPE_CHECKING:
    from planweave.building import BuildReport


def main(arguments: Sequence[str]) -> None:
    """Accept a draft, as the module is run."""
    workspace, id_, *roots = arguments
    folder = Path(workspace)
    Workspace(folder)
    accept(Drafts(folder).draft(id_), folder, Library(tuple(map(Path, roots))).with_workspace(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
