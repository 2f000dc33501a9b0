"""What of a large network is drawn: its heaviest nodes and links, and a sentence that says what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planweave.networks.drawing.links import ringed
from planweave.networks.drawing.options import Options

if TYPE_CHECKING:
    from planweave.networks.network import Network

__all__ = ["LEFT_OUT", "RINGS", "heaviest"]

LEFT_OUT = "left_out"
"""The attribute of a part of a network that says what it leaves out."""

RINGS = "rings"
"""The attribute of a part of a network that holds the edges that are in rings of the whole."""


def heaviest(network: Network, options: Options | None = None) -> tuple[Network, str]:
    """Give the part of a network that is drawn, and say in a sentence what is left out.

    That is the whole network and no words, or the nodes of the greatest weighted degree, and of the edges
    among them the heaviest. Ties go by key, so that the same network always gives the same part.

    Parameters
    ----------
    network
        It is not changed.
    options
        How much is drawn.
    """
    options = options or Options()
    nodes, edges = list(network), list(network.edges)
    if len(nodes) <= options.most_nodes and len(edges) <= options.most_edges:
        return network, str(network.graph.get(LEFT_OUT, ""))
    if len(nodes) > options.most_nodes:
        degree = dict(network.degree(weight="weight"))
        kept = set(sorted(nodes, key=lambda node: (-degree[node], node))[: options.most_nodes])
        nodes = [node for node in nodes if node in kept]
        edges = [edge for edge in edges if edge[0] in kept and edge[1] in kept]
    if len(edges) > options.most_edges:
        weights = network.edges
        best = set(sorted(edges, key=lambda edge: (-weights[edge].get("weight", 1), edge))[: options.most_edges])
        edges = [edge for edge in edges if edge in best]
    part = network.__class__()
    part.graph.update(network.graph)
    part.add_nodes_from((node, network.nodes[node]) for node in nodes)
    part.add_edges_from((source, target, network.edges[source, target]) for source, target in edges)
    words = _words(len(nodes), network.number_of_nodes(), len(edges), network.number_of_edges())
    part.graph[LEFT_OUT] = words
    part.graph[RINGS] = ringed(network, edges)
    return part, words


def _words(nodes: int, all_nodes: int, edges: int, all_edges: int) -> str:
    return (
        f"This network is too large to draw whole. Its heaviest part is drawn: {nodes:,} of {all_nodes:,} nodes and "
        f"{edges:,} of {all_edges:,} links; {all_nodes - nodes:,} nodes and {all_edges - edges:,} links are left out."
    )
