"""Drawings of networks: a page for the browser, a picture for a report."""

from planweave.networks.drawing.heaviest import heaviest
from planweave.networks.drawing.options import MOST_EDGES, MOST_NODES, Options
from planweave.networks.drawing.page import NetworkPage, page
from planweave.networks.drawing.picture import picture_of
from planweave.networks.drawing.svg import svg

__all__ = [
    "MOST_EDGES",
    "MOST_NODES",
    "NetworkPage",
    "Options",
    "heaviest",
    "page",
    "picture_of",
    "svg",
]
