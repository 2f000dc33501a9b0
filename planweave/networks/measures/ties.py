"""Measures of who works with whom: ties between bodies, or between bodies and what they work on.

Each works on the network without direction; a tie is an edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.networks.network import Network

__all__ = ["Ties", "communities", "gini", "measure_ties", "top_share"]

SEED: Final = 1
"""Where networkx takes a random choice, it is the same in each run."""

SAMPLE: Final = 400
"""From how many nodes betweenness is estimated where it cannot be exact."""


@dataclass(frozen=True)
class Ties:
    """What was found; ``sampled`` is from how many nodes betweenness was estimated, 0 where it is exact."""

    strength: dict[str, int]
    betweenness: dict[str, float]
    sampled: int
    communities: tuple[tuple[str, ...], ...]
    modularity: float | None
    components: tuple[tuple[str, ...], ...]
    cut_nodes: frozenset[str]
    bridges: frozenset[tuple[str, str]]

    @property
    def isolated(self) -> tuple[str, ...]:
        """The nodes without any tie."""
        return tuple(component[0] for component in self.components if len(component) == 1)


def measure_ties(network: Network, most_exact: int) -> Ties:
    """Measure a network.

    Parameters
    ----------
    network
        A directed one is taken without its directions.
    most_exact
        Up to so many nodes times edges betweenness is exact; above, it is estimated from a sample.
    """
    graph = nx.Graph(network)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    sampled = SAMPLE if len(graph) * graph.number_of_edges() > most_exact and len(graph) > SAMPLE else 0
    groups = communities(graph)
    return Ties(
        strength=dict(graph.degree(weight="weight")),
        betweenness=nx.betweenness_centrality(graph, k=sampled or None, seed=SEED),
        sampled=sampled,
        communities=groups,
        modularity=nx.community.modularity(graph, groups) if graph.number_of_edges() else None,
        components=_ordered(nx.connected_components(graph)),
        cut_nodes=frozenset(nx.articulation_points(graph)),
        bridges=frozenset((min(pair), max(pair)) for pair in nx.bridges(graph)),
    )


def communities(graph: Network) -> tuple[tuple[str, ...], ...]:
    """Give the communities by the method of Louvain, the largest first; a node without a tie is one by itself.

    Examples
    --------
    Two triangles that one tie joins:

    >>> graph = nx.Graph(["ab", "bc", "ca", "cd", "de", "ef", "fd"])
    >>> communities(graph)
    (('a', 'b', 'c'), ('d', 'e', 'f'))
    """
    if not graph.number_of_edges():
        return _ordered([node] for node in graph)
    return _ordered(nx.community.louvain_communities(graph, weight="weight", seed=SEED))


def _ordered(groups: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(sorted(group)) for group in groups), key=lambda group: (-len(group), group)))


def gini(values: Sequence[float]) -> float | None:
    """Give the Gini coefficient: 0 where all have the same, near 1 where one has all; None where nobody has any.

    The mean difference between any two values, divided by twice the mean (Gini 1912).

    Examples
    --------
    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 4]), gini([])
    (0.0, 0.75, None)
    """
    total, count = sum(values), len(values)
    if not total:
        return None
    return sum((2 * place - count - 1) * value for place, value in enumerate(sorted(values), start=1)) / (count * total)


def top_share(values: Iterable[float], most: int = 3) -> float | None:
    """Give the share of the largest values in all; None where nobody has any.

    Examples
    --------
    >>> top_share([5, 1, 1, 1, 2])
    0.8
    """
    ordered = sorted(values, reverse=True)
    return sum(ordered[:most]) / sum(ordered) if sum(ordered) else None
