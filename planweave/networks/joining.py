"""Rows → nodes and edges, before anything is known of them but their terms."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final

from planweave.errors import QueryError
from planweave.terms import PLAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.networks.definitions import Definition

__all__ = ["MOST_PAIRS", "Edge", "Joined", "Standing", "joined"]

MOST_PAIRS: Final = 20_000_000
"""How many pairs of sources may share a target, all targets together."""

ACTION: Final = re.compile(rb"<" + re.escape(PLAN.encode()) + rb"[^/>]+/action/[^/>]+>")
RESERVED: Final = ("source", "target", "sourceKind", "targetKind")
"""Columns that speak of nodes and are no attributes of edges."""

Extra = tuple[bytes, ...]


@dataclass(slots=True)
class Edge:
    """Two nodes and what joins them: how often, by which actions, and the other columns of its rows.

    ``counted`` are the rows that were counted, where equal ones count once.
    """

    weight: int = 0
    actions: list[bytes] | set[bytes] = field(default_factory=set)
    extras: set[Extra] = field(default_factory=set)
    counted: set[Extra] = field(default_factory=set)


@dataclass(slots=True)
class Standing:
    """How a node stands in the rows: the actions behind it, the things it is joined with, its kind if it is text."""

    actions: set[bytes] = field(default_factory=set)
    others: set[bytes] = field(default_factory=set)
    kind: bytes = b""


@dataclass
class Joined:
    """Nodes and edges by their terms as N-Quads write them; of both ways, the smaller node is first."""

    extra: tuple[str, ...]
    nodes: dict[bytes, Standing]
    edges: dict[tuple[bytes, bytes], Edge]


def joined(definition: Definition, lines: Iterable[bytes]) -> Joined:
    """Join the rows of a definition as its header says.

    Raises
    ------
    QueryError
        If sources share targets so often that their pairs are more than can be counted, or a row has no source.
    """
    columns = definition.columns
    extra = tuple(name for name in columns if name not in RESERVED)
    joining = _Joining(definition, [columns.index(name) for name in extra])
    if definition.joins == "sources that share a target":
        joining.project(lines)
    else:
        joining.join(lines)
    return Joined(extra, joining.nodes, joining.edges)


class _Joining:
    def __init__(self, definition: Definition, extra: Sequence[int]) -> None:
        self._definition, self._extra = definition, extra
        columns = definition.columns
        self._source, self._target = columns.index("source"), columns.index("target")
        self._kinds = {end: columns.index(f"{end}Kind") for end in ("source", "target") if f"{end}Kind" in columns}
        self._counting = [place for place in extra if columns[place] != "plan"]
        self._action = columns.index("action") if "action" in columns else None
        self._distinct = bool(re.search(r"\bSELECT\s+DISTINCT\b", definition.sparql, re.IGNORECASE))
        self.nodes: dict[bytes, Standing] = {}
        self.edges: dict[tuple[bytes, bytes], Edge] = {}

    def _node(self, term: bytes, cells: Sequence[bytes], end: str) -> Standing:
        standing = self.nodes.get(term)
        if standing is None:
            standing = self.nodes[term] = Standing()
        if end in self._kinds:
            standing.kind = max(standing.kind, cells[self._kinds[end]])
        return standing

    def _no_source(self) -> QueryError:
        return QueryError("a row has no ?source", file=self._definition.path, fix="give ?source a value in each row")

    def join(self, lines: Iterable[bytes]) -> None:
        """Join the source and the target of each row."""
        both_ways = not self._definition.directed
        for line in lines:
            cells = line.split(b"\t")
            source, target = cells[self._source], cells[self._target]
            if not source:
                raise self._no_source()
            first = self._node(source, cells, "source")
            ends = [source, target] if target else [source]
            if self._action is not None:
                ends.append(cells[self._action])
            actions = [end for end in ends if ACTION.fullmatch(end)]
            first.actions.update(actions)
            if not target:
                continue
            second = self._node(target, cells, "target")
            second.actions.update(actions)
            first.others.add(target)
            second.others.add(source)
            pair = (target, source) if both_ways and target < source else (source, target)
            edge = self.edges.get(pair)
            if edge is None:
                edge = self.edges[pair] = Edge()
            edge.actions.update(actions)  # type: ignore[union-attr]
            extras = tuple([cells[place] for place in self._extra])
            edge.extras.add(extras)
            if self._distinct:
                # What is said of both nodes is said twice, of the plan of the one and of the other.
                edge.counted.add(tuple([cells[place] for place in self._counting]))
                edge.weight = len(edge.counted)
            else:
                edge.weight += 1

    def project(self, lines: Iterable[bytes]) -> None:
        """Join two sources for each target that both have: the projection of a bipartite graph."""
        sharing: dict[bytes, dict[bytes, set[Extra]]] = defaultdict(dict)
        for line in lines:
            cells = line.split(b"\t")
            source, target = cells[self._source], cells[self._target]
            if not source:
                raise self._no_source()
            standing = self._node(source, cells, "source")
            if not target:
                continue
            standing.others.add(target)
            if ACTION.fullmatch(target):
                standing.actions.add(target)
            sharing[target].setdefault(source, set()).add(tuple([cells[place] for place in self._extra]))
        pairs = sum(len(sources) * (len(sources) - 1) // 2 for sources in sharing.values())
        if pairs > MOST_PAIRS:
            raise QueryError(
                f"the sources share targets {pairs:,} times, and {MOST_PAIRS:,} are the most that is drawn",
                file=self._definition.path,
                fix="ask for one plan, or for targets that fewer sources share",
            )
        for target in sorted(sharing):
            is_action = bool(ACTION.fullmatch(target))
            sources = sharing[target]
            for pair in combinations(sorted(sources), 2):
                edge = self.edges.get(pair)
                if edge is None:
                    edge = self.edges[pair] = Edge(actions=[])
                edge.weight += 1
                if is_action:
                    edge.actions.append(target)  # type: ignore[union-attr]
                edge.extras |= sources[pair[0]]
                edge.extras |= sources[pair[1]]
