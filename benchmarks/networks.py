"""Networks at scale: from the files on disk to a networkx graph, and its measures.

The plain way beside it is what a script with rdflib does: parse the facts of each plan, look for the agencies of each
action, count the pairs.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import networkx as nx
import rdflib

import planweave as pw
from benchmarks.apart import apart
from benchmarks.woven import woven
from planweave.networks.measures import measures_of
from planweave.networks.measures.references import measure_references

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.graph import Graph
    from planweave.networks.network import Network

__all__ = ["HEADINGS", "Line", "measure"]

DAY: Final = dt.date(2024, 12, 31)
MOST_RDFLIB: Final = 1_000
"""Up to so many plans rdflib is measured beside it."""

HEADINGS: Final = (
    ("plans", "plans"),
    ("actions", "actions"),
    ("nodes", "nodes of the partnership network"),
    ("edges", "edges"),
    ("network", "files to networkx, s"),
    ("measures", "its measures, s"),
    ("rdflib", "rdflib: parse and loops, s"),
    ("faster", "rdflib ÷ planweave"),
    ("equal", "equal graphs"),
    ("references", "nodes of the dependencies"),
    ("dependencies", "files to networkx, s"),
    ("rings", "rings and chains, s"),
)


@dataclass(frozen=True)
class Line:
    """What was measured of one size."""

    plans: int
    actions: int
    nodes: int
    edges: int
    network: float
    measures: float
    rdflib: float | None
    faster: float | None
    equal: str | None
    references: int
    dependencies: float
    rings: float


def measure(plans: int, folder: Path, seed: int) -> Line:
    """Build a corpus where it was not built yet, and measure its networks."""
    return apart(measure_weave, woven(plans, folder, seed))


def measure_weave(weave: Path) -> Line:
    """Measure the networks of a graph that is there."""
    with pw.open(weave) as graph:
        return measure_graph(graph)


def measure_graph(graph: Graph) -> Line:
    """Measure the networks of a graph."""
    started = time.perf_counter()
    network = graph.network("partnership")
    drawn = time.perf_counter()
    measures_of(graph, network, as_of=DAY)
    measured = time.perf_counter()
    dependencies = graph.network("dependencies")
    referred = time.perf_counter()
    measure_references(dependencies)
    ringed = time.perf_counter()
    seconds = equal = None
    if len(graph.ids) <= MOST_RDFLIB:
        before = time.perf_counter()
        other = _by_rdflib(graph)
        seconds = time.perf_counter() - before
        equal = "yes" if _edges(network) == _edges(other) else "NO"
    return Line(
        len(graph.ids),
        sum(entry.actions for entry in graph.summary),
        len(network),
        network.number_of_edges(),
        drawn - started,
        measured - drawn,
        seconds,
        seconds / (drawn - started) if seconds else None,
        equal,
        len(dependencies),
        referred - measured,
        ringed - referred,
    )


def _edges(network: Network) -> dict[frozenset[str], tuple[int, tuple[str, ...]]]:
    return {frozenset((one, other)): (data["weight"], data["actions"]) for one, other, data in network.edges(data=True)}


def _by_rdflib(graph: Graph) -> Network:
    """The same network the plain way: each plan parsed, the agencies of each action looked up, their pairs counted."""
    pw_ = rdflib.Namespace("https://w3id.org/planweave/ontology#")
    agency = rdflib.URIRef("https://w3id.org/planweave/party-kind/agency")
    network: Network = nx.Graph()
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for plan in graph.ids:
        facts = rdflib.Dataset()
        facts.parse(data=graph.files.facts(plan), format="nquads")
        for named in facts.graphs():
            for action in set(named.subjects(pw_.order, None)):
                parties = {*named.objects(action, pw_.lead), *named.objects(action, pw_.partner)}
                agencies = {str(party) for party in parties if (party, pw_.partyKind, agency) in named}
                network.add_nodes_from(agencies)
                for pair in combinations(sorted(agencies), 2):
                    pairs[pair].append(str(action))
    for (one, other), actions in pairs.items():
        network.add_edge(one, other, weight=len(actions), actions=tuple(sorted(actions)))
    return network
