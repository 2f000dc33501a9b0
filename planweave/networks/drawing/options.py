"""What can be chosen about a drawing, and how much one holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["FAR_APART", "MOST_ACTIONS", "MOST_EDGES", "MOST_NODES", "Options"]

MOST_NODES: Final = 2_000
"""How many nodes a drawing shows; of more, the heaviest."""

MOST_EDGES: Final = 5_000
"""How many links a drawing shows; of more, the heaviest."""

MOST_ACTIONS: Final = 10_000
"""How many actions a page describes; of more, the first few of each node and link."""

FAR_APART: Final = 366
"""Related actions that are due more than so many days apart are marked, as the check of related dates does."""


@dataclass(frozen=True, slots=True)
class Options:
    """What can be chosen about a drawing.

    Attributes
    ----------
    folder
        The folder that the page will stand in, so that its links to documents are relative; without one
        they are file addresses.
    most_nodes, most_edges, most_actions
        How much is drawn and described.
    far_apart
        From how many days on two related dates are marked (more than these).
    address
        Gives the address of the page of a node or an action, by its IRI, where the drawing stands among pages of
        its own; None where there are none, and documents are linked.
    """

    folder: Path | None = None
    most_nodes: int = MOST_NODES
    most_edges: int = MOST_EDGES
    most_actions: int = MOST_ACTIONS
    far_apart: int = FAR_APART
    address: Callable[[str], str | None] | None = None
