"""The links of a drawing: references there and back are one link, and what is noteworthy about each is marked."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.networks.network import Network

__all__ = ["Link", "links_of", "ringed"]

OWN = frozenset({"weight", "actions"})
"""The attributes that every edge has; the others are columns of the definition."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two nodes that are joined.

    Attributes
    ----------
    source, target
        Their keys.
    weight
        How strongly: the weights of both directions together.
    actions
        The IRIs of the actions behind it.
    mutual
        Whether each of the two leads to the other.
    ring
        Whether it is part of a ring: a way along the arrows through three or more nodes and back.
    days
        How many days lie between their due dates, if both have one and one leads to the other; that the dates of
        actions are far apart that have only a body in common says nothing.
    extra
        The further columns of the definition, as text.
    """

    source: str
    target: str
    weight: int
    actions: tuple[str, ...]
    mutual: bool
    ring: bool
    days: int | None
    extra: dict[str, str]


def links_of(network: Network) -> list[Link]:
    """Give the links of a network, in the order of its edges; there and back are one."""
    directed = network.is_directed()
    rings = network.graph.get("rings")
    if rings is None:
        rings = ringed(network, network.edges)
    due = {node: day for node, day in network.nodes(data="due") if day is not None}
    links = []
    for source, target in network.edges:
        back = (target, source)
        mutual = directed and source != target and network.has_edge(*back)
        if mutual and target < source:
            continue
        both = [network.edges[source, target], *([network.edges[back]] if mutual else [])]
        links.append(
            Link(
                source,
                target,
                weight=sum(int(edge.get("weight", 1)) for edge in both),
                actions=tuple(sorted({action for edge in both for action in edge.get("actions", ())})),
                mutual=mutual,
                ring=(source, target) in rings or (mutual and back in rings),
                days=abs((due[source] - due[target]).days) if directed and source in due and target in due else None,
                extra=_extra(both),
            )
        )
    return links


def _extra(both: list[dict[str, object]]) -> dict[str, str]:
    """Put the further columns into words; where the two directions differ, both are given."""
    extra = {}
    for name in sorted({name for edge in both for name in edge if name not in OWN}):
        values = dict.fromkeys(_words(edge[name]) for edge in both if name in edge)
        extra[name] = "; ".join(value for value in values if value)
    return extra


def _words(value: object) -> str:
    if isinstance(value, tuple | list):
        return "; ".join(map(_words, value))
    return "" if value is None else str(value)


def ringed(network: Network, edges: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Give those of some edges that are part of a ring of three nodes or more.

    Two nodes that lead to each other are a mutual link, not a ring. An edge is part of a ring if there is
    a way back from its end to its beginning that does not simply go back along it. In a network without
    directions nothing is a ring.
    """
    if not isinstance(network, nx.DiGraph):
        return set()
    among: dict[str, int] = {}
    for number, component in enumerate(nx.strongly_connected_components(network)):
        if len(component) > 2:  # noqa: PLR2004 - a ring has three nodes or more
            among.update(dict.fromkeys(component, number))
    return {
        (source, target)
        for source, target in edges
        if source != target
        and source in among
        and among[source] == among.get(target)
        and (not network.has_edge(target, source) or _round_about(network, target, source))
    }


def _round_about(network: nx.DiGraph[str], start: str, end: str) -> bool:
    """Say whether a way leads from one node to another, other than the edge between them."""
    seen, queue = {start}, deque([start])
    while queue:
        at = queue.popleft()
        for step in network.successors(at):
            if step == end and at != start:
                return True
            if step not in seen and step != end:
                seen.add(step)
                queue.append(step)
    return False
