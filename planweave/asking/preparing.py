"""Working out answers before anybody asks: every question that can be asked plan by plan, of every plan, in memory.

A plan in memory is asked in a thousandth of a second, where a large graph on disk is asked for each of a million
actions by itself. Plans that have not changed are not asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple
from uuid import uuid4

import msgspec

from planweave.asking.prepared import Index, Part, Prepared, key_of, preparable
from planweave.errors import PlanweaveError
from planweave.flat_files import whole_file
from planweave.processes import ProcessDied, in_processes
from planweave.store import MemoryStore
from planweave.terms import PREFIXES, plan_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import IO

    from planweave.asking.questions import Question
    from planweave.workspace import Build

    Progress = Callable[[str, int, int], None]

__all__ = ["prepare"]

AT_ONCE: Final = 10
"""So many plans are asked together: each question is understood once for all of them."""


def prepare(
    prepared: Prepared, questions: Iterable[Question], build: Build, progress: Progress = lambda *_: None
) -> int:
    """Work out the answers that are not kept yet, and forget those that are of no use any more.

    Parameters
    ----------
    prepared
        Where answers are kept.
    questions
        Those that may be asked; of some the graph has to be asked each time.
    build
        The build whose plans are asked.
    progress
        Told how far it is.

    Returns
    -------
    How many plans were asked.

    Raises
    ------
    PlanweaveError
        If the answers cannot be written, or a process dies.
    """
    wanted = [question for question in questions if preparable(question)]
    known = {key_of(question): prepared.index(question) for question in wanted}
    missing = [
        question for question in wanted if (index := known[key_of(question)]) is None or index.states != prepared.states
    ]
    try:
        prepared.folder.mkdir(parents=True, exist_ok=True)
        asked = _Preparation(prepared, missing, build).run(progress) if missing else 0
        _forget(prepared, wanted)
    except OSError as error:
        raise PlanweaveError(
            f"the prepared answers cannot be written ({error.strerror})", file=prepared.folder, fix="make room there"
        ) from error
    return asked


def _forget(prepared: Prepared, questions: Iterable[Question]) -> None:
    """Remove what is kept of other questions, or of the same in other words or another state."""
    keys = {key_of(question): prepared.index(question) for question in questions}
    used = {f"{key}.json" for key in keys} | {index.file for index in keys.values() if index}
    for path in prepared.folder.iterdir():
        if path.name not in used:
            path.unlink(missing_ok=True)


class _Preparation:
    """The answers of several questions while they are worked out."""

    def __init__(self, prepared: Prepared, questions: Sequence[Question], build: Build) -> None:
        self._prepared, self._build = prepared, build
        self._files = [_File(prepared, question) for question in questions]
        forms = [form for form in map(preparable, questions) if form]
        registers = build.register_quads() if any(form.how.registers for form in forms) else b""
        self._given = _Given([form.query for form in forms], build, registers)

    def run(self, progress: Progress) -> int:
        """Ask the plans that are not known in their present state, and write all answers anew."""
        states = self._prepared.states
        fresh = [plan for plan, state in states if not all(file.has(plan, state) for file in self._files)]
        answers = self._answers(fresh)
        asked = set(fresh)
        try:
            for number, (plan, state) in enumerate(states, start=1):
                found = next(answers) if plan in asked else None
                for place, file in enumerate(self._files):
                    file.take(plan, state, found[place] if found else None)
                progress("preparing answers", number, len(states))
            for file in self._files:
                file.keep()
        finally:
            for file in self._files:
                file.close()
        return len(fresh)

    def _answers(self, plans: Sequence[str]) -> Iterator[list[Found]]:
        """The answers of each plan to each question, in the order of the plans."""
        parts = [plans[at : at + AT_ONCE] for at in range(0, len(plans), AT_ONCE)]
        try:
            for found in in_processes(_ask_here, parts, _start_process, (self._given,)):
                yield from found
        except ProcessDied as error:
            raise PlanweaveError("a process that prepared answers died", fix="free some memory") from error


class _Given(NamedTuple):
    """What every process needs."""

    queries: list[str]
    build: Build
    registers: bytes


class Found(NamedTuple):
    """The rows of a plan, as one piece, and how many they are."""

    columns: tuple[str, ...]
    rows: bytes
    number: int


class _Process:
    """What a process was started with."""

    given: ClassVar[_Given]


def _start_process(given: _Given) -> None:
    _Process.given = given


def _ask_here(plans: Sequence[str]) -> list[list[Found]]:
    """Ask some plans all questions: plan by plan, question by question."""
    queries, build, registers = _Process.given
    store = MemoryStore.parsed(b"".join((registers, *map(build.facts, plans))))
    by_question = [_by_plan(plans, *store.table(query, PREFIXES)) for query in queries]
    return [list(found) for found in zip(*by_question, strict=True)]


def _by_plan(plans: Sequence[str], columns: tuple[str, ...], table: bytes) -> list[Found]:
    """Take an answer apart by plan; the rows of each stay in their order."""
    rows: dict[bytes, list[bytes]] = {f"<{plan_iri(plan)}>".encode(): [] for plan in plans}
    place = columns.index("plan")
    for line in table.split(b"\n")[:-1]:
        rows[line.split(b"\t")[place]].append(line)
    return [Found(columns, b"".join(line + b"\n" for line in lines), len(lines)) for lines in rows.values()]


class _File:
    """The file of a question's rows while it is written, beside the one that is there."""

    def __init__(self, prepared: Prepared, question: Question) -> None:
        self._index_file = prepared.folder / f"{key_of(question)}.json"
        self._path = prepared.folder / f"{key_of(question)}-{uuid4().hex[:8]}.tsv"
        self._parts: list[Part] = []
        self._columns: tuple[str, ...] = question.columns
        self._out = self._path.open("wb")
        self._old, self._known = self._before(prepared, prepared.index(question))

    def _before(self, prepared: Prepared, index: Index | None) -> tuple[IO[bytes] | None, dict[str, tuple[Part, int]]]:
        """Open what is kept: the rows of plans that have not changed are taken from there."""
        if index is None:
            return None, {}
        known, start = {}, 0
        for part in index.parts:
            known[part.plan] = (part, start)
            start += part.length
        return (prepared.folder / index.file).open("rb"), known

    def has(self, plan: str, state: str) -> bool:
        """Say whether the rows of a plan in a state are kept."""
        return plan in self._known and self._known[plan][0].state == state

    def take(self, plan: str, state: str, found: Found | None) -> None:
        """Write the rows of the next plan: those that were found, or those that are kept."""
        if found is not None:
            self._columns = found.columns
            self._out.write(found.rows)
            self._parts.append(Part(plan, state, len(found.rows), found.number))
        elif self._old is not None:
            part, start = self._known[plan]
            self._old.seek(start)
            self._out.write(self._old.read(part.length))
            self._parts.append(part)

    def keep(self) -> None:
        """Let the new file take the place of the old one; the index says so in one step."""
        self._out.close()
        index = Index(self._columns, self._path.name, tuple(self._parts))
        with whole_file(self._index_file) as beside:
            beside.write_bytes(msgspec.json.encode(index))

    def close(self) -> None:
        """Let go of the files."""
        self._out.close()
        if self._old is not None:
            self._old.close()
