"""Documents in, files of quads out: read and woven one by one, on all cores where there are many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from planweave.deriving import load_knowledge
from planweave.errors import BuildError, PlanweaveError
from planweave.processes import ProcessDied, in_processes
from planweave.reading.reader import Reader
from planweave.records import to_json
from planweave.registers import load_shared_concepts
from planweave.shards import packed
from planweave.weaving import weave
from planweave.workspace import summarise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from planweave.library import Library
    from planweave.workspace import Build, Entry

__all__ = ["Done", "Task", "Weaver", "run_all"]

ALONE = 8
"""Up to so many documents are read in this process: starting others would take longer."""


@dataclass(frozen=True)
class Task:
    """One document to be read in any process, with the number its files carry until they are accepted."""

    number: int
    path: Path
    build: Build


@dataclass(frozen=True)
class Done:
    """What became of one document: its entry, or the sentence that says why not."""

    path: Path
    number: int = 0
    entry: Entry | None = None
    error: str | None = None


class Weaver:
    """Reads, weaves and writes single documents, in whichever process it lives."""

    here: ClassVar[Weaver]
    """The one of a process that was started for reading."""

    def __init__(self, library: Library) -> None:
        self.reader = Reader(library)
        self._shared = load_shared_concepts(library)
        self._knowledge = load_knowledge(library)

    def run(self, task: Task) -> Done:
        """Do one document; what goes wrong with it is said in one sentence."""
        try:
            record = self.reader.read(task.path)
            quads = weave(record, self._shared, self._knowledge)
        except PlanweaveError as error:
            return Done(task.path, task.number, error=str(error))
        except Exception as error:  # noqa: BLE001 - one document must not end the reading of the others
            sentence = PlanweaveError(
                f"planweave failed on this document ({type(error).__name__}: {error})",
                file=task.path,
                fix="please report it",
            )
            return Done(task.path, task.number, error=str(sentence))
        shard, json = task.build.pending(task.number)
        shard.write_bytes(packed(quads, record.plan.id))
        json.write_bytes(to_json(record, indent=1))
        entry = summarise(record, str(task.path.absolute()), quads.count(b"\n"))
        return Done(task.path, task.number, entry)


def _start_process(library: Library) -> None:
    Weaver.here = Weaver(library)


def _run_here(task: Task) -> Done:
    return Weaver.here.run(task)


def run_all(tasks: Sequence[Task], weaver: Weaver, library: Library) -> Iterator[Done]:
    """Read, weave and write documents, in processes of their own where there are many.

    Parameters
    ----------
    tasks
        The documents.
    weaver
        Does a few of them in this process.
    library
        What the other processes read with.

    Yields
    ------
    What became of each, in the tasks' order.

    Raises
    ------
    BuildError
        If a process dies.
    """
    if len(tasks) <= ALONE:
        yield from map(weaver.run, tasks)
        return
    try:
        yield from in_processes(_run_here, tasks, _start_process, (library,))
    except ProcessDied as error:
        raise BuildError(
            "a reading process died (it may have run out of memory)", fix="build fewer documents at once"
        ) from error
