"""Where the scripts of a drawn network are: those of its page, and vis-network, which pyvis brings."""

from __future__ import annotations

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

__all__ = ["SCRIPTS", "own_scripts", "vis_script"]

SCRIPTS: Final = ("network-model.js", "network-panel.js", "network-tables.js", "network-canvas.js", "network.js")
"""The scripts of the page, each of one idea; together they are one."""

VIS: Final = "lib/vis-9.1.2/vis-network.min.js"


def own_scripts() -> list[Path]:
    """Give the scripts of the page, in order."""
    return [Path(str(files("planweave") / "pages" / name)) for name in SCRIPTS]


def vis_script() -> Path:
    """Give the script that draws; pyvis itself, which takes long to load, is not."""
    found = find_spec("pyvis")
    assert found is not None  # noqa: S101 - it is installed with planweave
    assert found.submodule_search_locations  # noqa: S101 - it is a package
    return Path(found.submodule_search_locations[0]) / VIS
