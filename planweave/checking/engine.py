"""Shapes over graphs: SPARQL on the store where a shape can be translated, the reference where it cannot."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

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
    from planweave.store import Statement, Store

__all__ = ["Engine", "Way", "explain", "run"]

Engine: TypeAlias = Literal["sparql", "pyshacl"]

SUBCLASS: Final = Node(RDFS + "subClassOf")
FEW: Final = 20
"""Up to so many graphs are asked one by one; more are asked all at once."""


class Way(NamedTuple):
    """Which way a shape is checked, and, where it is not SPARQL, why."""

    shape: str
    engine: Engine
    why: str


class _Plan(NamedTuple):
    """What there is to do: queries, and the shapes that are left to the reference."""

    checks: list[Check]
    left: dict[str, str]


def explain(shapes: Shapes, given: Sequence[Statement] = ()) -> list[Way]:
    """Say which way each shape with a target is checked.

    Raises
    ------
    DefinitionError
        If a query in a shape is not SPARQL, or none that SHACL allows.
    """
    plan = _plan(shapes, {}, given)
    return [
        Way(root.name, "pyshacl", plan.left[root.name]) if root.name in plan.left else Way(root.name, "sparql", "")
        for root in shapes.roots
    ]


def run(
    store: Store,
    shapes: Shapes,
    graphs: Collection[str],
    *,
    given: Sequence[Statement] = (),
    engine: Engine = "sparql",
) -> Iterator[Result]:
    """Check graphs, each by itself, against the shapes of a file.

    The class hierarchy is what the store says as a whole. Everything about the shapes that could go wrong
    does so before the first finding.

    Parameters
    ----------
    store
        Holds the graphs.
    shapes
        The shapes of one file.
    graphs
        The IRIs of the graphs to check.
    given
        Facts that every graph is taken to have, such as the day of the check.
    engine
        ``pyshacl`` sends every shape to the reference.

    Yields
    ------
    Each finding once, in no order.

    Raises
    ------
    DefinitionError
        If a query in a shape is not SPARQL, or the reference refuses a shape.
    """
    edges = list(_hierarchy(store))
    plan = _plan(shapes, _subclasses(edges), given)
    if engine == "pyshacl":
        plan = _Plan([], {root.name: "it was asked for" for root in shapes.roots})
    extra = [*given, *((sub, SUBCLASS, over) for sub, over in edges)]
    left = _by_reference(store, shapes, plan.left, graphs, extra) if plan.left else iter(())
    return chain(left, _by_sparql(store, plan.checks, graphs))


def _hierarchy(store: Store) -> Iterator[tuple[Node, Node]]:
    query = f"SELECT DISTINCT ?sub ?super WHERE {{ GRAPH ?graph {{ ?sub {SUBCLASS} ?super }} }}"
    return ((row["sub"], row["super"]) for row in store.select(query))


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


def _plan(shapes: Shapes, subclasses: Mapping[Node, tuple[Node, ...]], given: Sequence[Statement]) -> _Plan:
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
    return _Plan(checks, left)


def _parse(shapes: Shapes, check: Check) -> None:
    """Ask an empty store, which costs nothing and reads the query."""
    try:
        list(MemoryStore({}).select(check.text()))
    except QueryError as error:
        raise DefinitionError(
            error.what, file=shapes.file, where=f"the query of {check.shape.name}", fix=error.fix
        ) from error


def _by_sparql(store: Store, checks: Iterable[Check], graphs: Collection[str]) -> Iterator[Result]:
    """Every finding of the queries, each once.

    The same finding comes twice only where a shape is reached by two ways, has two constraints of one kind,
    or selects more than the finding shows; only there is what was found kept in mind.
    """
    checks = list(checks)
    wanted = set(graphs)
    ways = Counter((check.shape.name, check.constraint.component) for check in checks)
    seen: dict[tuple[str, str], set[Result]] = {}
    for check in checks:
        key = (check.shape.name, check.constraint.component)
        known = seen.setdefault(key, set()) if ways[key] > 1 or not check.once else None
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


def _rows(store: Store, check: Check, graphs: Collection[str]) -> Iterator[tuple[str, dict[str, Node]]]:
    # A node that is named as a target is a focus node even in a graph that does not mention it.
    if len(graphs) <= FEW or any(kind == "targetNode" for kind, _ in check.root.targets):
        for graph in graphs:
            for row in store.select(check.text(Node(graph))):
                yield graph, row
        return
    for row in store.select(check.text()):
        yield row["plan_graph"].value, row


def _by_reference(
    store: Store,
    shapes: Shapes,
    roots: Collection[str],
    graphs: Iterable[str],
    extra: Sequence[Statement],
) -> Iterator[Result]:
    from planweave.checking.reference import validate  # noqa: PLC0415 - pySHACL takes a second to import

    for graph in graphs:
        yield from sorted(validate(shapes, roots, graph, chain(store.statements(graph), extra)))
