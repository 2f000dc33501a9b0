"""Shapes over graphs: SPARQL on the store where a shape can be translated, the reference where it cannot."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol, TypeAlias

from planweave.checking.results import Findings
from planweave.checking.translation import translate
from planweave.checking.words import Untranslatable
from planweave.errors import DefinitionError, QueryError
from planweave.store import MemoryStore, Node
from planweave.terms import RDFS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from planweave.checking.results import Result
    from planweave.checking.shapes import Shapes
    from planweave.checking.translation import Check
    from planweave.store import Statement

__all__ = ["Checks", "Engine", "Queryable", "Way", "compile_checks", "explain", "hierarchy", "run"]

Engine: TypeAlias = Literal["sparql", "pyshacl"]

SUBCLASS: Final = Node(RDFS + "subClassOf")
FEW: Final = 20
"""Up to so many graphs are asked one by one; more are asked all at once."""


class Queryable(Protocol):
    """What graphs are checked in: the store on disk, plans in memory, or a server."""

    def select(self, query: str) -> Iterator[dict[str, Node]]:
        """Answer a SPARQL SELECT."""

    def statements(self, graph: str) -> Iterator[Statement]:
        """Go through one named graph."""


class Way(NamedTuple):
    """Which way a shape is checked, and, where it is not SPARQL, why."""

    shape: str
    engine: Engine
    why: str


class _Left(NamedTuple):
    """The shapes of one file that go to the reference, each with the reason."""

    shapes: Shapes
    roots: Mapping[str, str]


class Checks:
    """Shapes made ready: the queries, and what is left to the reference.

    Made once by :func:`compile_checks`, and asked of as many graphs as there are.
    """

    def __init__(self, queries: Sequence[Check], left: Sequence[_Left], extra: Sequence[Statement]) -> None:
        self._queries = tuple(queries)
        self._left = tuple(left)
        self._extra = tuple(extra)
        self._ways = Counter((check.shape.name, check.constraint.component) for check in self._queries)

    @property
    def left(self) -> dict[str, str]:
        """The shapes that are left to the reference, and why."""
        return {name: why for one in self._left for name, why in one.roots.items()}

    def results(self, store: Queryable, graphs: Collection[str]) -> Iterator[Result]:
        """Check graphs, each by itself.

        Parameters
        ----------
        store
            Holds the graphs.
        graphs
            The IRIs of the graphs to check.

        Yields
        ------
        Each finding once, in no order.

        Raises
        ------
        DefinitionError
            If the reference refuses a shape.
        """
        return chain(self._by_reference(store, graphs), self._by_sparql(store, graphs))

    def _by_sparql(self, store: Queryable, graphs: Collection[str]) -> Iterator[Result]:
        """Every finding of the queries, each once.

        The same finding comes twice only where a shape is reached by two ways, has two constraints of one kind,
        or selects more than the finding shows; only there is what was found kept in mind.
        """
        wanted = set(graphs)
        seen: dict[tuple[str, str], set[Result]] = {}
        for check in self._queries:
            key = (check.shape.name, check.constraint.component)
            known = seen.setdefault(key, set()) if self._ways[key] > 1 or not check.once else None
            findings = Findings(check.shape, check.constraint)
            for graph, row in _rows(store, check, graphs):
                if graph not in wanted:
                    continue
                one = findings.result(graph, row)
                if known is not None:
                    if one in known:
                        continue
                    known.add(one)
                yield one

    def _by_reference(self, store: Queryable, graphs: Collection[str]) -> Iterator[Result]:
        if not self._left:
            return
        from planweave.checking.reference import validate  # noqa: PLC0415 - pySHACL takes a second to import

        for graph in graphs:
            facts = [*store.statements(graph), *self._extra]
            for one in self._left:
                yield from sorted(validate(one.shapes, one.roots, graph, facts))


def compile_checks(
    files: Iterable[Shapes],
    *,
    given: Sequence[Statement] = (),
    edges: Sequence[tuple[Node, Node]] = (),
    engine: Engine = "sparql",
) -> Checks:
    """Make shapes ready to be asked; everything about them that could go wrong does so here.

    Parameters
    ----------
    files
        The shapes, file by file.
    given
        Facts that every graph is taken to have, such as the day of the check.
    edges
        Subclass and superclass, as :func:`hierarchy` finds them.
    engine
        ``pyshacl`` sends every shape to the reference.

    Raises
    ------
    DefinitionError
        If a query in a shape is not SPARQL, or none that SHACL allows.
    """
    subclasses = _subclasses(edges)
    queries: list[Check] = []
    left: list[_Left] = []
    for shapes in files:
        checks, reasons = _translated(shapes, subclasses, given)
        if engine == "pyshacl":
            checks, reasons = [], {root.name: "it was asked for" for root in shapes.roots}
        queries.extend(checks)
        if reasons:
            left.append(_Left(shapes, reasons))
    return Checks(queries, left, [*given, *((sub, SUBCLASS, over) for sub, over in edges)])


def explain(shapes: Shapes, given: Sequence[Statement] = ()) -> list[Way]:
    """Say which way each shape with a target is checked.

    Raises
    ------
    DefinitionError
        If a query in a shape is not SPARQL, or none that SHACL allows.
    """
    left = compile_checks([shapes], given=given).left
    return [
        Way(root.name, "pyshacl", left[root.name]) if root.name in left else Way(root.name, "sparql", "")
        for root in shapes.roots
    ]


def run(
    store: Queryable,
    shapes: Shapes,
    graphs: Collection[str],
    *,
    given: Sequence[Statement] = (),
    engine: Engine = "sparql",
) -> Iterator[Result]:
    """Check graphs, each by itself, against the shapes of one file.

    The class hierarchy is what the store says as a whole. For the parameters, what is given back and what
    can go wrong see :func:`compile_checks` and :meth:`Checks.results`.
    """
    checks = compile_checks([shapes], given=given, edges=hierarchy(store), engine=engine)
    return checks.results(store, graphs)


def hierarchy(store: Queryable) -> list[tuple[Node, Node]]:
    """Give every subclass and its superclass that a store speaks of, in whichever graph."""
    query = f"SELECT DISTINCT ?sub ?super WHERE {{ GRAPH ?graph {{ ?sub {SUBCLASS} ?super }} }}"
    return sorted((row["sub"], row["super"]) for row in store.select(query))


def _subclasses(edges: Iterable[tuple[Node, Node]]) -> dict[Node, tuple[Node, ...]]:
    """Class → itself and all that stand below it."""
    below: dict[Node, set[Node]] = {}
    for sub, over in edges:
        below.setdefault(over, set()).add(sub)
    closed = {}
    for top in below:
        found, waiting = {top}, [top]
        while waiting:
            fresh = below.get(waiting.pop(), set()) - found
            found |= fresh
            waiting.extend(fresh)
        closed[top] = tuple(sorted(one for one in found if one.kind == "iri"))
    return closed


def _translated(
    shapes: Shapes, subclasses: Mapping[Node, tuple[Node, ...]], given: Sequence[Statement]
) -> tuple[list[Check], dict[str, str]]:
    """The queries of a file, and the shapes that cannot be queries with the reasons."""
    checks: list[Check] = []
    left: dict[str, str] = {}
    for root in shapes.roots:
        if root.deactivated:
            continue
        try:
            translated = translate(shapes, root, subclasses, given)
        except Untranslatable as reason:
            left[root.name] = str(reason)
            continue
        for check in translated:
            _parse(shapes, check)
        checks.extend(translated)
    return checks, left


def _parse(shapes: Shapes, check: Check) -> None:
    """Ask an empty store, which costs nothing and reads the query."""
    try:
        list(MemoryStore({}).select(check.text()))
    except QueryError as error:
        raise DefinitionError(
            error.what, file=shapes.file, where=f"the query of {check.shape.name}", fix=error.fix
        ) from error


def _rows(store: Queryable, check: Check, graphs: Collection[str]) -> Iterator[tuple[str, dict[str, Node]]]:
    # A node that is named as a target is a focus node even in a graph that does not mention it.
    if len(graphs) <= FEW or any(kind == "targetNode" for kind, _ in check.root.targets):
        for graph in graphs:
            for row in store.select(check.text(Node(graph))):
                yield graph, row
        return
    for row in store.select(check.text()):
        yield row["plan_graph"].value, row
