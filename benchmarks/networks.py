"""Networks at scale: from the files on disk to a networkx graph, and its measures.

The bodies of the corpus stand in no register. What the benchmark draws is a definition of its own, the partnership of
all bodies by their names: the same as ``graphs/partnership.rq``, with one more look-up a row.
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
from benchmarks.corpus import write_corpus
from planweave.library import Library
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

BODIES: Final = """\
# # Bodies by name
#
# Which bodies of the corpus share actions?
#
# **Joins:** sources that share a target
# **Parameters:** none
# **Columns:** ?source, ?target
# **Example:** planweave draw bodies

PREFIX party-kind: <https://w3id.org/planweave/party-kind/>
PREFIX pw:   <https://w3id.org/planweave/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT DISTINCT ?source ?target
WHERE {
  GRAPH ?graph {
    ?party pw:partyKind party-kind:unknown ;
           rdfs:label ?source .
    ?target pw:lead|pw:partner ?party .
  }
}
"""

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
    weave = folder / f"networks-{plans}"
    if not (weave / "CURRENT").exists():
        corpus = folder / f"networks-corpus-{plans}"
        write_corpus(corpus, plans, seed=seed, actions=(100, 100))
        pw.build(corpus, weave).close()
    library = folder / "networks-library"
    (library / "graphs").mkdir(parents=True, exist_ok=True)
    (library / "graphs" / "bodies.rq").write_text(BODIES, encoding="utf-8")
    with pw.open(weave) as graph:
        return measure_graph(graph, Library.bundled().with_folder(library))


def measure_graph(graph: Graph, library: Library) -> Line:
    """Measure the networks of a graph."""
    started = time.perf_counter()
    network = graph.network("bodies", library=library)
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
    """The same network the plain way: parse the facts of each plan, look for the bodies of each action, count pairs."""
    pw_ = rdflib.Namespace("https://w3id.org/planweave/ontology#")
    unknown = rdflib.URIRef("https://w3id.org/planweave/party-kind/unknown")
    network: Network = nx.Graph()
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for plan in graph.ids:
        facts = rdflib.Dataset()
        facts.parse(data=graph.files.facts(plan), format="nquads")
        for named in facts.graphs():
            for action in set(named.subjects(pw_.order, None)):
                parties = {*named.objects(action, pw_.lead), *named.objects(action, pw_.partner)}
                known = (party for party in parties if (party, pw_.partyKind, unknown) in named)
                names = {str(name) for party in known for name in named.objects(party, rdflib.RDFS.label)}
                network.add_nodes_from(names)
                for pair in combinations(sorted(names), 2):
                    pairs[pair].append(str(action))
    for (one, other), actions in pairs.items():
        network.add_edge(one, other, weight=len(actions), actions=tuple(sorted(actions)))
    return network
