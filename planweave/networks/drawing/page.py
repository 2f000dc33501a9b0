"""A network → one page: pyvis's Network with a page of our own; the only module that knows pyvis.

Of pyvis the page has the data model and the script that it carries, vis-network; its own page is not used,
because that loads from elsewhere and takes text for markup. Nothing moves by itself: the places of the nodes
come from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyvis.edge import Edge as VisEdge
from pyvis.network import Network as VisNetwork
from pyvis.node import Node as VisNode

from planweave.networks.drawing.about import about
from planweave.networks.drawing.options import Options
from planweave.networks.drawing.picture import counted, picture_of
from planweave.networks.scripts import SCRIPTS, vis_script
from planweave.pages import island, read, render_running

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planweave.networks.drawing.picture import Picture
    from planweave.networks.labels import ActionDetail
    from planweave.networks.network import Network

__all__ = ["NetworkPage", "page"]

FEWEST: Final = 2
"""A drawing needs two nodes; of fewer the page speaks in words."""

MOST_CURVED: Final = 400


def page(network: Network, details: Mapping[str, ActionDetail], *, options: Options | None = None) -> str:
    """Give the page of a network: one HTML file that needs nothing beside it and no network.

    Parameters
    ----------
    network
        As ``graph.network(…)`` gives it; of one that is too large, the heaviest part is drawn.
    details
        What is known of the actions behind nodes and edges, by IRI.
    options
        The folder the page will stand in, and how much it shows.
    """
    options = options or Options()
    return NetworkPage(picture_of(network, options), details, options).generate_html()


class NetworkPage(VisNetwork):  # type: ignore[misc]
    """A network of pyvis that is written as our own page.

    Parameters
    ----------
    picture
        The network, with its places.
    details
        What is known of the actions.
    options
        What was chosen.
    """

    def __init__(self, picture: Picture, details: Mapping[str, ActionDetail], options: Options) -> None:
        super().__init__(directed=picture.directed, heading=picture.title)
        self.picture = picture
        self.about = about(picture, details, options)
        for number, (node, point) in enumerate(zip(picture.nodes, picture.layout.points, strict=True)):
            shape = picture.kinds[node.kind].shape
            self._take_node(VisNode(number, shape, "", x=point[0], y=point[1], size=node.radius))
        place = {node.key: number for number, node in enumerate(picture.nodes)}
        for number, link in enumerate(picture.links):
            arrows = {"arrows": "to, from" if link.mutual else "to"} if picture.directed else {}
            ends = (place[link.source], place[link.target])
            self.edges.append(VisEdge(*ends, picture.directed, id=number, **arrows).options)
        self.options = _vis_options(curved=picture.by_date and len(picture.links) <= MOST_CURVED)

    def _take_node(self, node: VisNode) -> None:
        """Take a node, which pyvis looks up among all before it."""
        self.nodes.append(node.options)
        self.node_ids.append(node.options["id"])
        self.node_map[node.options["id"]] = node.options

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002 - pyvis's own
        """Give the page; where it is to stand makes no difference to it."""
        picture = self.picture
        vis = vis_script().read_text(encoding="utf-8")
        own = "\n".join(map(read, SCRIPTS))
        return render_running(
            "network.html.j2",
            "network.css",
            (vis, own) if self.is_drawn else (own,),
            picture=picture,
            data=island(self.data),
            **self.words,
        )

    @property
    def is_drawn(self) -> bool:
        """Whether there is enough to draw."""
        return len(self.picture.nodes) >= FEWEST

    @property
    def words(self) -> dict[str, Any]:
        """What a page says of it besides the picture."""
        return {
            "nodes": counted(len(self.picture.nodes), self.picture.noun),
            "links": counted(len(self.picture.links), ("link", "links")),
            "about": self.about,
            "drawn": self.is_drawn,
        }

    @property
    def data(self) -> dict[str, Any]:
        """What the scripts of a page are given."""
        return {**self.about, "vis": {"nodes": self.nodes, "edges": self.edges, "options": self.options}}


def _vis_options(*, curved: bool) -> dict[str, object]:
    """Give vis-network's options: nothing moves by itself, and nothing is fetched or looked up."""
    return {
        "physics": False,
        "layout": {"improvedLayout": False},
        "interaction": {"hover": True, "tooltipDelay": 10_000_000, "hoverConnectedEdges": False, "selectable": False},
        "nodes": {"borderWidth": 1.5, "labelHighlightBold": False},
        "edges": {
            "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.16} if curved else False,
            "arrows": {"to": {"scaleFactor": 0.7}, "from": {"scaleFactor": 0.7}},
            "selectionWidth": 0,
            "hoverWidth": 0,
        },
    }
