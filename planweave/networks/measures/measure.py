"""A network → its measures, each with its definition in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.networks.measures.load import load_of
from planweave.networks.measures.references import measure_references
from planweave.networks.measures.tables import Column, Figure, Measures, Table
from planweave.networks.measures.ties import gini, measure_ties, top_share
from planweave.networks.measures.words import COLUMNS, FIGURES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from planweave.networks.labels import Plans
    from planweave.networks.measures.load import Load
    from planweave.networks.measures.tables import Value
    from planweave.networks.network import Network

__all__ = ["MOST_EXACT", "measure", "measures_of"]

MOST_EXACT: Final = 20_000_000
"""Up to so many nodes times edges, betweenness is worked out from every node."""

PARTIES: Final = frozenset(("agency", "team", "post", "group", "person", "unknown"))
LOAD: Final = ("led", "partnered", "mentioned", "open", "overdue")
MOST_NAMED: Final = 6


def measures_of(graph: Plans, network: Network, *, as_of: dt.date) -> Measures:
    """Measure a network of a graph; the load of parties is counted in the graph.

    Parameters
    ----------
    graph
        Where the network is from.
    network
        What :func:`planweave.networks.network.network_of` gave.
    as_of
        An action is overdue whose last day was before.
    """
    with_parties = any(kind in PARTIES for _, kind in network.nodes(data="kind"))
    plan = network.graph["values"].get("plan")
    load = load_of(graph, as_of, None if plan is None else {plan}) if with_parties else None
    return measure(network, load, as_of=as_of)


def measure(
    network: Network, load: Mapping[str, Load] | None, *, as_of: dt.date, most_exact: int = MOST_EXACT
) -> Measures:
    """Measure a network.

    Parameters
    ----------
    network
        Nodes have ``label``, ``id``, ``kind`` and ``load``, edges ``weight``.
    load
        The IRI of a party → its load; None leaves load out.
    as_of
        The day for which it was counted.
    most_exact
        Up to so many nodes times edges betweenness is exact.
    """
    of_actions = network.is_directed() and all(kind == "action" for _, kind in network.nodes(data="kind"))
    told = _Dependence(network) if of_actions else _Working(network, load, most_exact)
    return Measures(
        network.graph["name"],
        network.graph["title"],
        as_of,
        tuple(told.figures()),
        told.nodes(),
        told.edges(),
        network.graph["notices"],
    )


class _Told:
    """What the measures of both sorts of networks have in common."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._ids: dict[str, str] = dict(network.nodes(data="id"))
        self._labels: dict[str, str] = dict(network.nodes(data="label"))
        # The text of an action is long; among others its id is enough.
        self._names = {
            node: data["id"] if data["kind"] == "action" else data["label"] for node, data in network.nodes(data=True)
        }

    def _named(self, nodes: Sequence[str], names: Mapping[str, str]) -> str:
        shown = ", ".join(names[node] for node in nodes[:MOST_NAMED])
        more = len(nodes) - MOST_NAMED
        return f"{shown} and {more:,} more" if more > 0 else shown

    def _ends(self, source: str, target: str) -> tuple[str, str, str, str]:
        return self._ids[source], self._labels[source], self._ids[target], self._labels[target]


class _Working(_Told):
    """The measures of who works with whom."""

    def __init__(self, network: Network, load: Mapping[str, Load] | None, most_exact: int) -> None:
        super().__init__(network)
        self._load = load
        self._ties = measure_ties(network, most_exact)

    def figures(self) -> Iterable[Figure]:
        ties, network = self._ties, self._network
        groups = [group for group in ties.communities if len(group) > 1]
        carried = [network.nodes[node]["load"] for node in self._carriers()]
        bridges = sorted(ties.bridges)
        between = [f"{self._names[one]} – {self._names[other]}" for one, other in bridges]
        pairs = dict(zip(map("\t".join, bridges), between, strict=True))
        yield _figure("nodes", len(network))
        yield _figure("edges", network.number_of_edges())
        yield _figure("components", len(ties.components))
        yield _figure("largest", len(ties.components[0]) if ties.components else 0)
        yield _figure("isolated", len(ties.isolated), self._named(ties.isolated, self._names))
        yield _figure("cut_nodes", len(ties.cut_nodes), self._named(sorted(ties.cut_nodes), self._names))
        yield _figure("bridges", len(bridges), self._named(list(pairs), pairs))
        yield _figure("communities", len(groups))
        yield _figure("modularity", ties.modularity)
        yield _figure("top_three", top_share(carried), self._named(self._carriers()[:3], self._names))
        yield _figure("gini", gini(carried))

    def _carriers(self) -> list[str]:
        """Who carries load, most first: the parties, where there are any."""
        nodes = self._network.nodes
        parties = [node for node in nodes if nodes[node]["kind"] in PARTIES] or list(nodes)
        return sorted(parties, key=lambda node: (-nodes[node]["load"], node))

    def nodes(self) -> Table:
        ties, nodes = self._ties, self._network.nodes
        parts = LOAD if self._load is not None else ()
        columns = ("id", "label", "kind", "load", *parts, "neighbours", "strength", "betweenness", "community", "cut")
        community = {
            node: number for number, group in enumerate(ties.communities, start=1) for node in group if len(group) > 1
        }
        rows: list[tuple[Value, ...]] = []
        for node in sorted(nodes, key=lambda node: (-nodes[node]["load"], -ties.strength[node], node)):
            mine = self._load.get(node) if self._load is not None else None
            rows.append(
                (
                    *(nodes[node][name] for name in ("id", "label", "kind", "load")),
                    *(getattr(mine, part) if mine else None for part in parts),
                    sum(other != node for other in set(self._neighbours(node))),
                    ties.strength[node],
                    ties.betweenness[node],
                    community.get(node),
                    "yes" if node in ties.cut_nodes else "",
                )
            )
        note = f" Estimated from {ties.sampled} nodes, taken at random with a fixed seed." if ties.sampled else ""
        return Table("nodes", "Nodes", _columns(columns, betweenness=note), tuple(rows))

    def _neighbours(self, node: str) -> Iterable[str]:
        network = self._network
        if network.is_directed():
            yield from network.predecessors(node)
        yield from network.neighbors(node)

    def edges(self) -> Table:
        columns = ("source", "source_label", "target", "target_label", "weight", "bridge")
        edges = sorted(self._network.edges(data="weight"), key=lambda edge: (-edge[2], edge[0], edge[1]))
        rows = (
            (
                *self._ends(source, target),
                weight,
                "yes" if (min(source, target), max(source, target)) in self._ties.bridges else "",
            )
            for source, target, weight in edges
        )
        return Table("edges", "Edges", _columns(columns), tuple(rows))


class _Dependence(_Told):
    """The measures of what refers to what."""

    def __init__(self, network: Network) -> None:
        super().__init__(network)
        self._found = measure_references(network)

    def figures(self) -> Iterable[Figure]:
        found, network = self._found, self._network
        referred = sorted(network, key=lambda node: (-network.in_degree(node), node))
        most = network.in_degree(referred[0]) if referred else 0
        chain = " → ".join(self._ids[node] for node in found.chain)
        late = "; ".join(f"{self._ids[one]} needs {self._ids[other]}" for one, other in found.late[:MOST_NAMED])
        yield _figure("actions", len(network))
        yield _figure("references", len(found.one_way) + 2 * len(found.mutual))
        yield _figure("mutual", len(found.mutual))
        yield _figure("one_way", len(found.one_way))
        yield _figure("needs", len(found.needed))
        largest = f"the largest: {self._named(found.rings[0], self._ids)}" if found.rings else ""
        yield _figure("rings", len(found.rings), largest)
        yield _figure("chain", len(found.chain), chain)
        equal = [node for node in referred if network.in_degree(node) == most] if most else []
        yield _figure("most_referred", most, self._named(equal, self._ids))
        yield _figure("islands", len(found.islands))
        yield _figure("late", len(found.late), late)

    def nodes(self) -> Table:
        network = self._network
        ring = {node: number for number, nodes in enumerate(self._found.rings, start=1) for node in nodes}
        columns = ("id", "label", "due", "refers", "referred", "ring")
        order = sorted(network, key=lambda node: (-network.in_degree(node), -network.out_degree(node), node))
        rows = (
            (
                self._ids[node],
                self._labels[node],
                _day(network.nodes[node].get("due")),
                network.out_degree(node),
                network.in_degree(node),
                ring.get(node),
            )
            for node in order
        )
        return Table("nodes", "Actions", _columns(columns), tuple(rows))

    def edges(self) -> Table:
        nodes = self._network.nodes
        columns = ("source", "source_label", "target", "target_label", "says", "mutual_edge", "days")
        rows: list[tuple[Value, ...]] = []
        for source, target in self._network.edges():
            pair = (min(source, target), max(source, target))
            first, second = nodes[source].get("due"), nodes[target].get("due")
            rows.append(
                (
                    *self._ends(source, target),
                    "needs" if (source, target) in self._found.needed else "related",
                    "yes" if pair in self._found.mutual else "",
                    (second - first).days if first and second else None,
                )
            )
        return Table("edges", "References", _columns(columns), tuple(rows))


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _figure(name: str, value: Value, note: str = "") -> Figure:
    return Figure(name, FIGURES[name].title, value, FIGURES[name].definition, note)


def _columns(names: Iterable[str], **notes: str) -> tuple[Column, ...]:
    return tuple(Column(name, COLUMNS[name].title, COLUMNS[name].definition + notes.get(name, "")) for name in names)
