"""The rows of a definition: asked of the whole store, or of some plans at a time on all cores.

Which of the two, the form of the query and the size of the graph decide (:mod:`planweave.networks.apart`); the rows
are the same. With them comes what the plans say of the nodes in them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from planweave.asking.answering import answer_query
from planweave.asking.kept import Limits
from planweave.errors import QueryError
from planweave.networks.apart import asked_apart
from planweave.networks.definitions import ENDS
from planweave.networks.said import plan_of, said_in_plan
from planweave.processes import ProcessDied, in_processes
from planweave.sparql.guard import check_query
from planweave.store import MemoryStore
from planweave.terms import PLAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planweave.networks.apart import Apart
    from planweave.networks.definitions import Definition
    from planweave.networks.said import Said
    from planweave.shards import Shard
    from planweave.store import Node
    from planweave.workspace import Build

__all__ = ["LIMITS", "Rows", "rows_apart", "rows_at_once", "rows_of"]

LIMITS: Final = Limits(seconds=600, rows=20_000_000, megabytes=8_192)
"""What the query of a network may take: all of a large graph's memberships have to get through."""

ALONE: Final = 32
"""Up to so many plans, one process does it: starting others would take longer."""

SHARED: Final = "sources that share a target"

AT_ONCE: Final = 25
"""How many plans a process takes at a time."""


@dataclass
class Rows:
    """The rows of a definition as TSV, a cell a column, and what the plans say of the nodes in them."""

    columns: tuple[str, ...]
    lines: list[bytes]
    said: dict[str, Said] = field(default_factory=dict)


def rows_of(
    build: Build,
    plans: Sequence[str],
    definition: Definition,
    bindings: Mapping[str, Node],
    limits: Limits = LIMITS,
) -> Rows:
    """Ask for the rows of a definition.

    Parameters
    ----------
    build
        The build that is asked.
    plans
        The ids of its plans.
    definition
        What is asked.
    bindings
        Variable → value.
    limits
        What the query may take.

    Raises
    ------
    QueryError
        If the query is wrong or does what it may not, or a limit is reached: no network is given in part.
    StoreError
        If the graph cannot be read.
    """
    apart = asked_apart(definition.sparql) if len(plans) > ALONE and not bindings else None
    if apart is None:
        return rows_at_once(build, definition, bindings, limits)
    return rows_apart(build, plans, definition, apart, limits)


def rows_at_once(build: Build, definition: Definition, bindings: Mapping[str, Node], limits: Limits = LIMITS) -> Rows:
    """Ask the whole store, and read afterwards what the plans say; see :func:`rows_of`."""
    answer = answer_query(build.store, definition.sparql, bindings, limits=limits, file=definition.path)
    lines = list(answer.lines)
    by_plan: dict[str, set[str]] = defaultdict(set)
    for node in _nodes(definition, lines):
        by_plan[plan_of(node)].add(node)
    tasks = [_Task(((plan, frozenset(nodes)),)) for plan, nodes in sorted(by_plan.items())]
    rows = Rows(definition.columns, lines)
    for done in _run(tasks, _Work(build)):
        rows.said |= done.said
    return rows


def rows_apart(
    build: Build, plans: Sequence[str], definition: Definition, apart: Apart, limits: Limits = LIMITS
) -> Rows:
    """Ask some plans at a time; see :func:`rows_of`."""
    check_query(definition.sparql, file=definition.path)
    groups = (plans[start : start + AT_ONCE] for start in range(0, len(plans), AT_ONCE))
    tasks = [_Task(tuple((plan, frozenset()) for plan in group)) for group in groups]
    rows = Rows(definition.columns, [])
    for done in _run(tasks, _Work(build, definition, apart)):
        rows.lines += done.lines
        rows.said |= done.said
        if len(rows.lines) > limits.rows:
            raise QueryError(
                f"the network has more than {limits.rows:,} rows",
                file=definition.path,
                fix="ask for one plan, or raise the limit of rows",
            )
    return rows


def _nodes(definition: Definition, lines: Iterable[bytes]) -> set[str]:
    """The IRIs of plans' things among the nodes; what sources share becomes no node."""
    start = f"<{PLAN}".encode()
    ends = ENDS[:1] if definition.joins == SHARED else ENDS
    places = [definition.columns.index(end) for end in ends]
    last = max(places) + 1
    found: set[bytes] = set()
    for line in lines:
        cells = line.split(b"\t", last)
        found.update(cells[place] for place in places)
    return {cell[1:-1].decode() for cell in found if cell.startswith(start)}


class _Task(NamedTuple):
    """Some plans, each with the nodes in question; none where the rows are still to be asked for."""

    plans: tuple[tuple[str, frozenset[str]], ...]


class _Done(NamedTuple):
    lines: list[bytes]
    said: dict[str, Said]


class _Work(NamedTuple):
    """What a process does with each task: read what is said, and ask for rows before, if it knows what to ask."""

    build: Build
    definition: Definition | None = None
    apart: Apart | None = None

    def do(self, task: _Task) -> _Done:
        shards = {plan: self.build.read_shard(plan) for plan, _ in task.plans if plan}
        nodes = dict(task.plans)
        lines: list[bytes] = []
        if self.definition and self.apart:
            lines = self._ask(self.definition, self.apart, shards.values())
            by_plan: dict[str, set[str]] = defaultdict(set)
            for node in _nodes(self.definition, lines):
                by_plan[plan_of(node)].add(node)
            nodes = {plan: frozenset(by_plan[plan]) for plan in shards}
        said: dict[str, Said] = {}
        for plan, shard in shards.items():
            if nodes[plan]:
                said |= said_in_plan(shard, nodes[plan])
        return _Done(lines, said)

    def _ask(self, definition: Definition, apart: Apart, shards: Iterable[Shard]) -> list[bytes]:
        quads = b"".join(shard.about(sorted(apart.predicates)) for shard in shards)
        if apart.registers:
            quads += self.build.register_quads()
        return MemoryStore.parsed(quads).select_lines(definition.sparql)


def _run(tasks: Sequence[_Task], work: _Work) -> Iterator[_Done]:
    """Do the tasks, on all cores where there are many."""
    if sum(len(task.plans) for task in tasks) <= ALONE:
        yield from map(work.do, tasks)
        return
    try:
        yield from in_processes(_Process.do, tasks, _Process.start, (work,))
    except ProcessDied as error:
        raise QueryError(
            "a process that reads the network ended before its work was done",
            fix="try again with more memory, or ask for one plan",
        ) from error


class _Process:
    """One of the processes; it knows what to do before the first task comes."""

    work: ClassVar[_Work]

    @classmethod
    def start(cls, work: _Work) -> None:
        cls.work = work

    @classmethod
    def do(cls, task: _Task) -> _Done:
        return cls.work.do(task)
