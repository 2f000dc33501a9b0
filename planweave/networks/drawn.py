"""A network that is drawn: as a page, as a picture, and in a notebook."""

from __future__ import annotations

from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from planweave.errors import NotFound
from planweave.flat_files import whole_file
from planweave.networks.drawing import Options, heaviest, page, svg
from planweave.networks.labels import action_details
from planweave.networks.network import actions_of

if TYPE_CHECKING:
    import os

    from planweave.networks.labels import Plans
    from planweave.networks.network import Network

__all__ = ["Drawing"]

HEIGHT: Final = 820
"""Pixels of the page in a notebook."""


class Drawing:
    """A drawing of a network; a notebook shows it as the page.

    Made by :meth:`planweave.Graph.draw`.

    Attributes
    ----------
    network
        The networkx graph that is drawn.
    left_out
        What a drawing of so many nodes leaves out, as a sentence; empty if it shows all.
    """

    def __init__(self, graph: Plans, network: Network) -> None:
        self._graph, self.network = graph, network
        self._shown, self.left_out = heaviest(network, Options())

    def html(self, folder: Path | None = None) -> str:
        """Give the page; links to documents lead from this folder, that of the notebook unless told otherwise."""
        details = action_details(self._graph, actions_of(self._shown))
        return page(self.network, details, options=Options(folder=folder or Path.cwd()))

    @cached_property
    def svg(self) -> str:
        """The picture."""
        return svg(self.network, options=Options())

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the drawing to a file that ends in .html or .svg.

        Raises
        ------
        NotFound
            If it ends otherwise.
        PlanweaveError
            If the file cannot be written; what was there before is untouched.
        """
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix not in {".html", ".svg"}:
            raise NotFound(f"a drawing cannot be written as {suffix or target.name!r}", fix="use .html or .svg")
        drawn = self.svg if suffix == ".svg" else self.html(target.resolve().parent)
        with whole_file(target) as beside:
            beside.write_text(drawn, encoding="utf-8", newline="\n")
        return target

    def __repr__(self) -> str:
        size = f"{len(self.network)} nodes, {self.network.number_of_edges()} edges"
        return f"<planweave drawing of {self.network.graph['name']}: {size}>"

    def _repr_html_(self) -> str:
        title = escape(str(self.network.graph["title"]))
        # The page keeps its own policy in there: it can run its own script and reach nothing.
        return (
            f'<iframe title="{title}" sandbox="allow-scripts allow-downloads allow-modals" '
            f'style="width:100%;height:{HEIGHT}px;border:0" srcdoc="{escape(self.html())}"></iframe>'
        )
