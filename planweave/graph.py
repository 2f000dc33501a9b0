"""The object a user holds: one graph of plans, built or opened, iterated, taken to rdflib, exported."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from planweave.building import build_graph
from planweave.errors import BuildError, NotFound, nearest
from planweave.exporting import export_graph
from planweave.library import Library, bundled_plans
from planweave.reading.reader import Reader
from planweave.showing import graph_html
from planweave.store import Store
from planweave.terms import plan_graph, provenance_graph
from planweave.unweaving import unweave
from planweave.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    import rdflib

    from planweave.building import BuildReport, Progress
    from planweave.records import Action, PlanRecord
    from planweave.workspace import Entry

__all__ = ["Graph", "build", "open_graph", "read"]

DEFAULT_FOLDER = "weave"

PathLike: TypeAlias = "str | os.PathLike[str]"


class Graph:
    """A graph of plans on disk.

    Made by :func:`planweave.build` or :func:`planweave.open`. It shows the build that was current when it
    was opened; open it again after a later build into the same folder, which removes this one's files.

    Examples
    --------
    ::

        graph = planweave.open("weave/")
        for plan in graph.plans():
            print(plan.plan.title, len(plan.actions))
        graph.action("northmoor/13.1").leads
        graph.rdflib.query("SELECT (COUNT(*) AS ?n) WHERE { ?action a pw:Action }")
        graph.export("northmoor.xlsx", plan="northmoor")
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._build = Workspace(folder).opened()
        self._manifest = self._build.manifest()
        self._store: Store | None = None

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the plans, in the order they were read."""
        return tuple(entry.plan for entry in self._manifest.entries)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.ids)

    @property
    def summary(self) -> tuple[Entry, ...]:
        """One row of counts a plan."""
        return self._manifest.entries

    @property
    def store(self) -> Store:
        """The Oxigraph store, opened for reading."""
        if self._store is None:
            self._store = Store(self._build.store)
        return self._store

    @property
    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same store; its default graph is the union of all graphs."""
        return self.store.rdflib()

    @property
    def records_folder(self) -> Path:
        """The folder with one JSON record a plan."""
        return self._build.records

    @property
    def shards_folder(self) -> Path:
        """The folder with one sorted, gzipped N-Quads file a plan."""
        return self._build.folder / "shards"

    def plan(self, plan: str) -> PlanRecord:
        """Give one plan as a record, read back from the graph.

        Raises
        ------
        NotFound
            If the graph has no such plan; the nearest ids are offered.
        """
        self.check_plan(plan)
        return unweave(plan, self.store.triples(plan_graph(plan)), self.store.triples(provenance_graph(plan)))

    def plans(self) -> Iterator[PlanRecord]:
        """Go through the plans as records, one at a time."""
        return (self.plan(plan) for plan in self.ids)

    def actions(self) -> Iterator[Action]:
        """Go through the actions of every plan as records, in printed order."""
        return (action for plan in self.plans() for action in plan.actions)

    def action(self, action: str) -> Action:
        """Give one action by its id, such as ``northmoor/13.1``.

        Raises
        ------
        NotFound
            If the graph has no such plan or action; the nearest ids are offered.
        """
        actions = {known.id: known for known in self.plan(action.partition("/")[0]).actions}
        if action not in actions:
            raise NotFound(f"there is no action {action!r}", fix=nearest(action, actions))
        return actions[action]

    def export(self, path: PathLike, plan: str | None = None) -> Path:
        """Write the graph, or one plan of it, to a file; the suffix decides the format.

        Parameters
        ----------
        path
            Ends in .trig, .nq, .ttl, .jsonld, .csv, .json or .xlsx.
        plan
            The id of one plan; None writes all.

        Returns
        -------
        The path that was written.

        Raises
        ------
        NotFound
            If the format or the plan is not known.
        PlanweaveError
            If the file cannot be written; what was there before is untouched.
        """
        if plan is not None:
            self.check_plan(plan)
        target = Path(path)
        plans = self.ids if plan is None else (plan,)
        export_graph(map(self.plan, plans), self._build, target, plans)
        return target

    def check_plan(self, plan: str) -> None:
        """Raise NotFound unless the graph has a plan of this id."""
        if plan not in self._known:
            raise NotFound(f"there is no plan {plan!r} in this graph", fix=nearest(plan, self.ids))

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """Give the number of quads."""
        return len(self.store)

    def __repr__(self) -> str:
        actions = sum(entry.actions for entry in self.summary)
        return f"<planweave.Graph {str(self.folder)!r}: {len(self.ids)} plans, {actions} actions>"

    def _repr_html_(self) -> str:
        return graph_html(self.summary)


def open_graph(folder: PathLike = DEFAULT_FOLDER) -> Graph:
    """Open the graph that was built into a folder.

    Raises
    ------
    NotFound
        If nothing was built there yet.
    """
    return Graph(Path(folder))


def build(
    sources: PathLike | Iterable[PathLike] | None = None,
    into: PathLike = DEFAULT_FOLDER,
    *,
    library: Library | None = None,
    keep_going: bool = False,
    fresh: bool = False,
) -> Graph:
    """Read documents, weave them into one graph, and open it.

    Parameters
    ----------
    sources
        A file, a folder, or several; None takes the bundled plans.
    into
        The workspace folder.
    library
        The definitions to read with; None takes the bundled ones.
    keep_going
        Weave what could be read although something could not.
    fresh
        Make no use of the last build, even where nothing changed.

    Raises
    ------
    BuildError
        If there is nothing to read, or a document could not be read; every one is named. The last good graph stays.
    """
    report = build_report(sources, into, library=library, keep_going=keep_going, fresh=fresh)
    if report.errors and not (keep_going and report.swapped):
        raise BuildError("the graph was not changed: " + " ".join(error.rstrip(".") + "." for error in report.errors))
    return open_graph(into)


def build_report(
    sources: PathLike | Iterable[PathLike] | None,
    into: PathLike,
    *,
    library: Library | None = None,
    keep_going: bool = False,
    fresh: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Build, and tell what was done; :func:`build` is this for a script, the command line shows it."""
    if sources is None:
        paths = [bundled_plans()]
    elif isinstance(sources, (str, os.PathLike)):
        paths = [Path(sources)]
    else:
        paths = [Path(source) for source in sources]
    if not paths:
        raise BuildError("there is nothing to read", fix="name a file or a folder")
    return build_graph(
        paths, Path(into), library or Library.bundled(), keep_going=keep_going, fresh=fresh, progress=progress
    )


def read(path: PathLike, loader: str | None = None, *, library: Library | None = None) -> PlanRecord:
    """Read one document into a record, stored nowhere.

    Parameters
    ----------
    path
        The file.
    loader
        The loader definition to use; None lets the document's own words choose.
    library
        The definitions to read with; None takes the bundled ones.

    Raises
    ------
    DocumentError
        If the file cannot be read or holds no action plan.

    Examples
    --------
    >>> record = read(min(bundled_plans().glob("*.txt")))
    >>> len(record.actions), record.actions[3].partners
    (26, ('RSSM', 'RSC', 'SHO', 'PC'))
    """
    return Reader(library or Library.bundled()).read(Path(path), loader)
