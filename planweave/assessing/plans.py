"""The plans that are checked: those of a build, asked in memory and on all cores, or those of a server."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple, Protocol

from planweave.assessing.kept import Kept, write_results
from planweave.checking import hierarchy
from planweave.errors import PlanweaveError, StoreError
from planweave.findings import Scorecard
from planweave.processes import ProcessDied, in_processes
from planweave.sources import WAIVERS
from planweave.store import MemoryStore
from planweave.terms import plan_graph, provenance_graph
from planweave.unweaving import unweave
from planweave.workspace import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from planweave.assessing.kept import Counts
    from planweave.checking import Checks, Result
    from planweave.records import PlanRecord
    from planweave.remote import RemoteStore
    from planweave.store import Node, Store
    from planweave.workspace import Build, Entry

    Progress = Callable[[str, int, int], None]
    Edges = Sequence[tuple[Node, Node]]

__all__ = ["Answers", "BuiltPlans", "Plans", "RemotePlans"]

ALONE: Final = 16
"""Up to so many plans are asked in this process: starting others would take longer."""


class Answers(Protocol):
    """What a check found in some plans."""

    def counts(self, plan: str) -> Counts:
        """Give how many results name which shape."""

    def results(self, plan: str) -> Sequence[Result]:
        """Give the results of a plan, sorted."""


class Plans(Protocol):
    """Plans that can be checked."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the plans."""

    @property
    def edges(self) -> Edges:
        """The class hierarchy."""

    def record(self, plan: str) -> PlanRecord:
        """Give a plan as it was read."""

    def scorecard(self, plan: str) -> Scorecard:
        """Give the counts of a plan's actions; its findings are not counted yet."""

    def waiver_files(self, plans: Collection[str]) -> list[Path]:
        """Give the files that may hold waivers of some plans."""

    def ask(self, plans: Sequence[str], checks: Checks, key: str, progress: Progress) -> Answers:
        """Ask the shapes of some plans; ``key`` names all that the answer depends on but the plans."""


def _scorecard(entry: Entry) -> Scorecard:
    return Scorecard(
        plan=entry.plan,
        title=entry.title,
        publisher=entry.publisher,
        actions=entry.actions,
        with_lead=entry.with_lead,
        with_outcome=entry.with_measure,
        with_due=entry.with_timing,
        with_status=entry.with_status,
        with_partner=entry.with_partner,
    )


def _counts(results: Iterable[Result]) -> Counts:
    return dict(Counter(result.shape for result in results))


class BuiltPlans:
    """The plans of a build.

    Shapes speak of one plan's graph at a time. Each is taken from its N-Quads, the truth the store on disk
    is filled from, into a store in memory, where a query takes a fraction of the time it takes on disk.

    Parameters
    ----------
    build
        The current build.
    workspace
        Its folder, where results are kept.
    store
        The store on disk, for what the graph says as a whole.
    """

    def __init__(self, build: Build, workspace: Path, store: Store) -> None:
        self._build, self._workspace, self._store = build, workspace, store
        manifest = build.manifest()
        self._entries = {entry.plan: entry for entry in manifest.entries}
        self._library = manifest.library

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the plans."""
        return tuple(self._entries)

    @property
    def edges(self) -> Edges:
        """The class hierarchy."""
        return hierarchy(self._store)

    def record(self, plan: str) -> PlanRecord:
        """Give a plan as it was read."""
        return self._build.plan_record(plan)

    def scorecard(self, plan: str) -> Scorecard:
        """Give the counts of a plan's actions."""
        return _scorecard(self._entries[plan])

    def waiver_files(self, plans: Collection[str]) -> list[Path]:
        """Give the file of waivers in the folder of each document."""
        return sorted({Path(self._entries[plan].document).with_name(WAIVERS) for plan in plans})

    def ask(self, plans: Sequence[str], checks: Checks, key: str, progress: Progress) -> Answers:
        """Ask the shapes of the plans that were not asked in their present state before."""
        kept = Kept(self._workspace, key)
        tasks = [
            _Task(plan, self.state(plan), self._build, kept.folder)
            for plan in plans
            if kept.counts(plan, self.state(plan)) is None
        ]
        found = {}
        for number, (plan, counts) in enumerate(_run(tasks, checks), start=1):
            found[plan] = (self.state(plan), counts)
            progress("checking", number, len(tasks))
        if found:
            kept.remember(found)
        return _Kept(self, kept, checks)

    def state(self, plan: str) -> str:
        """Tell one state of a plan from another: all that its graph depends on."""
        entry = self._entries[plan]
        return "-".join((entry.sha256[:16], (entry.loader_hash or "")[:16], self._library[:16]))


class _Task(NamedTuple):
    """One plan to be asked in any process."""

    plan: str
    state: str
    build: Build
    folder: Path


class _Kept:
    """Answers that lie in the workspace; a file that somebody removed or damaged is made again."""

    def __init__(self, plans: BuiltPlans, kept: Kept, checks: Checks) -> None:
        self._plans, self._kept, self._checks = plans, kept, checks

    def counts(self, plan: str) -> Counts:
        return self._kept.counts(plan, self._plans.state(plan)) or {}

    def results(self, plan: str) -> Sequence[Result]:
        state = self._plans.state(plan)
        try:
            return self._kept.results(plan, state)
        except StoreError:
            _ask(_Task(plan, state, self._plans._build, self._kept.folder), self._checks)  # noqa: SLF001
            return self._kept.results(plan, state)


class _Checker:
    """The shapes of a process that was started for checking."""

    here: ClassVar[Checks]


def _start_process(checks: Checks) -> None:
    _Checker.here = checks


def _run_here(task: _Task) -> tuple[str, Counts]:
    return _ask(task, _Checker.here)


def _run(tasks: Sequence[_Task], checks: Checks) -> Iterator[tuple[str, Counts]]:
    if len(tasks) <= ALONE:
        yield from (_ask(task, checks) for task in tasks)
        return
    try:
        yield from in_processes(_run_here, tasks, _start_process, (checks,))
    except ProcessDied as error:
        raise PlanweaveError(
            "a checking process died (it may have run out of memory)", fix="check fewer plans at once with --plan"
        ) from error


def _ask(task: _Task, checks: Checks) -> tuple[str, Counts]:
    """Check one plan and keep what was found."""
    store = MemoryStore.parsed(task.build.facts(task.plan))
    results = tuple(sorted(checks.results(store, [plan_graph(task.plan)])))
    write_results(task.folder, task.plan, task.state, results)
    return task.plan, _counts(results)


class RemotePlans:
    """The plans of a server that holds the same graphs; it is asked over the network, and nothing is kept."""

    def __init__(self, store: RemoteStore) -> None:
        self._store = store
        self.record = lru_cache(maxsize=1)(self._record)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the plans."""
        return self._store.plans()

    @property
    def edges(self) -> Edges:
        """The class hierarchy."""
        return hierarchy(self._store)

    def _record(self, plan: str) -> PlanRecord:
        return unweave(plan, self._store.triples(plan_graph(plan)), self._store.triples(provenance_graph(plan)))

    def scorecard(self, plan: str) -> Scorecard:
        """Give the counts of a plan's actions."""
        return _scorecard(summarise(self.record(plan), ""))

    def waiver_files(self, plans: Collection[str]) -> list[Path]:  # noqa: ARG002 - as the others
        """Give none: the documents are not here."""
        return []

    def ask(self, plans: Sequence[str], checks: Checks, key: str, progress: Progress) -> Answers:  # noqa: ARG002
        """Ask the shapes of every plan."""
        found: dict[str, tuple[Result, ...]] = {}
        for number, plan in enumerate(plans, start=1):
            found[plan] = tuple(sorted(checks.results(self._store, [plan_graph(plan)])))
            progress("checking", number, len(plans))
        return _Found(found)


class _Found(NamedTuple):
    """Answers in memory."""

    found: Mapping[str, Sequence[Result]]

    def counts(self, plan: str) -> Counts:
        return _counts(self.found[plan])

    def results(self, plan: str) -> Sequence[Result]:
        return self.found[plan]
