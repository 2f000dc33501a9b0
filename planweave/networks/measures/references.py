"""Measures of what refers to what: mutual references, rings, chains, islands, prerequisites that come too late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from planweave.networks.network import Network

__all__ = ["References", "longest_chain", "measure_references"]


@dataclass(frozen=True)
class References:
    """What was found. A ring is given by all its actions, the longest chain by those on it, in order."""

    mutual: frozenset[tuple[str, str]]
    one_way: frozenset[tuple[str, str]]
    needed: frozenset[tuple[str, str]]
    rings: tuple[tuple[str, ...], ...]
    chain: tuple[str, ...]
    islands: tuple[str, ...]
    late: tuple[tuple[str, str], ...]


def measure_references(network: Network) -> References:
    """Measure a directed network of actions."""
    edges = [(source, target) for source, target in network.edges() if source != target]
    known = set(edges)
    mutual = frozenset((source, target) for source, target in edges if source < target and (target, source) in known)
    one_way = frozenset((source, target) for source, target in edges if (target, source) not in known)
    needed = frozenset(
        (source, target) for source, target, refers in network.edges(data="refers") if _says_needs(refers)
    )
    rings = (tuple(sorted(ring)) for ring in nx.strongly_connected_components(network) if len(ring) > 1)
    return References(
        mutual,
        one_way,
        needed,
        tuple(sorted(rings, key=lambda ring: (-len(ring), ring))),
        longest_chain(network),
        tuple(sorted(nx.isolates(network))),
        tuple(sorted(pair for pair in needed if _is_late(network, *pair))),
    )


def _says_needs(refers: object) -> bool:
    return refers == "needs" or (isinstance(refers, tuple) and "needs" in refers)


def _is_late(network: Network, source: str, target: str) -> bool:
    """Say whether what an action needs is due after the action itself."""
    mine, its = network.nodes[source].get("due"), network.nodes[target].get("due")
    return bool(mine and its and its > mine)


def longest_chain(network: Network) -> tuple[str, ...]:
    """Give the longest chain of references, each leading to the next; a ring counts as one link of it.

    Of a ring, the first action by its key stands for all. Of several longest chains, it is one and always the same.

    Examples
    --------
    >>> longest_chain(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"), ("x", "d")]))
    ('a', 'b', 'd')
    """
    linked = nx.DiGraph(edge for edge in network.edges() if edge[0] != edge[1])
    if not linked:
        return ()
    rings = [sorted(ring) for ring in nx.strongly_connected_components(linked)]
    first = {node: ring[0] for ring in rings for node in ring}
    order = nx.DiGraph()
    order.add_nodes_from(sorted(set(first.values())))
    order.add_edges_from(sorted({(first[one], first[two]) for one, two in linked.edges() if first[one] != first[two]}))
    length: dict[str, int] = {}
    best: dict[str, str] = {}
    for node in reversed(list(nx.topological_sort(order))):
        after = min(order.successors(node), key=lambda other: (-length[other], other), default=None)
        length[node] = 1 + (length[after] if after is not None else 0)
        if after is not None:
            best[node] = after
    at: str | None = min(length, key=lambda node: (-length[node], node))
    chain = []
    while at is not None:
        chain.append(at)
        at = best.get(at)
    return tuple(chain)
