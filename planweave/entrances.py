"""How one comes by a graph: build it from documents, open it; and how one document is read by itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from planweave.errors import BuildError
from planweave.graph import Graph
from planweave.library import Library, bundled_plans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.building import BuildReport, Progress
    from planweave.records import PlanRecord

__all__ = ["build", "build_report", "open_graph", "read"]

DEFAULT_FOLDER = "weave"

PathLike: TypeAlias = "str | os.PathLike[str]"


def open_graph(folder: PathLike = DEFAULT_FOLDER) -> Graph:
    """Open the graph that was built into a folder.

    Raises
    ------
    NotFound
        If nothing was built there yet.
    """
    return Graph(Path(folder))


def build(
    sources: PathLike | Iterable[PathLike] | None = None,
    into: PathLike = DEFAULT_FOLDER,
    *,
    library: Library | None = None,
    keep_going: bool = False,
    fresh: bool = False,
) -> Graph:
    """Read documents, weave them into one graph, and open it.

    Parameters
    ----------
    sources
        A file, a folder, or several; None takes the bundled plans.
    into
        The workspace folder.
    library
        The definitions to read with; None takes the bundled ones.
    keep_going
        Weave what could be read although something could not.
    fresh
        Make no use of the last build, even where nothing changed.

    Raises
    ------
    BuildError
        If there is nothing to read, or a document could not be read; every one is named. The last good graph stays.
    """
    report = build_report(sources, into, library=library, keep_going=keep_going, fresh=fresh)
    if report.errors and not (keep_going and report.swapped):
        raise BuildError("the graph was not changed: " + " ".join(error.rstrip(".") + "." for error in report.errors))
    return open_graph(into)


def build_report(
    sources: PathLike | Iterable[PathLike] | None,
    into: PathLike,
    *,
    library: Library | None = None,
    keep_going: bool = False,
    fresh: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Build, and tell what was done; :func:`build` is this for a script, the command line shows it."""
    from planweave.building import build_graph

    if sources is None:
        paths = [bundled_plans()]
    elif isinstance(sources, (str, os.PathLike)):
        paths = [Path(sources)]
    else:
        paths = [Path(source) for source in sources]
    if not paths:
        raise BuildError("there is nothing to read", fix="name a file or a folder")
    return build_graph(
        paths, Path(into), library or Library.bundled(), keep_going=keep_going, fresh=fresh, progress=progress
    )


def read(path: PathLike, loader: str | None = None, *, library: Library | None = None) -> PlanRecord:
    """Read one document into a record, stored nowhere.

    Parameters
    ----------
    path
        The file.
    loader
        The loader definition to use; None lets the document's own words choose.
    library
        The definitions to read with; None takes the bundled ones.

    Raises
    ------
    DocumentError
        If the file cannot be read or holds no action plan.

    Examples
    --------
    >>> record = read(min(bundled_plans().glob("*.txt")))
    >>> len(record.actions), record.actions[3].partners
    (26, ('RSSM', 'RSC', 'SHO', 'PC'))
    """
    from planweave.reading.reader import Reader

    return Reader(library or Library.bundled()).read(Path(path), loader)
